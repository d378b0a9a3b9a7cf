import { isAccepted, type HttpResponse, type HttpPlan } from '../../../nodes/shared/seedream/http';
import { EncodedFile, type SentReference } from '../../../nodes/shared/seedream/encodedFile';
import { parseJson } from '../../../nodes/shared/seedream/objects';
import type { Provider } from '../../../nodes/shared/seedream/providers';
import type { ReferenceImage } from '../../../nodes/shared/seedream/references';
import { withAddress } from '../../../nodes/shared/seedream/connection';
import { writeRequest } from '../../../nodes/shared/seedream/writeRequest';
import type { ValidatedRequest } from '../../../nodes/shared/seedream/validation/validate';
import type { Emulator } from '../../emulator';

/** Sends plans to the emulator, without n8n between. */
export class Wire {
	private readonly uploaded = new Map<string, string>();

	constructor(private readonly emulator: Emulator) {}

	/**
	 * Sends a request that was checked, with its references where the provider wants them. Gives the
	 * answer that judges it: where the result is one of its own, a request may be taken and then be wrong.
	 */
	async create(provider: Provider, checked: ValidatedRequest): Promise<HttpResponse> {
		const references: SentReference[] = [];
		for (const reference of checked.request.references)
			references.push(await this.place(provider, reference));
		const request = { ...checked.request, references };
		const baseUrl = this.emulator.baseUrl(provider.id);
		const answer = await this.send(provider, baseUrl, provider.buildRequest(request));
		const task = isAccepted(answer) ? provider.parseResponse(answer, request) : undefined;
		if (!provider.tasks?.result || !task?.ok || task.value.id === undefined) return answer;
		await this.emulator.settled();
		return await this.send(provider, baseUrl, provider.tasks.result.buildRequest(task.value.id));
	}

	/** Where the provider finds a reference: its URL, or itself. */
	private async place(provider: Provider, reference: ReferenceImage): Promise<SentReference> {
		if (reference.kind === 'url') return reference.url;
		const { referenceTransport: transport } = provider;
		const content = new EncodedFile(reference, `image/${reference.header?.format ?? 'png'}`);
		if (transport.kind !== 'upload') return content;
		const known = this.uploaded.get(reference.label);
		if (known !== undefined) return known;
		const plan = transport.upload.buildRequest({
			name: `${reference.fingerprint.slice(0, 32)}.${reference.header?.format ?? 'png'}`,
			content,
		});
		const fileHost = this.emulator.uploadUrl(provider.id) ?? this.emulator.baseUrl(provider.id);
		const stored = transport.upload.parseResponse(await this.send(provider, fileHost, plan));
		if (!stored.ok)
			throw new Error(`The file host did not take ${reference.label}: ${stored.error.message}`);
		const { url, putTo } = stored.value;
		if (putTo !== undefined) await this.put(provider, putTo, content);
		this.uploaded.set(reference.label, url);
		return url;
	}

	/** A file to where it is to be put, without the key. */
	private async put(provider: Provider, url: string, file: EncodedFile): Promise<void> {
		const written = await writeRequest(provider, { method: 'PUT', url, file });
		if (!written.ok) throw new Error(written.error.message);
		const { headers, body } = written.value;
		await fetch(url, { method: 'PUT', headers, body: body && Uint8Array.from(body) });
	}

	private async send(provider: Provider, baseUrl: string, plan: HttpPlan): Promise<HttpResponse> {
		const written = await writeRequest(provider, withAddress(plan, baseUrl));
		if (!written.ok) throw new Error(written.error.message);
		const { url, method, body, headers } = written.value;
		const response = await fetch(url, {
			method,
			headers: { authorization: `${provider.keyScheme ?? 'Bearer'} test-key`, ...headers },
			body: body && Uint8Array.from(body),
		});
		const text = await response.text();
		const answer = { status: response.status, headers: {}, body: parseJson(text), text };
		return provider.asMeant?.(answer) ?? answer;
	}
}

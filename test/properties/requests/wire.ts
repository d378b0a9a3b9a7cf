import type { HttpResponse, HttpPlan } from '../../../nodes/shared/seedream/http';
import { parseJson } from '../../../nodes/shared/seedream/objects';
import type { Provider } from '../../../nodes/shared/seedream/providers';
import type { ReferenceImage } from '../../../nodes/shared/seedream/references';
import type { ValidatedRequest } from '../../../nodes/shared/seedream/validation/validate';
import type { Emulator } from '../../emulator';

/** Sends plans to the emulator, without n8n between. */
export class Wire {
	private readonly uploaded = new Map<string, string>();

	constructor(private readonly emulator: Emulator) {}

	/** Sends a request that was checked, with its references where the provider wants them. */
	async create(provider: Provider, checked: ValidatedRequest): Promise<HttpResponse> {
		const references: string[] = [];
		for (const reference of checked.request.references)
			references.push(await this.place(provider, reference));
		const plan = provider.buildRequest({ ...checked.request, references });
		return await this.send(this.emulator.baseUrl(provider.id), plan);
	}

	/** Where the provider finds a reference: its URL, or itself. */
	private async place(
		{ referenceTransport: transport }: Provider,
		reference: ReferenceImage,
	): Promise<string> {
		if (reference.kind === 'url') return reference.url;
		const bytes = await reference.read();
		const mimeType = `image/${reference.header?.format ?? 'png'}`;
		if (transport.kind !== 'upload')
			return `data:${mimeType};base64,${Buffer.from(bytes).toString('base64')}`;
		const known = this.uploaded.get(reference.label);
		if (known !== undefined) return known;
		const plan = transport.upload.buildRequest({
			name: `${reference.fingerprint.slice(0, 32)}.${reference.header?.format ?? 'png'}`,
			mimeType,
			bytes,
		});
		const stored = transport.upload.parseResponse(await this.send(this.emulator.uploadUrl, plan));
		if (!stored.ok)
			throw new Error(`The file host did not take ${reference.label}: ${stored.error.message}`);
		this.uploaded.set(reference.label, stored.value);
		return stored.value;
	}

	private async send(
		baseUrl: string,
		{ method, path, body, headers }: HttpPlan,
	): Promise<HttpResponse> {
		const response = await fetch(baseUrl + path, {
			method,
			headers: { authorization: 'Bearer test-key', 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
		const text = await response.text();
		return { status: response.status, headers: {}, body: parseJson(text), text };
	}
}

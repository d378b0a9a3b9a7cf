import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { errorItem, pairedItems } from '../../shared/n8n/errors';
import type { SeedreamCredentials } from '../../shared/n8n/transport/credentials';
import { createRequest } from '../../shared/seedream/createTask';
import { asObject } from '../../shared/seedream/objects';
import type { ReferenceImage } from '../../shared/seedream/references';
import { masker } from '../../shared/seedream/secret';
import type { Job } from './jobs';

/**
 * What would be sent, one item for each request, with files named in place of their bytes. Sends
 * nothing. `secrets`: what is not to be shown, besides the API key.
 */
export function validatedItems(
	credentials: SeedreamCredentials,
	secrets: readonly string[],
	jobs: readonly Job[],
): INodeExecutionData[] {
	const mask = masker([credentials.apiKey, ...secrets]);
	return jobs.map((job) =>
		job.error
			? errorItem(job.error, job.items)
			: { json: validatedFields(credentials, job, mask), pairedItem: pairedItems(job.items) },
	);
}

function validatedFields(
	credentials: SeedreamCredentials,
	{ request, warnings }: Job,
	mask: (text: string) => string,
): IDataObject {
	const references = request.references.map(nameOf);
	const { method, url, body } = createRequest(credentials, { ...request, references });
	return {
		status: 'validated',
		provider: credentials.provider.id,
		model: mask(request.modelId),
		...(request.numberOfImages !== undefined && { requestedCount: request.numberOfImages }),
		request: { method, url: mask(url), body: { ...asObject(mapTexts(body, mask)) } },
		warnings: warnings.map(mask),
	};
}

/** JSON with every text in it changed, names of fields included. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
	if (typeof value === 'string') return change(value);
	if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, change));
	const fields = Object.entries(asObject(value) ?? {});
	if (fields.length === 0) return value;
	return Object.fromEntries(fields.map(([name, field]) => [change(name), mapTexts(field, change)]));
}

/** A file by its name and what is known of it; a web address as it is. */
function nameOf(reference: ReferenceImage): string {
	if (reference.kind === 'url') return reference.url;
	const { label, bytes, header } = reference;
	const size = header ? `${header.format}, ${header.width}x${header.height} pixels, ` : '';
	return `[${label}: ${size}${bytes} bytes]`;
}

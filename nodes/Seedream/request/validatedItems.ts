import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createRequest } from '../../shared/seedream/client';
import { jsonObject } from '../../shared/seedream/json';
import type { ReferenceImage } from '../../shared/seedream/references';
import { masker } from '../../shared/seedream/secret';
import type { Account } from '../../shared/n8n/transport/credentials';
import { errorItem, pairedItems } from '../../shared/n8n/errors';
import type { Job } from './jobs';
import { resumeSecrets } from '../suspend/suspend';

/** What would be sent, one item for each request, with files named in place of their bytes. Sends nothing. */
export function validatedItems(
	context: IExecuteFunctions,
	account: Account,
	jobs: readonly Job[],
): INodeExecutionData[] {
	const mask = masker([account.apiKey, ...resumeSecrets(context)]);
	return jobs.map((job) =>
		job.refusal
			? errorItem(job.refusal, job.items)
			: { json: validatedFields(account, job, mask), pairedItem: pairedItems(job.items) },
	);
}

function validatedFields(
	account: Account,
	{ checked }: Job,
	mask: (text: string) => string,
): IDataObject {
	const references = checked.request.references.map(nameOf);
	const { method, url, body } = createRequest(account, { ...checked, references, idempotencyKey: '' });
	return {
		status: 'validated',
		provider: account.provider.id,
		model: mask(checked.modelId),
		requestedCount: checked.request.numberOfImages,
		request: { method, url: mask(url), body: { ...jsonObject(mapTexts(body, mask)) } },
		warnings: checked.warnings.map(mask),
	};
}

/** JSON with every text in it changed, names of fields included. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
	if (typeof value === 'string') return change(value);
	if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, change));
	const fields = Object.entries(jsonObject(value) ?? {});
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

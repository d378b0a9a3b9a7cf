import { createHash } from 'node:crypto';
import { unreachableError, unreadableReferenceError } from './commonErrors';
import { toHttpRequest, type Connection } from './connection';
import type { UploadFile, UploadPlan } from './providers/provider';
import { inspectImage, type BinaryReference, type ReferenceImage } from './references';
import { failure, success, type Result } from './result';
import { sendFree } from './retry';

/** Milliseconds for sending one file. */
const UPLOAD_TIMEOUT_MS = 120_000;

/**
 * Puts the references where the provider can see them, in their order. Nothing is paid for.
 * Binary references become URLs at the file host, or data URIs.
 */
export async function sendReferences(
	connection: Connection,
	references: readonly ReferenceImage[],
): Promise<Result<string[]>> {
	const sent: string[] = [];
	for (const reference of references) {
		const outcome = await sendReference(connection, reference);
		if (!outcome.ok) return outcome;
		sent.push(outcome.value);
	}
	return success(sent);
}

async function sendReference(
	connection: Connection,
	reference: ReferenceImage,
): Promise<Result<string>> {
	if (reference.kind === 'url') return success(reference.url);
	const bytes = await readBytes(reference);
	if (!bytes) return failure(unreadableReferenceError(connection.provider, reference));
	const { format } = reference.header ?? inspectImage(bytes) ?? { format: 'png' };
	const mimeType = `image/${format}`;
	const transport = connection.provider.referenceTransport;
	if (transport.kind === 'upload') {
		const hash = createHash('sha256').update(bytes).digest('hex');
		const name = `${hash.slice(0, 32)}.${format}`;
		return await upload(connection, transport.upload, reference, { name, mimeType, bytes });
	}
	return success(`data:${mimeType};base64,${Buffer.from(bytes).toString('base64')}`);
}

/** Undefined when the stored file is gone since it was checked. */
async function readBytes(reference: BinaryReference): Promise<Uint8Array | undefined> {
	try {
		return await reference.read();
	} catch {
		return undefined;
	}
}

/** The name is made from the bytes: two files never overwrite each other, one file stays one. */
async function upload(
	connection: Connection,
	plan: UploadPlan,
	reference: BinaryReference,
	file: UploadFile,
): Promise<Result<string>> {
	const { http, clock, provider } = connection;
	const baseUrl = connection.uploadBaseUrl ?? plan.baseUrl;
	const result = await sendFree(
		http,
		clock,
		toHttpRequest(plan.buildRequest(file), baseUrl),
		UPLOAD_TIMEOUT_MS,
	);
	const read =
		'response' in result
			? plan.parseResponse(result.response)
			: failure(unreachableError(provider, result.networkFailure));
	if (read.ok) return read;
	return failure({ ...read.error, message: `${reference.label}: ${read.error.message}` });
}

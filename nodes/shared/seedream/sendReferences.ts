import { notUploadedError, unreachableError, unreadableReferenceError } from './commonErrors';
import { withAddress, type Connection } from './connection';
import { EncodedFile, type SentReference, type UploadFile } from './encodedFile';
import type { SeedreamError } from './errors';
import { isAccepted, type HttpResponse, type PlannedRequest } from './http';
import type { UploadPlan } from './providers/provider';
import {
	inspectImage,
	readReference,
	type BinaryReference,
	type ImageFormat,
	type ReferenceImage,
} from './references';
import { failure, success, type Result } from './result';
import { sendFree } from './retry';
import type { Uploads } from './uploads';
import { writeRequest } from './writeRequest';

/** Milliseconds for sending one file. */
const UPLOAD_TIMEOUT_MS = 120_000;

/**
 * Puts the references where the provider can see them, in their order. Nothing is paid for.
 * Binary references become URLs at the file host, or files that go along in the request. `uploads`:
 * those of this run of the node.
 */
export async function sendReferences(
	connection: Connection,
	references: readonly ReferenceImage[],
	uploads: Uploads,
): Promise<Result<SentReference[]>> {
	const sent: SentReference[] = [];
	for (const reference of references) {
		const outcome = await sendReference(connection, reference, uploads);
		if (!outcome.ok) return outcome;
		sent.push(outcome.value);
	}
	return success(sent);
}

async function sendReference(
	connection: Connection,
	reference: ReferenceImage,
	uploads: Uploads,
): Promise<Result<SentReference>> {
	if (reference.kind === 'url') return success(reference.url);
	const format = reference.header?.format ?? (await formatOf(reference));
	if (!format) return failure(unreadableReferenceError(connection.provider, reference));
	const content = new EncodedFile(reference, `image/${format}`);
	const transport = connection.provider.referenceTransport;
	if (transport.kind !== 'upload') return success(content);
	// Made from the bytes: two files never overwrite each other, one file stays one.
	const name = `${reference.fingerprint.slice(0, 32)}.${format}`;
	return await uploads.once(
		name,
		async () => await upload(connection, transport.upload, { name, content }),
	);
}

/** What a file is that was not looked into before; undefined when it is gone since it was checked. */
async function formatOf(reference: BinaryReference): Promise<ImageFormat | undefined> {
	const bytes = await readReference(reference);
	return bytes && (inspectImage(bytes)?.format ?? 'png');
}

async function upload(
	connection: Connection,
	plan: UploadPlan,
	file: UploadFile,
): Promise<Result<string>> {
	const baseUrl = connection.uploadBaseUrl ?? plan.baseUrl ?? connection.baseUrl;
	const stored = await send(connection, withAddress(plan.buildRequest(file), baseUrl), file);
	if (!stored.ok) return stored;
	const read = plan.parseResponse(stored.value);
	if (!read.ok) return failure(aboutFile(file, read.error));
	const { url, putTo } = read.value;
	if (putTo === undefined) return success(url);
	const put = { method: 'PUT', url: putTo, file: file.content, isForeign: true } as const;
	const arrived = await send(connection, put, file);
	if (!arrived.ok) return arrived;
	if (isAccepted(arrived.value)) return success(url);
	return failure(aboutFile(file, notUploadedError(connection.provider, arrived.value)));
}

async function send(
	{ http, clock, provider }: Connection,
	request: PlannedRequest,
	file: UploadFile,
): Promise<Result<HttpResponse>> {
	const written = await writeRequest(provider, request);
	if (!written.ok) return written;
	const result = await sendFree(http, clock, written.value, UPLOAD_TIMEOUT_MS);
	return 'response' in result
		? success(result.response)
		: failure(aboutFile(file, unreachableError(provider, result.networkFailure)));
}

/** An error with the file that it is about. */
function aboutFile({ content }: UploadFile, error: SeedreamError): SeedreamError {
	return { ...error, message: `${content.reference.label}: ${error.message}` };
}

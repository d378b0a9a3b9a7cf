import type { IBinaryData, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Clock, HttpResult } from '../../seedream/http';
import { inspectImage, isJpeg, type ImageHeader } from '../../seedream/references';
import { isTransient, repeatFree } from '../../seedream/retry';
import type { ImageSource } from '../../seedream/task';
import { messageOf } from '../text';
import { isByteStream, peek, type ByteStream } from '../transport/byteStream';
import { throwIfCancelled } from '../transport/clock';
import { fullResponse } from '../transport/http';
import { networkFailureOf } from '../transport/networkFailure';

type DownloadContext = IExecuteFunctions | IWebhookFunctions;

/** An image in n8n's binary store; sides in pixels where its header says them. */
export interface StoredImage {
	binary: IBinaryData;
	width?: number;
	height?: number;
}

/**
 * A download that did not work never fails the image, which is paid for and has a link: it becomes
 * a warning. An image without a link that cannot be stored would be lost.
 */
export type Download = { stored: StoredImage } | { warning: string } | { lost: string };

/** Milliseconds for one try to fetch one image. */
const DOWNLOAD_TIMEOUT_MS = 180_000;

/** How often, and how far apart in ms, an image without a link is given to n8n's store. */
const STORING_TRIES = 3;
const STORING_PAUSE_MS = 1000;

/** The size of an image stands within its first bytes, behind at most this much metadata. */
const MAX_HEADER_BYTES = 512 * 1024;

/**
 * Puts an image into n8n's binary store, piece by piece, so that it is never in memory as a
 * whole. The key of the credentials does not go along. `baseName` is the name without extension.
 */
export async function downloadImage(
	context: DownloadContext,
	clock: Clock,
	source: ImageSource,
	baseName: string,
): Promise<Download> {
	if (source.kind === 'base64') return await storeInline(context, clock, source.data, baseName);
	const { result, download } = await repeatFree(
		clock,
		async () => await tryDownload(context, source.url, baseName),
		({ result: tried }) => (isTransient(tried) ? tried : undefined),
	);
	return (
		download ?? {
			warning: `The image could not be downloaded: ${reason(result)}. Its link is kept in "url".`,
		}
	);
}

interface Attempt {
	result: HttpResult;
	download?: Download;
}

async function tryDownload(
	context: DownloadContext,
	url: string,
	baseName: string,
): Promise<Attempt> {
	const abortController = new AbortController();
	try {
		const response: unknown = await context.helpers.httpRequest({
			url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: DOWNLOAD_TIMEOUT_MS,
			abortSignal: AbortSignal.any([deadline(context), abortController.signal]),
		});
		const { status, headers, body } = fullResponse(response);
		const result = { response: { status, headers, body: undefined, text: '' } };
		if (!isByteStream(body)) return { result };
		// What is left of the body may break off at any time, also when nobody reads it any more.
		body.on('error', () => undefined);
		if (status !== 200) {
			abortController.abort();
			return { result };
		}
		const { head, whole } = await peek(body, isHeaderReadable, MAX_HEADER_BYTES);
		const download = await store(context, head, whole, baseName);
		if ('warning' in download) abortController.abort();
		return { result, download };
	} catch (error) {
		throwIfCancelled(context);
		return { result: networkFailureOf(error, DOWNLOAD_TIMEOUT_MS) };
	}
}

/** Ends the download when the execution is stopped, or when the image host falls silent. */
function deadline(context: DownloadContext): AbortSignal {
	const timeout = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
	const cancel =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return cancel ? AbortSignal.any([cancel, timeout]) : timeout;
}

/** Stores an image that came in the answer itself, again where n8n's store fails for a moment. */
async function storeInline(
	context: DownloadContext,
	clock: Clock,
	data: string,
	baseName: string,
): Promise<Download> {
	const bytes = Buffer.from(data, 'base64');
	for (let tried = 1; ; tried++) {
		try {
			return await store(context, bytes, bytes, baseName);
		} catch (error) {
			if (tried >= STORING_TRIES) return { lost: messageOf(error) };
		}
		await clock.sleep(STORING_PAUSE_MS);
	}
}

function isHeaderReadable(head: Buffer): boolean {
	return inspectImage(head) !== undefined;
}

/** The type is told from the bytes: links say nothing, and hosts say what they like. */
async function store(
	context: DownloadContext,
	head: Buffer,
	whole: Buffer | ByteStream,
	baseName: string,
): Promise<{ stored: StoredImage } | { warning: string }> {
	const header: Partial<ImageHeader> | undefined =
		inspectImage(head) ?? (isJpeg(head) ? { format: 'jpeg' } : undefined);
	if (!header?.format) return { warning: 'What came is not an image.' };
	const extension = header.format === 'jpeg' ? 'jpg' : header.format;
	const binary = await context.helpers.prepareBinaryData(
		whole,
		`${baseName}.${extension}`,
		`image/${header.format}`,
	);
	return {
		stored: {
			binary,
			...(header.width !== undefined && { width: header.width }),
			...(header.height !== undefined && { height: header.height }),
		},
	};
}

function reason(result: HttpResult): string {
	if ('response' in result) return `HTTP ${result.response.status}`;
	return result.networkFailure.message;
}

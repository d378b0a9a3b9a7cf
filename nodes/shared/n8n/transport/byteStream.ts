import type { IExecuteFunctions } from 'n8n-workflow';

/** Node's readable stream, by the name under which n8n's own types know it. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

export function isByteStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && 'unshift' in value && 'destroy' in value;
}

/** The first bytes of a stream, and all of it, from the first byte on, still to be read. */
export interface Peeked {
	head: Buffer;
	/** Bytes instead of a stream where the first bytes were all there is. */
	whole: ByteStream | Buffer;
}

/**
 * Looks at the beginning of a stream without using it up: reads until `isEnough`, at most
 * `maxBytes` bytes. Rejects with the stream's error.
 */
export async function peek(
	stream: ByteStream,
	isEnough: (head: Buffer) => boolean,
	maxBytes: number,
): Promise<Peeked> {
	let head = Buffer.alloc(0);
	return await new Promise((resolve, reject) => {
		const settle = (conclude: () => void): void => {
			stream.off('readable', onReadable).off('end', onEnd).off('error', onError);
			conclude();
		};
		const onReadable = (): void => {
			for (let chunk = next(stream); chunk !== null; chunk = next(stream)) {
				head = Buffer.concat([head, chunk]);
				if (head.length < maxBytes && !isEnough(head)) continue;
				settle(() => {
					stream.unshift(head);
					resolve({ head, whole: stream });
				});
				return;
			}
		};
		const onEnd = (): void => settle(() => resolve({ head, whole: head }));
		const onError = (error: Error): void => settle(() => reject(error));
		stream.on('readable', onReadable).on('end', onEnd).on('error', onError);
	});
}

/** What the stream has ready; null when that is nothing yet. */
function next(stream: ByteStream): Uint8Array | null {
	const chunk: unknown = stream.read();
	return chunk instanceof Uint8Array ? chunk : null;
}

/** The text of a stream, up to where it breaks off or `timeoutMs` is over. Never rejects. */
export async function readAsFarAsItComes(stream: ByteStream, timeoutMs: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	return await new Promise((resolve) => {
		const finish = (): void => resolve(Buffer.concat(chunks).toString('utf8'));
		stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
		stream.on('end', finish).on('error', finish).on('close', finish);
		AbortSignal.timeout(timeoutMs).addEventListener('abort', () => {
			finish();
			stream.destroy();
		});
	});
}

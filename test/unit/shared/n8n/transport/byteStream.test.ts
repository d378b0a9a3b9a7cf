import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import {
	isByteStream,
	peek,
	readAsFarAsItComes,
} from '../../../../../nodes/shared/n8n/transport/byteStream';

/** A stream that gives these pieces, one after the other. */
const streamOf = (...pieces: string[]) =>
	Readable.from(
		pieces.map((piece) => Buffer.from(piece)),
		{ objectMode: false },
	);

const never = () => false;

async function wholeOf(whole: Readable | Buffer): Promise<string> {
	return Buffer.isBuffer(whole) ? whole.toString() : await text(whole);
}

describe('a look at the beginning of a stream', () => {
	it('takes no more than is enough, and leaves all of it to be read', async () => {
		const stream = streamOf('ab', 'cd', 'ef', 'gh');
		const { head, whole } = await peek(stream, (seen) => seen.length >= 3, 1000);
		expect(head.toString()).toBe('abcd');
		expect(whole).toBe(stream);
		expect(await wholeOf(whole)).toBe('abcdefgh');
	});

	it('goes no further than is allowed', async () => {
		const { head, whole } = await peek(streamOf('ab', 'cd', 'ef'), never, 3);
		expect(head.toString()).toBe('abcd');
		expect(await wholeOf(whole)).toBe('abcdef');
	});

	it.each([[['ab', 'cd']], [[]]])(
		'gives the bytes where there is nothing more: %j',
		async (pieces) => {
			const { head, whole } = await peek(streamOf(...pieces), never, 1000);
			expect(Buffer.isBuffer(whole)).toBe(true);
			expect([head.toString(), await wholeOf(whole)]).toEqual([pieces.join(''), pieces.join('')]);
		},
	);

	it('fails as the stream does', async () => {
		const stream = new PassThrough();
		stream.write('ab');
		const looking = peek(stream, never, 1000);
		stream.destroy(new Error('cut off'));
		await expect(looking).rejects.toThrow('cut off');
	});

	it('listens no longer than it looks', async () => {
		const stream = streamOf('abcd', 'ef');
		const before = stream.eventNames();
		await peek(stream, () => true, 1000);
		expect(stream.eventNames()).toEqual(before);
	});
});

describe('the text of a stream', () => {
	it('is all of it, with letters whose bytes came apart', async () => {
		const [one, two] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
		const stream = Readable.from([one, two], { objectMode: false });
		expect(await readAsFarAsItComes(stream, 10_000)).toBe('é');
	});

	it('is what had come when it broke off', async () => {
		const stream = new PassThrough();
		const reading = readAsFarAsItComes(stream, 10_000);
		stream.write('ab', () => stream.destroy(new Error('cut off')));
		expect(await reading).toBe('ab');
	});

	it('is what had come when the time was over, and the stream is let go', async () => {
		const stream = new PassThrough();
		stream.write('ab');
		expect(await readAsFarAsItComes(stream, 20)).toBe('ab');
		expect(stream.destroyed).toBe(true);
	});
});

describe('a stream of bytes', () => {
	it('is told from what else a body may be', () => {
		expect(isByteStream(streamOf())).toBe(true);
		for (const body of [Buffer.from('a'), 'a', { a: 1 }, null, undefined])
			expect(isByteStream(body)).toBe(false);
	});
});

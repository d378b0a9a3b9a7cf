import { describe, expect, it } from 'vitest';
import { EncodedFile } from '../../../../nodes/shared/seedream/encodedFile';
import type { PlannedRequest } from '../../../../nodes/shared/seedream/http';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import { writeRequest } from '../../../../nodes/shared/seedream/writeRequest';
import { aBinary, errorOf, valueOf } from '../../support';

const write = async (body?: Record<string, unknown>) =>
	await writeRequest(evolink, { method: 'POST', url: 'https://x.test', ...(body && { body }) });

const textOf = async (body: Record<string, unknown>) => valueOf(await write(body)).body?.toString();

/** A file of so many bytes, all of which are different from their neighbours. */
function fileOf(length: number): { file: EncodedFile; base64: string } {
	const content = Buffer.from(Array.from({ length }, (_, index) => (index * 7) % 251));
	const reference = aBinary('file', { bytes: length, read: () => Promise.resolve(content) });
	return {
		file: new EncodedFile(reference, 'image/png'),
		base64: content.toString('base64'),
	};
}

describe('the body of a request', () => {
	it('is its JSON text, whatever signs there are in it', async () => {
		const body = { prompt: 'Ein "Bär" 🐻\n\\', n: 1, list: [true, null], left: undefined };
		expect(await textOf(body)).toBe(JSON.stringify(body));
	});

	it('is none where none was planned', async () => {
		expect(valueOf(await write())).toEqual({ method: 'POST', url: 'https://x.test' });
	});

	it.each([0, 1, 2, 3, 4, 100_000, 196_607, 196_608, 196_609, 500_000])(
		'has a file of %d bytes as a data URI, to the byte',
		async (length) => {
			const { file, base64 } = fileOf(length);
			expect(await textOf({ image: file })).toBe(
				JSON.stringify({ image: `data:image/png;base64,${base64}` }),
			);
		},
	);

	it('has several files, each in its place, wherever that is', async () => {
		const [a, b, c] = [fileOf(10), fileOf(20), fileOf(31)];
		const uri = ({ base64 }: { base64: string }) => `data:image/png;base64,${base64}`;
		expect(
			await textOf({ first: a.file, ünter: { list: [b.file, 'ü', b.file] }, last: [[c.file]] }),
		).toBe(
			JSON.stringify({ first: uri(a), ünter: { list: [uri(b), 'ü', uri(b)] }, last: [[uri(c)]] }),
		);
	});

	it('is exactly as long as its text, so that its length can be told before', async () => {
		const { file } = fileOf(1000);
		const { body } = valueOf(await write({ prompt: 'ü', image: file }));
		expect(body?.byteLength).toBe(Buffer.byteLength(body?.toString() ?? ''));
		expect(body?.includes(0)).toBe(false);
	});

	it('has one file in memory at a time', async () => {
		let reading = 0;
		let most = 0;
		const slow = (name: string) =>
			new EncodedFile(
				aBinary(name, {
					read: async () => {
						most = Math.max(most, ++reading);
						await Promise.resolve();
						reading--;
						return Buffer.from(name);
					},
				}),
				'image/png',
			);
		await write({ images: ['a', 'b', 'c'].map(slow) });
		expect(most).toBe(1);
	});

	it.each([3, 5])('is an error where a file has other bytes than it had: %d', async (length) => {
		const reference = aBinary('cats', { read: () => Promise.resolve(Buffer.alloc(length)) });
		const outcome = await write({ image: new EncodedFile(reference, 'image/png') });
		expect(errorOf(outcome)).toMatchObject({ code: 'unreadable_reference', billed: 'no' });
	});
});

describe('a form', () => {
	const writeForm = async (form: NonNullable<PlannedRequest['form']>) =>
		valueOf(await writeRequest(evolink, { method: 'POST', url: 'https://x.test', form }));

	it('is read by whoever reads forms, its file to the byte', async () => {
		const { file } = fileOf(100_000);
		const { headers, body } = await writeForm({
			path: 'images/ü',
			file: { name: 'a.png', content: file },
			last: 'x',
		});
		const read = await new Response(Uint8Array.from(body ?? []), { headers }).formData();
		expect([...read.keys()]).toEqual(['path', 'file', 'last']);
		expect([read.get('path'), read.get('last')]).toEqual(['images/ü', 'x']);
		const sent = read.get('file');
		if (!(sent instanceof File)) throw new Error('no file came');
		expect([sent.name, sent.type]).toEqual(['a.png', 'image/png']);
		expect(Buffer.from(await sent.arrayBuffer())).toEqual(await file.reference.read());
	});

	it('cannot be sent with a file that is gone', async () => {
		const reference = aBinary('gone', { read: () => Promise.reject(new Error('deleted')) });
		const content = new EncodedFile(reference, 'image/png');
		const form = { file: { name: 'a.png', content } };
		const written = await writeRequest(evolink, { method: 'POST', url: 'https://x.test', form });
		expect(errorOf(written)).toMatchObject({ code: 'unreadable_reference', billed: 'no' });
	});
});

describe('a file alone', () => {
	it('is its bytes, under its own type', async () => {
		const { file } = fileOf(1000);
		const request = { method: 'PUT', url: 'https://x.test', file } as const;
		const { headers, body } = valueOf(await writeRequest(evolink, request));
		expect(headers).toEqual({ 'Content-Type': 'image/png' });
		expect(body).toEqual(await file.reference.read());
	});
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { predict, predictionIn, runPrediction } from './replicateClient';
import { picture } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const Stored = z.looseObject({ id: z.string(), urls: z.object({ get: z.string() }) });

async function upload(content: Record<string, string | File>, key = 'test-key') {
	const form = new FormData();
	for (const [name, value] of Object.entries(content)) form.set(name, value);
	const response = await fetch(`${emulator.baseUrl('replicate')}/files`, {
		method: 'POST',
		headers: { authorization: `Bearer ${key}` },
		body: form,
	});
	return { status: response.status, body: await response.text() };
}

const file = (bytes: Buffer, name = 'lake.png', type = 'image/png') =>
	new File([new Uint8Array(bytes)], name, { type });

async function linkOf(bytes: Buffer): Promise<string> {
	return Stored.parse(JSON.parse((await upload({ content: file(bytes) })).body)).urls.get;
}

describe('a file of Replicate', () => {
	it('comes as a form, and is told of', async () => {
		const bytes = await picture(30, 20);
		const answer = await upload({ content: file(bytes), metadata: '{"a":1}' });
		expect(answer.status).toBe(201);
		const stored: unknown = JSON.parse(answer.body);
		const { id } = Stored.parse(stored);
		expect(stored).toEqual({
			id,
			name: 'lake.png',
			content_type: 'image/png',
			size: bytes.length,
			etag: expect.any(String),
			checksums: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
			metadata: { a: 1 },
			created_at: expect.any(String),
			expires_at: expect.any(String),
			urls: { get: `${emulator.baseUrl('replicate')}/files/${id}` },
		});
		expect(emulator.requestsOf('upload', 'replicate')).toHaveLength(1);
	});

	it('is read by its link, without a key', async () => {
		const bytes = await picture(30, 20);
		const response = await fetch(await linkOf(bytes));
		expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
	});

	it('is another than one of the same name', async () => {
		const [a, b] = [await linkOf(await picture(30, 20)), await linkOf(await picture(40, 20))];
		expect(a).not.toBe(b);
		expect((await fetch(a)).status).toBe(200);
	});

	it('is a picture for a prediction', async () => {
		const good = await linkOf(await picture(100, 80));
		const bad = await linkOf(await picture(14, 100));
		const gone = `${emulator.baseUrl('replicate')}/files/none`;
		const ends = [];
		for (const link of [good, bad, gone])
			ends.push((await runPrediction(emulator, { prompt: 'a', image_input: [link] })).status);
		expect(ends).toEqual(['succeeded', 'failed', 'failed']);
	});

	it('is refused without content, with unknown fields, with a long name, with another key', async () => {
		const content = file(await picture(30, 20));
		const wrong: Array<Record<string, string | File>> = [
			{},
			{ content: 'text' },
			{ content, folder: 'x' },
			{ content, filename: 'é'.repeat(128) },
			{ content, metadata: '{' },
		];
		for (const form of wrong) {
			const { status, body } = await upload(form);
			expect(status).toBe(422);
			expect(JSON.parse(body)).toMatchObject({ invalid_fields: { length: 1 } });
		}
		expect((await upload({ content }, 'wrong')).status).toBe(401);
	});

	it('is refused with a page where it has more than 100 MiB', async () => {
		const { status, body } = await upload({ content: file(Buffer.alloc(100 * 1024 * 1024)) });
		expect(status).toBe(413);
		expect(body).toMatch(/^<html>/);
	});
});

describe('a data URI for Replicate', () => {
	const uri = (bytes: Buffer) => `data:image/png;base64,${bytes.toString('base64')}`;

	it('is a picture up to a megabyte', async () => {
		const small = Buffer.concat([await picture(100, 80), Buffer.alloc(700_000)]);
		const input = { prompt: 'a', image_input: [uri(small)] };
		expect((await runPrediction(emulator, input)).status).toBe('succeeded');
	});

	it('is refused with a page beyond that', async () => {
		const large = Buffer.concat([await picture(100, 80), Buffer.alloc(800_000)]);
		emulator.addFault({ on: 'create', status: 413, times: 1 });
		const url = `${emulator.baseUrl('replicate')}/models/bytedance/seedream-4/predictions`;
		for (const image of [uri(await picture(30, 20)), uri(large)]) {
			const response = await fetch(url, {
				method: 'POST',
				headers: { authorization: 'Bearer test-key' },
				body: JSON.stringify({ input: { prompt: 'a', image_input: [image] } }),
			});
			expect([response.status, response.headers.get('content-type')]).toEqual([413, 'text/html']);
		}
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('is told with the prediction', async () => {
		const image_input = [uri(await picture(30, 20))];
		expect(predictionIn(await predict(emulator, { prompt: 'a', image_input }))).toMatchObject({
			input: { image_input },
		});
	});
});

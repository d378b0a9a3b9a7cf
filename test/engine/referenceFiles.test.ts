import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { picture, until } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { useCompressedTime } from '../properties/support/time';
import { startOtherServer } from './otherServer';
import { NODE, runSeedream, startSeedream } from './seedream';
import { binaryFolder, binaryItem } from './support/binary';

const emulator = useEmulator({ taskMs: 20 });

const EDIT: INodeParameters = {
	operation: 'edit',
	prompt: 'Brighter',
	aspectRatio: '1:1',
	download: false,
	binaryPropertyNames: '*',
};

async function read(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString();
}

describe('Large files as reference images', () => {
	useCompressedTime(50);

	it.each(['memory', 'filesystem'] as const)(
		'arrive to the byte, in a body whose length is told, at every try (%s)',
		async (binaryMode) => {
			const bodies: string[] = [];
			const server = await startOtherServer((request, response) => {
				void read(request).then((body) => {
					bodies.push(body);
					response.writeHead(bodies.length === 1 ? 429 : 400).end('{}');
				});
			});
			const [png, webp] = await Promise.all([picture(40, 40), picture(40, 40, 'webp')]);
			const files = [
				Buffer.concat([png, randomBytes(1_000_000)]),
				Buffer.concat([webp, randomBytes(600_001)]),
				Buffer.concat([png, randomBytes(400_002)]),
			];
			const binary = Object.fromEntries(
				files.map((buffer, index) => [`image_${index}`, { buffer, mimeType: 'image/png' }]),
			);
			const credentials = { provider: 'byteplus', apiKey: 'test-key', baseUrl: server.url };
			const items = [binaryItem({ binary })];
			await runSeedream(emulator, EDIT, { credentials, items, binaryMode });
			await server.stop();
			const types = ['png', 'webp', 'png'];
			const uris = files.map(
				(bytes, index) => `data:image/${types[index]};base64,${bytes.toString('base64')}`,
			);
			const [first = '', second] = bodies;
			const { image }: { image?: unknown } = JSON.parse(first);
			expect(Array.isArray(image) && image.length === 3).toBe(true);
			expect(uris.every((uri, index) => Array.isArray(image) && image[index] === uri)).toBe(true);
			expect(second === first).toBe(true);
			for (const { headers } of server.requests) {
				expect(headers['content-length']).toBe(String(Buffer.byteLength(first)));
				expect(headers).not.toHaveProperty('transfer-encoding');
			}
		},
	);
});

describe('A file that is gone since it was checked', () => {
	it.each(['byteplus', 'evolink'] as const)(
		'is an error before anything is sent for its item, at %s',
		async (provider) => {
			const items = await Promise.all(
				[40, 50].map(async (side) =>
					binaryItem({
						binary: { data: { buffer: await picture(side, side), mimeType: 'image/png' } },
					}),
				),
			);
			emulator.addFault({ on: 'create', hang: 500, times: 1 });
			const handle = startSeedream(emulator, EDIT, {
				provider,
				items,
				binaryMode: 'filesystem',
				options: { concurrency: 1 },
				node: { onError: 'continueRegularOutput' },
			});
			await until(() => (emulator.requestsOf('create').length === 1 ? true : undefined));
			await rm(binaryFolder(), { recursive: true });
			const [, failed] = (await handle.result).items(NODE);
			expect(failed?.json).toMatchObject({
				error: {
					code: 'unreadable_reference',
					billed: 'no',
					message: expect.stringMatching(/^The image in "data" can no longer be read/),
				},
			});
			expect(emulator.requestsOf('create')).toHaveLength(1);
		},
	);
});

import sharp from 'sharp';
import type { ServerResponse } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type Provider } from '../../emulator';
import { picture } from '../../emulator/testClient';
import { startOtherServer } from '../otherServer';
import { credentialsFor, NODE, paidBodies, runSeedream, type SeedreamRun } from '../seedream';
import { readBinary, type RunResult } from '../support';
import { ARK, failureOf, FOUR_BOATS, jsonOf, paidRequests, SYNCHRONOUS } from './support';
import { modelByExpression } from './wire.row';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 40 });
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

const STREAM = { stream: true };
const LINK = expect.stringMatching(/^http/);

async function stream(parameters: INodeParameters, run: SeedreamRun): Promise<RunResult> {
	const result = await runSeedream(emulator, parameters, {
		...run,
		options: { ...STREAM, ...run.options },
	});
	expect(result.error).toBeUndefined();
	return result;
}

describe.each(ARK)('A set that %s sends image by image', (provider) => {
	it('comes out like any other', async () => {
		const result = await stream(FOUR_BOATS, { provider });
		expect(emulator.requestsOf('create')).toMatchObject([{ body: { stream: true }, status: 200 }]);
		expect(jsonOf(result).map(({ imageIndex }) => imageIndex)).toEqual([0, 1, 2, 3]);
		for (const item of jsonOf(result)) {
			expect(item).toEqual({
				status: 'completed',
				provider,
				model: expect.stringContaining('seedream-4-0-250828'),
				imageIndex: expect.any(Number),
				imageCount: 4,
				requestedCount: 4,
				url: LINK,
				width: 2048,
				height: 2048,
				createdAt: expect.any(String),
				expiresAt: expect.any(String),
				usage: { generated_images: 4, output_tokens: 65536, total_tokens: 65536 },
				warnings: [],
			});
		}
	});

	it('as files, where base64 is asked for', async () => {
		const result = await stream(
			{ ...FOUR_BOATS, sizeMode: 'pixels', width: 1280, height: 960 },
			{ provider, options: { additionalFields: '{"response_format": "b64_json"}' } },
		);
		expect(result.items(NODE)).toHaveLength(4);
		for (const item of result.items(NODE)) {
			expect(await sharp(await readBinary(item.binary?.data)).metadata()).toMatchObject({
				width: 1280,
				height: 960,
			});
		}
	});

	it('with one member refused: three images in their places, the refused one in failedImages', async () => {
		const result = await stream(
			{ ...FOUR_BOATS, prompt: 'Boats [moderated-output:2]' },
			{ provider },
		);
		expect(jsonOf(result).map(({ imageIndex }) => imageIndex)).toEqual([0, 2, 3]);
		expect(jsonOf(result)[0]).toMatchObject({
			failedImages: [{ index: 1, code: 'OutputImageSensitiveContentDetected' }],
			warnings: ['4 images were requested and 3 received.'],
			usage: { generated_images: 3 },
		});
	});

	it('broken off half-way: what had arrived is kept with a warning, and it is not sent again', async () => {
		emulator.addFault({ on: 'create', provider, truncate: true });
		const result = await stream(FOUR_BOATS, { provider });
		expect(paidRequests(emulator)).toBe(1);
		expect(jsonOf(result)).toMatchObject([
			{ imageIndex: 0, imageCount: 1, requestedCount: 4, url: LINK },
		]);
		expect(jsonOf(result)[0]?.warnings).toEqual([
			expect.stringMatching(/ended early/),
			'4 images were requested and 1 received.',
		]);
	});

	it('broken off, where all are wanted: the error names the link that had arrived', async () => {
		emulator.addFault({ on: 'create', provider, truncate: true });
		const failure = await failureOf(emulator, FOUR_BOATS, {
			provider,
			options: { ...STREAM, failOnPartial: true },
		});
		expect(failure).toMatchObject({ code: 'partial_result', billed: 'yes', urls: [LINK] });
		expect(paidRequests(emulator)).toBe(1);
	});

	it('cut before the first image: one POST, and the error says that it may be billed', async () => {
		emulator.addFault({ on: 'create', provider, reset: 'after' });
		const failure = await failureOf(emulator, FOUR_BOATS, { provider, options: STREAM });
		expect(paidRequests(emulator)).toBe(1);
		expect(failure).toMatchObject({ billed: 'unknown', retryable: false });
		expect(failure.message).toMatch(/may have been accepted/);
	});

	it('refused before it begins: the error is read like any other', async () => {
		const failure = await failureOf(
			emulator,
			{ ...FOUR_BOATS, prompt: '[moderated]' },
			{ provider, options: STREAM },
		);
		expect(failure).toMatchObject({
			code: 'InputTextSensitiveContentDetected',
			httpStatus: 400,
			billed: 'no',
		});
	});

	it('429, then taken: the stream is read', async () => {
		emulator.addFault({ on: 'create', provider, status: 429, retryAfter: 0, times: 1 });
		expect(jsonOf(await stream(FOUR_BOATS, { provider }))).toHaveLength(4);
		expect(paidRequests(emulator)).toBe(2);
	});

	it('an answer in one piece, although a stream was asked for', async () => {
		emulator.addFault({
			on: 'create',
			provider,
			body: { created: 1, data: [{ url: 'https://example.com/1.png' }] },
		});
		expect(jsonOf(await stream({ ...FOUR_BOATS, numberOfImages: 1 }, { provider }))).toMatchObject([
			{ url: LINK },
		]);
	});
});

type Send = (response: ServerResponse) => void | Promise<void>;

function event(type: string, data: Record<string, unknown>): string {
	return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function succeeded(index: number): string {
	const url = `https://example.com/${index}.png`;
	return event('image_generation.partial_succeeded', {
		model: 'm',
		created: 1757396757,
		image_index: index,
		url,
		size: '2048x2048',
	});
}

const USAGE = { generated_images: 2, output_tokens: 1, total_tokens: 1 };
const COMPLETED = event('image_generation.completed', {
	model: 'm',
	created: 1757396757,
	usage: USAGE,
});
const DONE = 'data: [DONE]\n\n';
const TROUBLE = {
	code: 'InternalServiceError',
	message: 'The service encountered an unexpected internal error.',
};

/** A provider that answers with these events, which the emulator has no way to send. */
async function withEvents<T>(
	send: Send,
	use: (run: SeedreamRun) => Promise<T>,
	provider: Provider = 'byteplus',
): Promise<{ value: T; requests: number }> {
	const server = await startOtherServer((_, response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		void send(response);
	});
	const credentials = { ...credentialsFor(emulator, { provider }), baseUrl: server.url };
	try {
		const value = await use({ provider, credentials, options: STREAM });
		return { value, requests: server.requests.length };
	} finally {
		await server.stop();
	}
}

async function itemsFrom(send: Send): Promise<Array<Record<string, unknown>>> {
	const { value, requests } = await withEvents(send, async (run) => await stream(FOUR_BOATS, run));
	expect(requests).toBe(1);
	return jsonOf(value);
}

describe('Events as they come on the line', () => {
	it('cut into pieces anywhere, with either kind of line end and with comments between', async () => {
		const text = `: hello\n\n${succeeded(0)}${succeeded(1)}${COMPLETED}${DONE}`.replaceAll(
			'\n',
			'\r\n',
		);
		const items = await itemsFrom(async (response) => {
			for (let at = 0; at < text.length; at += 37) {
				response.write(text.slice(at, at + 37));
				await new Promise((resolve) => setImmediate(resolve));
			}
			response.end();
		});
		expect(items).toMatchObject([
			{ url: 'https://example.com/0.png', usage: USAGE },
			{ url: 'https://example.com/1.png', usage: USAGE },
		]);
	});

	it('previews of an image that is not finished are no images', async () => {
		const preview = {
			image_index: 0,
			partial_image_index: 0,
			b64_json: (await picture(20, 20)).toString('base64'),
		};
		const items = await itemsFrom((response) => {
			response.end(
				event('image_generation.partial_image', preview) + succeeded(0) + COMPLETED + DONE,
			);
		});
		expect(items).toMatchObject([{ url: 'https://example.com/0.png', imageCount: 1 }]);
	});

	it('an event that was cut off in the middle does not count', async () => {
		const items = await itemsFrom((response) => {
			response.write(succeeded(0) + succeeded(1).slice(0, -20), () => response.destroy());
		});
		expect(items).toMatchObject([
			{ url: 'https://example.com/0.png', imageCount: 1, requestedCount: 4 },
		]);
	});

	it('an end without the word that it is the end is an early one', async () => {
		const [item] = await itemsFrom((response) => {
			response.end(succeeded(0) + succeeded(1));
		});
		expect(item?.warnings).toEqual([
			expect.stringMatching(/ended early/),
			'4 images were requested and 2 received.',
		]);
	});

	it('silence after the first image: Max Wait ends it, and the image is kept', async () => {
		const began = Date.now();
		const { value } = await withEvents(
			(response) => {
				response.write(succeeded(0));
				setTimeout(() => response.destroy(), 3000);
			},
			async (run) => await stream(FOUR_BOATS, { ...run, options: { maxWaitSeconds: 0.5 } }),
		);
		expect(Date.now() - began).toBeLessThan(2500);
		expect(jsonOf(value)).toMatchObject([{ url: 'https://example.com/0.png', imageCount: 1 }]);
	});
});

describe('An error event', () => {
	it('before any image: an error in the words of the provider, which is not billed', async () => {
		const { value, requests } = await withEvents(
			(response) => {
				response.end(event('error', { error: TROUBLE }));
			},
			async (run) => await failureOf(emulator, FOUR_BOATS, run),
		);
		expect(requests).toBe(1);
		expect(value).toMatchObject({ code: TROUBLE.code, billed: 'no', provider: 'byteplus' });
		expect(value.message).toContain(TROUBLE.message);
	});

	it('after the first image: that one is kept, and the warning says why there are no more', async () => {
		const items = await itemsFrom((response) => {
			response.end(succeeded(0) + event('error', { error: TROUBLE }));
		});
		expect(items).toMatchObject([
			{ url: 'https://example.com/0.png', imageCount: 1, requestedCount: 4 },
		]);
		expect(JSON.stringify(items[0]?.warnings)).toContain(TROUBLE.message);
	});
});

describe('At Tokaify, whose pages name the field and not the events', () => {
	it("a set comes image by image, in the form of the models' maker", async () => {
		const result = await stream(FOUR_BOATS, { provider: 'tokaify' });
		expect(emulator.requestsOf('create')).toMatchObject([{ body: { stream: true }, status: 200 }]);
		expect(
			jsonOf(result).map(({ imageIndex, url, warnings }) => [imageIndex, url, warnings]),
		).toEqual([0, 1, 2, 3].map((index) => [index, LINK, []]));
	});

	it('broken off half-way: what had arrived is kept with a warning, and it is not sent again', async () => {
		emulator.addFault({ on: 'create', provider: 'tokaify', truncate: true });
		const result = await stream(FOUR_BOATS, { provider: 'tokaify' });
		expect(paidRequests(emulator)).toBe(1);
		expect(jsonOf(result)[0]?.warnings).toEqual([
			expect.stringMatching(/ended early/),
			'4 images were requested and 1 received.',
		]);
	});

	it('an error event leaves open whether it is billed, as nobody says so', async () => {
		const { value } = await withEvents(
			(response) => {
				response.end(event('error', { error: TROUBLE }));
			},
			async (run) => await failureOf(emulator, FOUR_BOATS, run),
			'tokaify',
		);
		expect(value).toMatchObject({ code: TROUBLE.code, billed: 'unknown', provider: 'tokaify' });
		expect(value.message).toContain(TROUBLE.message);
	});
});

describe('A stream that nobody asked for', () => {
	it.each(SYNCHRONOUS)('is read at %s like any answer', async (provider) => {
		const { value } = await withEvents(
			(response) => {
				response.end(succeeded(0) + succeeded(1) + COMPLETED);
			},
			async (run) =>
				await runSeedream(emulator, FOUR_BOATS, { ...run, options: { stream: false } }),
			provider,
		);
		expect(value.error).toBeUndefined();
		expect(jsonOf(value).map(({ url }) => url)).toEqual(
			[0, 1].map((index) => `https://example.com/${index}.png`),
		);
	});
});

describe('Where there is no stream', () => {
	const LESS: ReadonlyArray<readonly [SeedreamRun['provider'], string]> = [
		['byteplus', 'seedream-5.0-pro'],
		['volcengine', 'seedream-5.0-pro'],
		['volcengine', 'seedream-5.0-flash'],
		['novita', 'seedream-4.0'],
		['uniall', 'seedream-4.0'],
	];

	it.each(LESS)(
		'%s, %s: the field is left out, the user is told, and the image comes',
		async (provider, model) => {
			const { numberOfImages: _, ...one } = FOUR_BOATS;
			const result = await stream({ ...one, ...modelByExpression(model) }, { provider });
			expect(paidBodies(emulator)).toHaveLength(1);
			expect(paidBodies(emulator)[0]).not.toHaveProperty('stream');
			expect(jsonOf(result)).toMatchObject([
				{ url: LINK, warnings: [expect.stringMatching(/^Stream was left out/)] },
			]);
		},
	);
});

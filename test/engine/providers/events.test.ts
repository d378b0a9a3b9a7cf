import { describe, expect, it } from 'vitest';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { SYNCHRONOUS } from '../../providers';
import { runSeedream } from '../seedream';
import {
	COMPLETED,
	DONE,
	event,
	stream,
	STREAMING,
	succeeded,
	TROUBLE,
	USAGE,
	withEvents,
	type Send,
} from './events';
import { failureOf, FOUR_BOATS, jsonOf } from './support';

const emulator = useEmulator({ taskMs: 40 });

describe('Events as they come on the line', () => {
	// Everyone's events have the form of the models' maker.
	const provider = 'byteplus';

	async function itemsFrom(send: Send): Promise<Array<Record<string, unknown>>> {
		const { value, requests } = await withEvents(
			emulator,
			provider,
			send,
			async (run) => await stream(emulator, FOUR_BOATS, run),
		);
		expect(requests).toBe(1);
		return jsonOf(value);
	}

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
			emulator,
			provider,
			(response) => {
				response.write(succeeded(0));
				setTimeout(() => response.destroy(), 3000);
			},
			async (run) =>
				await stream(emulator, FOUR_BOATS, { ...run, options: { maxWaitSeconds: 0.5 } }),
		);
		expect(Date.now() - began).toBeLessThan(2500);
		expect(jsonOf(value)).toMatchObject([{ url: 'https://example.com/0.png', imageCount: 1 }]);
	});
});

describe.each(STREAMING)('An error event of $name', ({ id: provider, areErrorsFree }) => {
	it('before any image: an error in the words of the provider, billed as far as that is known', async () => {
		const { value, requests } = await withEvents(
			emulator,
			provider,
			(response) => {
				response.end(event('error', { error: TROUBLE }));
			},
			async (run) => await failureOf(emulator, FOUR_BOATS, run),
		);
		expect(requests).toBe(1);
		const billed = areErrorsFree ? 'no' : 'unknown';
		expect(value).toMatchObject({ code: TROUBLE.code, billed, provider });
		expect(value.message).toContain(TROUBLE.message);
	});

	it('after the first image: that one is kept, and the warning says why there are no more', async () => {
		const { value } = await withEvents(
			emulator,
			provider,
			(response) => {
				response.end(succeeded(0) + event('error', { error: TROUBLE }));
			},
			async (run) => await stream(emulator, FOUR_BOATS, run),
		);
		expect(jsonOf(value)).toMatchObject([
			{ url: 'https://example.com/0.png', imageCount: 1, requestedCount: 4 },
		]);
		expect(JSON.stringify(jsonOf(value)[0]?.warnings)).toContain(TROUBLE.message);
	});
});

describe.each(SYNCHRONOUS)('A stream that nobody asked $name for', ({ id: provider }) => {
	it('is read like any answer', async () => {
		const { value } = await withEvents(
			emulator,
			provider,
			(response) => {
				response.end(succeeded(0) + succeeded(1) + COMPLETED);
			},
			async (run) =>
				await runSeedream(emulator, FOUR_BOATS, { ...run, options: { stream: false } }),
		);
		expect(value.error).toBeUndefined();
		expect(jsonOf(value).map(({ url }) => url)).toEqual(
			[0, 1].map((index) => `https://example.com/${index}.png`),
		);
	});
});

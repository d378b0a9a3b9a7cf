import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CREDITS_PER_IMAGE } from './index';
import { dataUri } from './testClient';
import { useEmulator } from './useEmulator';
import { runTask, submit } from './wavespeedClient';

const emulator = useEmulator({ taskMs: 10 });

const link = 'https://example.com/poster.png';
const PRO = 'v5.0-pro/layer-decomposition';
const FLASH = 'v5.0-flash/layer-decomposition';
const FIVE_FIVE = 'v5.5/layer-decomposition';

async function filesOf(outputs: readonly string[]) {
	return await Promise.all(
		outputs.map(async (url) => {
			const file = sharp(Buffer.from(await (await fetch(url)).arrayBuffer()));
			const { format, width, height } = await file.metadata();
			return { format, size: `${width}x${height}`, opaque: (await file.stats()).isOpaque };
		}),
	);
}

describe('WaveSpeedAI takes a picture apart', () => {
	it.each([PRO, FLASH, FIVE_FIVE])('into links and nothing else, by %s', async (path) => {
		const { outputs, ...rest } = await runTask(emulator, path, { image: link });
		expect(outputs).toHaveLength(4);
		expect(JSON.stringify(rest)).not.toMatch(/z_index|bounding|layers/);
	});

	it('into layers that are transparent as PNG, and no longer as JPEG', async () => {
		const image = await dataUri(600, 300, 'jpeg');
		const png = await runTask(emulator, PRO, { image, output_format: 'png' });
		const files = await filesOf(png.outputs);
		expect(files.map(({ format }) => format)).toEqual(Array(4).fill('png'));
		expect(files.filter(({ opaque }) => opaque)).toMatchObject([{ size: '1448x724' }]);
		const jpeg = await runTask(emulator, PRO, { image });
		expect(await filesOf(jpeg.outputs)).toMatchObject(
			Array(4).fill({ format: 'jpeg', opaque: true }),
		);
	});

	it('at one price for a run, whatever comes of it', async () => {
		await runTask(emulator, FIVE_FIVE, { image: link, prompt: '[layers:1]' });
		expect(emulator.creditsUsed()).toBeCloseTo(17 * CREDITS_PER_IMAGE);
		const many = await runTask(emulator, FIVE_FIVE, { image: link, prompt: '[layers:40]' });
		expect(many.outputs).toHaveLength(41);
		expect(emulator.creditsUsed()).toBeCloseTo(34 * CREDITS_PER_IMAGE);
		const most = await runTask(emulator, PRO, { image: link, prompt: '[layers:40]' });
		expect(most.outputs).toHaveLength(17);
	});

	it('but fails, and costs nothing, by moderation and with what is neither PNG nor JPEG', async () => {
		const prompt = '[moderated-output:3]';
		expect(await runTask(emulator, PRO, { image: link, prompt })).toMatchObject({
			status: 'failed',
			code: 1200,
		});
		const image = await dataUri(600, 600, 'webp');
		expect(await runTask(emulator, PRO, { image })).toMatchObject({ status: 'failed', code: 1402 });
		expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
	});
});

describe('WaveSpeedAI refuses to take apart', () => {
	it.each([
		['no picture', PRO, {}, 'image'],
		['a list', PRO, { image: [link] }, 'image'],
		['by the field of edits', PRO, { image: link, images: [link] }, 'images'],
		['in a size of its own', PRO, { image: link, resolution: 'auto' }, 'resolution'],
		['in 3k', FIVE_FIVE, { image: link, resolution: '3k' }, 'resolution'],
		['in a size', PRO, { image: link, size: '1024*1024' }, 'size'],
		['in a ratio', PRO, { image: link, aspect_ratio: '1:1' }, 'aspect_ratio'],
		['into webp', PRO, { image: link, output_format: 'webp' }, 'output_format'],
		['with a background', FIVE_FIVE, { image: link, background: 'auto' }, 'background'],
		[
			'fast on flash',
			FLASH,
			{ image: link, prompt_optimization_mode: 'fast' },
			'prompt_optimization_mode',
		],
		['and wait', PRO, { image: link, enable_sync_mode: true }, 'enable_sync_mode'],
	])('%s', async (_what, path, body, field) => {
		expect(await submit(emulator, path, body)).toMatchObject({
			status: 400,
			body: { message: expect.stringContaining(field) },
		});
	});

	it('with a model that cannot, or a key that may not', async () => {
		const body = { image: link };
		expect((await submit(emulator, 'v5.0-lite/layer-decomposition', body)).status).toBe(404);
		expect((await submit(emulator, PRO, body, 'limited-key')).status).toBe(403);
		expect((await submit(emulator, PRO, body, 'poor-key')).status).toBe(402);
	});
});

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CREDITS_PER_IMAGE } from './index';
import { PRO, predict, runPrediction } from './replicateClient';
import { download, picture } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 20 });

const poster = { layer_decomposition: true, image_input: ['https://example.com/poster.png'] };

const dataUriOf = (bytes: Buffer, format = 'png') =>
	`data:image/${format};base64,${bytes.toString('base64')}`;

describe('Replicate takes a picture apart', () => {
	it('into links alone, the base first', async () => {
		const image_input = [dataUriOf(await picture(1200, 800))];
		const { output } = await runPrediction(emulator, { ...poster, image_input, size: 'auto' }, PRO);
		expect(output).toHaveLength(4);
		const [base = '', ...layers] = output ?? [];
		expect(await download(base)).toMatchObject({ size: '1200x800', format: 'png' });
		for (const layer of layers) {
			const file = sharp(Buffer.from(await (await fetch(layer)).arrayBuffer()));
			expect(await file.metadata()).toMatchObject({ format: 'png', hasAlpha: true });
		}
		expect(await sharp(await emulator.wholeOf(base)).metadata()).toMatchObject({ width: 1200 });
	});

	it.each([
		['1K', '1024x1024'],
		['1.5K', '1536x1536'],
		['2K', '2048x2048'],
		[undefined, '2048x2048'],
	])('with %s over a base of %s', async (size, pixels) => {
		const input = { ...poster, size, output_format: 'jpeg', prompt: '[layers:1]' };
		const { output } = await runPrediction(emulator, input, PRO);
		expect(await download(output?.[0] ?? '')).toMatchObject({ size: pixels, format: 'jpeg' });
		expect(await download(output?.[1] ?? '')).toMatchObject({ format: 'png' });
	});

	it('into at most 16 layers, which are paid in advance', async () => {
		const { output } = await runPrediction(emulator, { ...poster, prompt: '[layers:30]' }, PRO);
		expect(output).toHaveLength(17);
		emulator.setCredits('test-key', { user: 16.5 * CREDITS_PER_IMAGE });
		expect((await predict(emulator, { ...poster, prompt: '[layers:1]' }, PRO)).status).toBe(402);
	});

	it.each([
		['no picture', () => []],
		['two pictures', () => [...poster.image_input, ...poster.image_input]],
		['too small a picture', async () => [dataUriOf(await picture(511, 512))]],
	])('but fails, and costs nothing, with %s', async (_what, pictures) => {
		const input = { ...poster, image_input: await pictures() };
		expect(await runPrediction(emulator, input, PRO)).toMatchObject({
			status: 'failed',
			output: null,
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('but as a whole fails by moderation', async () => {
		for (const prompt of ['[moderated]', '[moderated-output:4]'])
			expect(await runPrediction(emulator, { ...poster, prompt }, PRO)).toMatchObject({
				status: 'failed',
				error: expect.stringContaining('(E005)'),
			});
		expect([emulator.creditsUsed(), emulator.imagesMade()]).toEqual([0, 0]);
	});
});

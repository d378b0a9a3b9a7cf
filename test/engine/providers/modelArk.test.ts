import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../emulator/recording';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { startOtherServer } from '../otherServer';
import { paidBodies, runSeedream } from '../seedream';
import { binaryItem } from '../support';
import { BOAT, failureOf, jsonOf } from './support';

const emulator = useEmulator({ taskMs: 20 });

const provider = 'byteplus';
const LINK = 'https://example.com/1.png';
const EDIT: INodeParameters = { ...BOAT, operation: 'edit', prompt: 'Brighter' };

function png(buffer: Buffer) {
	return [binaryItem({ binary: { data: { buffer, mimeType: 'image/png' } } })];
}

describe("An answer of the models' maker", () => {
	async function answered(body: unknown) {
		emulator.addFault({ on: 'create', provider, body });
		const result = await runSeedream(emulator, BOAT, { provider });
		expect(result.error).toBeUndefined();
		return jsonOf(result);
	}

	it('with a size that is no size: the size is left out', async () => {
		const [item] = await answered({ created: 1, data: [{ url: LINK, size: 'large' }] });
		expect(item).not.toHaveProperty('width');
	});

	it('with fields that nobody has heard of: they do no harm', async () => {
		const items = await answered({
			created: '1757323224',
			model: null,
			data: [{ url: LINK, z_index: 0, bounding_box: {}, error: null }],
			usage: { input_images: 1 },
			error: null,
		});
		expect(items).toMatchObject([{ url: LINK, usage: { input_images: 1 } }]);
	});
});

describe("A reference image at the models' maker", () => {
	it('that the provider cannot fetch: the way out is to send the file itself', async () => {
		const gone = await startOtherServer(() => undefined);
		await gone.stop();
		const edit = { ...EDIT, imageSource: 'url', imageUrls: `${gone.url}/a.png` };
		const failure = await failureOf(emulator, edit, { provider });
		expect(failure).toMatchObject({ httpStatus: 400, billed: 'no' });
		expect(failure.message).toMatch(/Timeout while downloading/);
		expect(failure.message).toMatch(/binary field/);
	});

	it('with transparent parts: a PNG with a transparent background comes of it', async () => {
		const clear = await picture(20, 20, 'png', 0);
		const result = await runSeedream(
			emulator,
			{ ...EDIT, model: 'seedream-5.0-pro' },
			{
				provider,
				items: png(clear),
				options: { background: 'transparent', outputFormat: 'png' },
			},
		);
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toMatchObject([
			{
				image: shorten(`data:image/png;base64,${clear.toString('base64')}`),
				background: 'transparent',
				output_format: 'png',
				size: '2048x2048',
				watermark: false,
			},
		]);
	});

	it('that is heavier than 10 MB is taken where 30 MB are allowed', async () => {
		const heavy = Buffer.concat([await picture(40, 40), Buffer.alloc(11 * 1024 * 1024)]);
		const result = await runSeedream(
			emulator,
			{ ...EDIT, model: 'seedream-5.0-pro' },
			{ provider, items: png(heavy), binaryMode: 'filesystem' },
		);
		expect(result.error).toBeUndefined();
	});
});

import { createHash } from 'node:crypto';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { NODE, paidBodies, runSeedream } from './seedream';
import { binaryItem } from './support';

const emulator = useEmulator({ taskMs: 50 });
let red: Buffer;
let green: Buffer;
let blue: Buffer;
beforeAll(async () => {
	red = await picture(40, 40);
	green = await picture(50, 50);
	blue = await picture(60, 60, 'webp');
});

const A = 'https://example.com/a.png';
const B = 'https://example.com/b,c.jpg?x=1,2';

/** The address of a file at the file host: its name is made from its bytes. */
function stored(bytes: Buffer, extension = 'png'): string {
	const name = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
	return `${new URL(emulator.baseUrl('evolink')).origin}/files/seedream/${name}.${extension}`;
}

/** An item with the images `data`, `logo` and `wide`. */
function pictures(json: INodeExecutionData['json'] = {}): INodeExecutionData {
	return binaryItem({
		json,
		binary: {
			data: { buffer: red, fileName: 'red.png', mimeType: 'image/png' },
			logo: { buffer: green, fileName: 'green.png', mimeType: 'image/png' },
			wide: { buffer: blue, fileName: 'lies.png', mimeType: 'image/png' },
		},
	});
}

async function imageUrlsOf(parameters: INodeParameters, items = [pictures()]): Promise<unknown[]> {
	const result = await runSeedream(
		emulator,
		{ operation: 'edit', prompt: 'Brighter', completion: 'submit', ...parameters },
		{ items, options: { concurrency: 1 } },
	);
	expect(result.error).toBeUndefined();
	return paidBodies(emulator).map((body) =>
		body instanceof Object ? Reflect.get(body, 'image_urls') : body,
	);
}

describe('Reference images from binary fields', () => {
	it('go to the file host first, and the request has the whole documented body', async () => {
		await imageUrlsOf({});
		expect(paidBodies(emulator)).toEqual([
			{
				model: 'doubao-seedream-4.0',
				prompt: 'Brighter',
				n: 1,
				size: 'auto',
				quality: '2K',
				image_urls: [stored(red)],
			},
		]);
		expect(emulator.requestsOf('upload').map(({ body }) => body)).toEqual([
			{
				base64_data: expect.stringMatching(/^data:image\/png;base64,/),
				upload_path: 'seedream',
				file_name: stored(red).split('/').at(-1),
			},
		]);
	});

	it('several, in the order in which they are named', async () => {
		expect(await imageUrlsOf({ binaryPropertyNames: ' logo , data ' })).toEqual([
			[stored(green), stored(red)],
		]);
	});

	it('named by an expression', async () => {
		const items = [pictures({ fields: ['wide', 'logo'] })];
		const urls = await imageUrlsOf({ binaryPropertyNames: '={{ $json.fields }}' }, items);
		expect(urls).toEqual([[stored(blue, 'webp'), stored(green)]]);
	});

	it('all of the item with *, each with the type that its bytes have', async () => {
		expect(await imageUrlsOf({ binaryPropertyNames: '*' })).toEqual([
			[stored(red), stored(green), stored(blue, 'webp')],
		]);
	});

	it.each(['memory', 'filesystem'] as const)('with binary data in %s', async (binaryMode) => {
		const result = await runSeedream(
			emulator,
			{ operation: 'edit', prompt: 'Brighter', completion: 'submit' },
			{ items: [pictures()], binaryMode },
		);
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toMatchObject([{ image_urls: [stored(red)] }]);
	});
});

describe('Reference images from URLs', () => {
	it.each([
		{ as: 'one URL', imageUrls: A, urls: [A] },
		{ as: 'one per line, with empty lines', imageUrls: `${A}\n\n  ${B}  \n`, urls: [A, B] },
		{ as: 'separated by commas and blanks', imageUrls: `${A}, ${B}`, urls: [A, B] },
		{ as: 'a list as JSON text', imageUrls: JSON.stringify([B, A]), urls: [B, A] },
		{ as: 'an expression that gives a list', imageUrls: '={{ $json.urls }}', urls: [B, A] },
		{
			as: 'an expression that gives text',
			imageUrls: '={{ $json.urls.join("\\n") }}',
			urls: [B, A],
		},
	])('given as $as', async ({ imageUrls, urls }) => {
		const items = [{ json: { urls: [B, A] } }];
		expect(await imageUrlsOf({ imageSource: 'url', imageUrls }, items)).toEqual([urls]);
		expect(emulator.requestsOf('upload')).toHaveLength(0);
	});

	it('come after those from binary fields', async () => {
		const urls = await imageUrlsOf({
			imageSource: 'both',
			binaryPropertyNames: 'logo,data',
			imageUrls: `${B}\n${A}`,
		});
		expect(urls).toEqual([[stored(green), stored(red), B, A]]);
	});
});

describe('Combine All Input Items', () => {
	it('off: a request for each item', async () => {
		const items = [
			pictures(),
			binaryItem({ binary: { data: { buffer: green, mimeType: 'image/png' } } }),
		];
		expect(await imageUrlsOf({}, items)).toEqual([[stored(red)], [stored(green)]]);
	});

	it('on: one request with the images of all items in their order, each URL once', async () => {
		const parameters = {
			imageSource: 'both',
			imageUrls: '={{ $json.url }}',
			combineItems: true,
			prompt: '={{ $json.says }}',
		};
		const items = [
			pictures({ url: A, says: 'first' }),
			{
				...pictures({ url: A, says: 'second' }),
				binary: { data: { data: green.toString('base64'), mimeType: 'image/png' } },
			},
			{ ...pictures({ url: B, says: 'third' }) },
		];
		expect(await imageUrlsOf(parameters, items)).toEqual([
			[stored(red), A, stored(green), stored(red), B],
		]);
		expect(paidBodies(emulator)).toMatchObject([{ prompt: 'first' }]);
	});

	it('on: the one result belongs to all input items', async () => {
		const result = await runSeedream(
			emulator,
			{ operation: 'edit', prompt: 'Brighter', combineItems: true, download: false },
			{ items: [pictures(), pictures()] },
		);
		expect(result.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }, { item: 1 }],
		]);
	});
});

describe('A transparent background', () => {
	it('is asked for with PNG and exactly one reference', async () => {
		const clear = await picture(64, 64, 'png', 0);
		const result = await runSeedream(
			emulator,
			{
				operation: 'edit',
				prompt: 'Cut it out',
				model: 'seedream-5.0-pro',
				resolution: '1K',
				download: false,
			},
			{
				items: [binaryItem({ binary: { data: { buffer: clear, mimeType: 'image/png' } } })],
				options: { background: 'transparent', outputFormat: 'png' },
			},
		);
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toEqual([
			{
				model: 'doubao-seedream-5.0-pro',
				prompt: 'Cut it out',
				size: 'auto',
				quality: '1K',
				image_urls: [stored(clear)],
				watermark: false,
				output_format: 'png',
				background: 'transparent',
			},
		]);
	});
});

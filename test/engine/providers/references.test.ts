import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type Provider } from '../../emulator';
import { shorten } from '../../emulator/recording';
import { picture } from '../../emulator/testClient';
import { paidBodies, runSeedream } from '../seedream';
import { binaryItem } from '../support';
import { ARK, failureOf } from './support';

let emulator: Emulator;
let red: Buffer;
let green: Buffer;
let blue: Buffer;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 20 });
	red = await picture(20, 20);
	green = await picture(30, 20, 'jpeg');
	blue = await picture(40, 20, 'webp');
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

const A = 'https://example.com/a.png';
const B = 'https://example.com/b,c.jpg?x=1,2';

const EDIT: INodeParameters = {
	operation: 'edit',
	prompt: 'Brighter',
	aspectRatio: '1:1',
	download: false,
};

/** As the emulator records it: long base64 is cut short, with its length. */
function uri(format: string, bytes: Buffer): unknown {
	return shorten(`data:image/${format};base64,${bytes.toString('base64')}`);
}

/** An item with the images `data`, `logo` and `wide`, whose names and types say little of what they are. */
function pictures(): INodeExecutionData {
	return binaryItem({
		binary: {
			data: { buffer: red, fileName: 'RED.PNG', mimeType: 'image/PNG' },
			logo: { buffer: green, fileName: 'green.png', mimeType: 'image/png' },
			wide: { buffer: blue, fileName: 'blue', mimeType: 'application/octet-stream' },
		},
	});
}

async function bodiesOf(
	provider: Provider,
	parameters: INodeParameters,
	items = [pictures()],
): Promise<unknown[]> {
	const result = await runSeedream(emulator, { ...EDIT, ...parameters }, { provider, items });
	expect(result.error).toBeUndefined();
	expect(emulator.requests.map(({ kind, status }) => [kind, status])).toEqual([['create', 200]]);
	return paidBodies(emulator);
}

/** Where references go that are taken as data URIs or URLs, and the rest of the body. */
const TAKERS: ReadonlyArray<{
	provider: Provider;
	model: string;
	field: string;
	/** A single one stands alone, not in a list. */
	isLoneBare: boolean;
	plain: Record<string, unknown>;
}> = [
	{ provider: 'novita', model: 'seedream-4.0', field: 'images', isLoneBare: false, plain: {} },
	{ provider: 'novita', model: 'seedream-4.5', field: 'image', isLoneBare: false, plain: {} },
	{ provider: 'novita', model: 'seedream-5.0-lite', field: 'image', isLoneBare: false, plain: {} },
	{
		provider: 'tokaify',
		model: 'seedream-4.0',
		field: 'image',
		isLoneBare: true,
		plain: { model: 'doubao-seedream-4-0-250828' },
	},
	{
		provider: 'byteplus',
		model: 'seedream-4.0',
		field: 'image',
		isLoneBare: true,
		plain: { model: 'seedream-4-0-250828' },
	},
	{
		provider: 'byteplus',
		model: 'seedream-5.0-pro',
		field: 'image',
		isLoneBare: true,
		plain: { model: 'dola-seedream-5-0-pro-260628' },
	},
	{
		provider: 'volcengine',
		model: 'seedream-4.0',
		field: 'image',
		isLoneBare: true,
		plain: { model: 'doubao-seedream-4-0-250828' },
	},
];

describe.each(TAKERS)(
	'Reference images at $provider, $model, as $field',
	({ provider, model, field, isLoneBare, plain }) => {
		const rest = { ...plain, prompt: 'Brighter', size: '2048x2048', watermark: false };
		const lone = (reference: unknown) => (isLoneBare ? reference : [reference]);

		it('one from a binary field: a data URI with the type of its bytes, in lower case', async () => {
			expect(await bodiesOf(provider, { model })).toEqual([
				{ ...rest, [field]: lone(uri('png', red)) },
			]);
		});

		it('one URL as it is', async () => {
			const bodies = await bodiesOf(provider, { model, imageSource: 'url', imageUrls: B });
			expect(bodies).toEqual([{ ...rest, [field]: lone(B) }]);
		});

		it('several from binary fields, in the order in which they are named, each with its own type', async () => {
			const binaryPropertyNames =
				provider === 'novita' && model === 'seedream-4.0' ? 'logo, data' : 'wide, logo, data';
			const sent = [uri('webp', blue), uri('jpeg', green), uri('png', red)].slice(
				-binaryPropertyNames.split(',').length,
			);
			expect(await bodiesOf(provider, { model, binaryPropertyNames })).toEqual([
				{ ...rest, [field]: sent },
			]);
		});

		it('binary fields first, then URLs', async () => {
			const bodies = await bodiesOf(provider, {
				model,
				imageSource: 'both',
				imageUrls: `${B}\n${A}`,
			});
			expect(bodies).toEqual([{ ...rest, [field]: [uri('png', red), B, A] }]);
		});

		it.each(['memory', 'filesystem'] as const)('with binary data in %s', async (binaryMode) => {
			const result = await runSeedream(
				emulator,
				{ ...EDIT, model },
				{ provider, items: [pictures()], binaryMode },
			);
			expect(result.error).toBeUndefined();
			expect(paidBodies(emulator)).toEqual([{ ...rest, [field]: lone(uri('png', red)) }]);
		});
	},
);

describe('A set from references', () => {
	it('at Novita on 4.0: images and number at the top', async () => {
		const bodies = await bodiesOf('novita', {
			numberOfImages: 3,
			imageSource: 'url',
			imageUrls: A,
		});
		expect(bodies).toMatchObject([
			{ images: [A], sequential_image_generation: 'auto', max_images: 3 },
		]);
	});

	it.each(['tokaify', 'byteplus', 'volcengine'] as const)(
		'at %s: a number that leaves room for the references',
		async (provider) => {
			const bodies = await bodiesOf(provider, {
				numberOfImages: 13,
				imageSource: 'url',
				imageUrls: `${A}\n${B}`,
			});
			expect(bodies).toMatchObject([
				{ image: [A, B], sequential_image_generation_options: { max_images: 13 } },
			]);
		},
	);
});

describe('At UniAll', () => {
	it('URLs go to the path for edits, with the time that is given', async () => {
		const result = await runSeedream(
			emulator,
			{ ...EDIT, imageSource: 'url', imageUrls: `${B}\n${A}`, numberOfImages: 2 },
			{ provider: 'uniall', options: { maxWaitSeconds: 120 } },
		);
		expect(result.error).toBeUndefined();
		expect(emulator.requests).toMatchObject([{ path: '/uniall/v1/images/edits', status: 200 }]);
		expect(paidBodies(emulator)).toEqual([
			{
				model: 'seedream-4.0',
				prompt: 'Brighter',
				n: 2,
				custom_size: { width: 2048, height: 2048 },
				image_urls: [B, A],
				timeout_seconds: 120,
			},
		]);
	});

	it('a single URL stands in a list too, without a time where none is set', async () => {
		expect(await bodiesOf('uniall', { imageSource: 'url', imageUrls: A })).toEqual([
			{
				model: 'seedream-4.0',
				prompt: 'Brighter',
				custom_size: { width: 2048, height: 2048 },
				image_urls: [A],
			},
		]);
	});

	it.each(['binary', 'both'])(
		'an image from a binary field (%s) is refused with the way out',
		async (imageSource) => {
			const edit = { ...EDIT, imageSource, imageUrls: A };
			const failure = await failureOf(emulator, edit, { provider: 'uniall', items: [pictures()] });
			expect(emulator.requests).toHaveLength(0);
			expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no' });
			expect(failure.message).toMatch(/RED\.PNG.*by URL only.*Image Source to URLs/);
		},
	);
});

describe('A transparent background', () => {
	it.each(ARK)('at %s, from one reference with transparent parts: PNG', async (provider) => {
		const clear = await picture(20, 20, 'png', 0);
		const result = await runSeedream(
			emulator,
			{ ...EDIT, model: 'seedream-5.0-pro' },
			{
				provider,
				items: [binaryItem({ binary: { data: { buffer: clear, mimeType: 'image/png' } } })],
				options: { background: 'transparent', outputFormat: 'png' },
			},
		);
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toMatchObject([
			{
				image: uri('png', clear),
				background: 'transparent',
				output_format: 'png',
				size: '2048x2048',
				watermark: false,
			},
		]);
	});
});

describe('A reference that the provider would refuse is refused here', () => {
	const REFUSED: ReadonlyArray<readonly [Provider, string, string, () => Promise<Buffer>, RegExp]> =
		[
			[
				'novita',
				'seedream-4.0',
				'WebP, where JPEG and PNG are taken',
				async () => await picture(40, 40, 'webp'),
				/WEBP.*JPEG, PNG/,
			],
			[
				'novita',
				'seedream-4.0',
				'a strip of 1:4, where 1:3 is the widest',
				async () => await picture(160, 40),
				/160x40.*1:4.*1:3/,
			],
			[
				'byteplus',
				'seedream-4.0',
				'a strip of 1:17',
				async () => await picture(340, 20),
				/340x20.*1:17.*1:16/,
			],
			[
				'byteplus',
				'seedream-4.5',
				'a side of 14 pixels',
				async () => await picture(40, 14),
				/40x14.*at least 15/,
			],
			[
				'volcengine',
				'seedream-5.0-lite',
				'what is no image',
				async () => Buffer.from('hello, I am a text'),
				/not an image/,
			],
			[
				'byteplus',
				'seedream-4.5',
				'more than 10 MB',
				async () => await heavy(10),
				/10\.\d* MB.*10 MB/,
			],
			[
				'volcengine',
				'seedream-5.0-pro',
				'more than 30 MB',
				async () => await heavy(30),
				/30\.\d* MB.*30 MB/,
			],
		];

	it.each(REFUSED)('%s, %s: %s', async (provider, model, _, make, message) => {
		const items = [
			binaryItem({ binary: { data: { buffer: await make(), mimeType: 'image/png' } } }),
		];
		const failure = await failureOf(
			emulator,
			{ ...EDIT, model },
			{ provider, items, binaryMode: 'filesystem' },
		);
		expect(emulator.requests).toHaveLength(0);
		expect(failure.message).toMatch(message);
	});

	it('and what is heavier than 10 MB is taken where 30 MB are allowed', async () => {
		const items = [
			binaryItem({ binary: { data: { buffer: await heavy(11), mimeType: 'image/png' } } }),
		];
		const pro = { ...EDIT, model: 'seedream-5.0-pro' };
		const result = await runSeedream(emulator, pro, {
			provider: 'byteplus',
			items,
			binaryMode: 'filesystem',
		});
		expect(result.error).toBeUndefined();
	});
});

/** A real PNG of a little more than so many MB: what stands behind its end is no part of the picture. */
async function heavy(megabytes: number): Promise<Buffer> {
	return Buffer.concat([await picture(40, 40), Buffer.alloc(megabytes * 1024 * 1024 + 60_000)]);
}

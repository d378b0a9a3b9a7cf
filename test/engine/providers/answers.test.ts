import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type Provider } from '../../emulator';
import { picture } from '../../emulator/testClient';
import { NODE, paidBodies, runSeedream } from '../seedream';
import { readBinary } from '../support';
import { ARK, BOAT, FOUR_BOATS, jsonOf } from './support';

let emulator: Emulator;
let bytes: Buffer;
let base64: string;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 20 });
	bytes = await picture(40, 30);
	base64 = bytes.toString('base64');
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

const LINK = 'https://example.com/1.png';

/** Runs against an answer that the provider is known to give, or may well give. */
async function answered(provider: Provider, body: unknown, download = false) {
	emulator.addFault({ on: 'create', provider, body });
	const result = await runSeedream(emulator, { ...BOAT, download }, { provider });
	expect(result.error).toBeUndefined();
	return result;
}

describe('A link, in every form in which a provider may give it', () => {
	const FORMS: ReadonlyArray<readonly [Provider, string, unknown]> = [
		['novita', 'text in a list', { images: [LINK] }],
		['novita', 'an object with url', { images: [{ url: LINK }] }],
		['novita', 'an object with image_url', { images: [{ image_url: LINK }] }],
		[
			'novita',
			'an object with an empty url and an image_url',
			{ images: [{ url: '', image_url: LINK }] },
		],
		['novita', 'text without a list', { images: LINK }],
		['uniall', 'an object in a list', { created: 1, data: [{ url: LINK }] }],
		['uniall', 'an object without created', { data: [{ url: LINK }] }],
		['tokaify', 'an object in a list', { created: 1, data: [{ url: LINK, b64_json: null }] }],
		['tokaify', 'an object without a list', { created: 1, data: { url: LINK, b64_json: null } }],
		...ARK.map(
			(provider) =>
				[
					provider,
					'an object in a list',
					{ created: 1, data: [{ url: LINK, size: '2048x2048' }] },
				] as const,
		),
	];

	it.each(FORMS)('%s: %s', async (provider, _, body) => {
		const result = await answered(provider, body);
		expect(jsonOf(result)).toMatchObject([
			{ status: 'completed', provider, url: LINK, imageCount: 1 },
		]);
		expect(jsonOf(result)[0]?.warnings).toEqual([]);
	});

	it('a size that is no size is left out', async () => {
		const result = await answered('byteplus', { created: 1, data: [{ url: LINK, size: 'large' }] });
		expect(jsonOf(result)[0]).not.toHaveProperty('width');
	});

	it('fields that nobody has heard of do no harm', async () => {
		const result = await answered('volcengine', {
			created: '1757323224',
			model: null,
			data: [{ url: LINK, z_index: 0, bounding_box: {}, error: null }],
			usage: { input_images: 1 },
			error: null,
		});
		expect(jsonOf(result)).toMatchObject([{ url: LINK, usage: { input_images: 1 } }]);
	});
});

describe('The image itself in the answer becomes a file, with or without Download Images', () => {
	const forms = (): ReadonlyArray<readonly [Provider, string, unknown]> => [
		['novita', 'a data URI', { images: [`data:image/png;base64,${base64}`] }],
		[
			'novita',
			'a data URI that says JPEG of a PNG',
			{ images: [`data:image/jpeg;base64,${base64}`] },
		],
		['novita', 'bare base64', { images: [base64] }],
		['novita', 'an object with b64_json', { images: [{ b64_json: base64 }] }],
		[
			'novita',
			'an object with a data URI as url',
			{ images: [{ url: `data:image/png;base64,${base64}` }] },
		],
		[
			'tokaify',
			'b64_json beside an empty url',
			{ created: 1, data: [{ url: null, b64_json: base64 }] },
		],
		['tokaify', 'b64_json in an object without a list', { created: 1, data: { b64_json: base64 } }],
		['uniall', 'b64_json', { created: 1, data: [{ b64_json: base64 }] }],
		['byteplus', 'b64_json', { created: 1, data: [{ b64_json: base64, size: '40x30' }] }],
	];

	it.each(forms().map(([provider, form], index) => [provider, form, index] as const))(
		'%s: %s',
		async (provider, _, index) => {
			for (const download of [true, false]) {
				emulator.reset();
				const result = await answered(provider, forms()[index]?.[2], download);
				const [item] = result.items(NODE);
				expect(item?.json).toMatchObject({
					width: 40,
					height: 30,
					mimeType: 'image/png',
					fileName: expect.stringMatching(/\.png$/),
				});
				expect(item?.json).not.toHaveProperty('url');
				expect(await readBinary(item?.binary?.data)).toEqual(bytes);
				expect(JSON.stringify(item?.json)).not.toContain(base64.slice(0, 60));
			}
		},
	);
});

describe('The format b64_json, asked for among the additional fields', () => {
	it.each(['tokaify', ...ARK] as const)(
		'%s: a set of four files and no links',
		async (provider) => {
			const result = await runSeedream(
				emulator,
				{ ...FOUR_BOATS, sizeMode: 'pixels', width: 1280, height: 960, download: true },
				{ provider, options: { additionalFields: '{"response_format": "b64_json"}' } },
			);
			expect(result.error).toBeUndefined();
			expect(paidBodies(emulator)).toMatchObject([{ response_format: 'b64_json' }]);
			expect(emulator.requestsOf('download')).toHaveLength(0);
			const items = result.items(NODE);
			expect(items).toHaveLength(4);
			expect(new Set(items.map(({ json }) => json.fileName)).size).toBe(4);
			for (const item of items) {
				expect(item.json).not.toHaveProperty('url');
				expect(await sharp(await readBinary(item.binary?.data)).metadata()).toMatchObject({
					format: 'jpeg',
					width: 1280,
					height: 960,
				});
			}
		},
	);

	it('and the file names of several sets do not clash', async () => {
		const result = await runSeedream(
			emulator,
			{ ...BOAT, numberOfImages: 2, sizeMode: 'pixels', width: 1280, height: 960 },
			{
				provider: 'tokaify',
				items: [{ json: {} }, { json: {} }],
				options: { additionalFields: '{"response_format": "b64_json"}' },
			},
		);
		expect(new Set(jsonOf(result).map(({ fileName }) => fileName)).size).toBe(4);
	});
});

describe('A download that fails keeps the link', () => {
	it.each(['novita', 'uniall', 'tokaify', ...ARK] as const)('%s', async (provider) => {
		emulator.addFault({ on: 'create', provider, deadLink: true });
		const result = await runSeedream(emulator, { ...BOAT, download: true }, { provider });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([
			{ url: expect.stringMatching(/^http/), warnings: [expect.stringContaining('HTTP 404')] },
		]);
		expect(
			emulator.requestsOf('download').every(({ headers }) => headers.authorization === undefined),
		).toBe(true);
	});
});

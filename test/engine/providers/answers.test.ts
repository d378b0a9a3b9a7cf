import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { SYNCHRONOUS, SYNCHRONOUS_DIALECTS } from '../../providers';
import { itemsOf, NODE, paidBodies, runSeedream } from '../seedream';
import { readBinary } from '../support';
import { BOAT, FOUR_BOATS, jsonOf } from './support';

const emulator = useEmulator({ taskMs: 20 });

let bytes: Buffer;
beforeAll(async () => {
	bytes = await picture(40, 30);
});

const LINK = 'https://example.com/1.png';

/** Runs against an answer that the provider is known to give, or may well give. */
async function answered(provider: string, body: unknown, download = false) {
	emulator.addFault({ on: 'create', provider, body });
	const result = await runSeedream(emulator, { ...BOAT, download }, { provider });
	expect(result.error).toBeUndefined();
	return result;
}

const LINKS = SYNCHRONOUS.flatMap(({ id, synchronous }) =>
	synchronous.links(LINK).map((form) => ({ provider: id, ...form })),
);

describe('A link, in every form in which a provider may give it', () => {
	it.each(LINKS)('$provider: $says', async ({ provider, body }) => {
		const result = await answered(provider, body);
		expect(jsonOf(result)).toMatchObject([
			{ status: 'completed', provider, url: LINK, imageCount: 1, warnings: [] },
		]);
	});
});

describe.each(SYNCHRONOUS_DIALECTS)(
	'The image itself in an answer of $name becomes a file, with or without Download Images',
	({ id: provider, synchronous: { embedded } }) => {
		const forms = embedded('').map(({ says }, index) => ({ says, index }));

		it.each(forms)('$says', async ({ index }) => {
			const base64 = bytes.toString('base64');
			const body = embedded(base64)[index]?.body;
			for (const download of [true, false]) {
				emulator.reset();
				const result = await answered(provider, body, download);
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
		});
	},
);

const BY_BASE64 = SYNCHRONOUS.filter(({ synchronous }) => synchronous.takesBase64);

describe.each(BY_BASE64)(
	'The format b64_json, asked of $name among the additional fields',
	({ id: provider }) => {
		const options = { additionalFields: '{"response_format": "b64_json"}' };
		const small = { sizeMode: 'pixels', width: 1280, height: 960 };

		it('a set of four files and no links', async () => {
			const parameters = { ...FOUR_BOATS, ...small, download: true };
			const result = await runSeedream(emulator, parameters, { provider, options });
			expect(result.error).toBeUndefined();
			expect(paidBodies(emulator)).toMatchObject([{ response_format: 'b64_json' }]);
			expect(emulator.requestsOf('download')).toHaveLength(0);
			const items = result.items(NODE);
			expect(items).toHaveLength(4);
			for (const item of items) {
				expect(item.json).not.toHaveProperty('url');
				expect(await sharp(await readBinary(item.binary?.data)).metadata()).toMatchObject({
					format: 'jpeg',
					width: 1280,
					height: 960,
				});
			}
		});

		it('the file names of several sets do not clash', async () => {
			const parameters = { ...BOAT, numberOfImages: 2, ...small };
			const items = itemsOf({}, {});
			const result = await runSeedream(emulator, parameters, { provider, items, options });
			expect(new Set(jsonOf(result).map(({ fileName }) => fileName)).size).toBe(4);
		});
	},
);

describe.each(SYNCHRONOUS)('At $name, a download that fails', ({ id: provider }) => {
	it('keeps the link, and the host of the file never gets the key', async () => {
		emulator.addFault({ on: 'create', provider, deadLink: true });
		const result = await runSeedream(emulator, { ...BOAT, download: true }, { provider });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([
			{ url: expect.stringMatching(/^http/), warnings: [expect.stringContaining('HTTP 404')] },
		]);
		for (const { headers } of emulator.requestsOf('download')) {
			expect(headers.authorization).toBeUndefined();
		}
	});
});

import type { INodeParameters } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROVIDERS, type Provider } from '../emulator';
import { shorten } from '../emulator/recording';
import { dataUri, picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { failureOf } from './providers/support';
import { itemsOf, NODE, paidBodies, runSeedream } from './seedream';
import { binaryItem } from './support';

const emulator = useEmulator({ taskMs: 20 });
let red: string;
let green: string;
beforeAll(async () => {
	red = await dataUri(40, 40);
	green = await dataUri(50, 40, 'jpeg');
});

const A = 'https://example.com/a.png';
const EDIT: INodeParameters = {
	operation: 'edit',
	prompt: 'Brighter',
	aspectRatio: '1:1',
	download: false,
	imageSource: 'url',
};

const uploads = () => emulator.requestsOf('upload').length;

/** The reference images of each request that EvoLink got. */
function sent(): unknown[] {
	return paidBodies(emulator).map((body) =>
		body instanceof Object ? Reflect.get(body, 'image_urls') : undefined,
	);
}

const HOSTED_PNG: unknown = expect.stringMatching(/^http.*\/files\/.*\.png$/);
const HOSTED_JPEG: unknown = expect.stringMatching(/^http.*\/files\/.*\.jpeg$/);

describe('A data URI at EvoLink', () => {
	it('goes to the file host, and its URL stands in its place', async () => {
		const result = await runSeedream(emulator, { ...EDIT, imageUrls: `${A}\n${red}\n${green}` });
		expect(result.status).toBe('success');
		expect(sent()).toEqual([[A, HOSTED_PNG, HOSTED_JPEG]]);
		expect(uploads()).toBe(2);
		expect(JSON.stringify(paidBodies(emulator))).not.toContain('base64');
	});

	it('after the files', async () => {
		const file = { buffer: await picture(30, 30, 'webp'), mimeType: 'image/webp' };
		const items = [binaryItem({ binary: { data: file } })];
		await runSeedream(
			emulator,
			{ ...EDIT, imageSource: 'both', imageUrls: `${red}\n${A}` },
			{ items },
		);
		expect(sent()).toEqual([[expect.stringMatching(/\.webp$/), HOSTED_PNG, A]]);
	});

	it('whose type the bytes contradict is stored as what it is', async () => {
		await runSeedream(emulator, { ...EDIT, imageUrls: red.replace('image/png', 'IMAGE/jpeg') });
		expect(sent()).toEqual([[HOSTED_PNG]]);
	});

	it('that is combined from several items is uploaded and sent once', async () => {
		const items = itemsOf({ url: red }, { url: green }, { url: red });
		await runSeedream(
			emulator,
			{ ...EDIT, imageUrls: '={{ $json.url }}', combineItems: true },
			{ items },
		);
		expect(sent()).toEqual([[HOSTED_PNG, HOSTED_JPEG]]);
		expect(uploads()).toBe(2);
	});

	it('of a format that the file host does not take is refused before it is uploaded', async () => {
		const failure = await failureOf(
			emulator,
			{ ...EDIT, imageUrls: await dataUri(40, 40, 'tiff') },
			{},
		);
		expect(failure.message).toMatch(/TIFF.*file host takes JPEG, PNG, GIF, WEBP/);
		expect(emulator.requests).toEqual([]);
	});
});

describe('A data URI at UniAll', () => {
	it.each([1, 2])('is refused with the way out, as number %d', async (number) => {
		const list = number === 1 ? [red, A] : [A, red];
		const failure = await failureOf(
			emulator,
			{ ...EDIT, imageUrls: list.join('\n') },
			{ provider: 'uniall' },
		);
		expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no' });
		expect(failure.message).toMatch(new RegExp(`\\b${number}\\b.*by URL only.*public bucket`));
		expect(failure.message).not.toContain(red.slice(-40));
		expect(emulator.requests).toEqual([]);
	});
});

const heavy = async (megabytes: number) =>
	`data:image/png;base64,${Buffer.concat([await picture(40, 40), Buffer.alloc(megabytes * 1024 * 1024 + 60_000)]).toString('base64')}`;
const text = (words: string) => Buffer.from(words.repeat(20)).toString('base64');

type Row = readonly [
	provider: Provider,
	model: string,
	what: string,
	make: () => Promise<string> | string,
	says: RegExp,
];

const REFUSED: readonly Row[] = [
	[
		'novita',
		'seedream-4.0',
		'WebP, where JPEG and PNG are taken',
		async () => await dataUri(40, 40, 'webp'),
		/WEBP.*JPEG, PNG/,
	],
	[
		'novita',
		'seedream-4.0',
		'WebP that calls itself PNG',
		async () => (await dataUri(40, 40, 'webp')).replace('webp', 'png'),
		/WEBP.*JPEG, PNG/,
	],
	[
		'novita',
		'seedream-4.0',
		'a strip of 1:4, where 1:3 is the widest',
		async () => await dataUri(160, 40),
		/160x40.*1:4.*1:3/,
	],
	[
		'byteplus',
		'seedream-4.0',
		'a strip of 1:17',
		async () => await dataUri(340, 20),
		/340x20.*1:17.*1:16/,
	],
	[
		'volcengine',
		'seedream-4.0',
		'a side of 14 pixels',
		async () => await dataUri(40, 14),
		/40x14.*at least 15/,
	],
	['byteplus', 'seedream-4.5', 'more than 10 MB', async () => await heavy(10), /10\.\d* MB.*10 MB/],
	[
		'volcengine',
		'seedream-5.0-pro',
		'more than 30 MB',
		async () => await heavy(30),
		/30\.\d* MB.*30 MB/,
	],
	['evolink', 'seedream-4.0', 'more than 10 MB', async () => await heavy(10), /10\.\d* MB.*10 MB/],
	[
		'evolink',
		'seedream-4.0',
		'a strip of 1:17',
		async () => await dataUri(340, 20),
		/340x20.*1:17.*1:16/,
	],
];

const BROKEN: ReadonlyArray<readonly [what: string, uri: string, says: RegExp]> = [
	['no image at all', `data:image/png;base64,${text('hello, I am a text. ')}`, /not an image/],
	['not Base64', `data:image/png;base64,${text('hello')}!${text('hello')}`, /Base64/],
	['padding in its middle', `data:image/png;base64,AAAA=${text('hello')}`, /Base64/],
	[
		'Base64 that is encoded for a URL',
		`data:image/png;base64,${encodeURIComponent(`${text('hello')}+/==`)}`,
		/Base64/,
	],
	['plain text', `data:text/plain,${'hello'.repeat(40)}`, /Base64/],
	['a drawing as text', `data:image/svg+xml,${encodeURIComponent('<svg/>'.repeat(40))}`, /Base64/],
	['nothing behind its comma', 'data:image/png;base64,', /Base64/],
	['no comma', `data:image/png;base64${text('hello')}`, /Base64/],
];

/** The message names it by its number, and does not drown the reader in its data. */
function expectNamed(message: string, uri: string, says: RegExp): void {
	expect(message).toMatch(says);
	expect(message).toMatch(/\b2\b/);
	expect(message.length).toBeLessThan(700);
	if (uri.length > 100) expect(message).not.toContain(uri.slice(-60));
	expect(emulator.requests).toEqual([]);
}

describe('A data URI is looked at like a file before anything is sent', () => {
	it.each(REFUSED)('%s, %s: %s', async (provider, model, _, make, says) => {
		const uri = await make();
		const parameters = { ...EDIT, model, imageUrls: '={{ $json.urls }}' };
		const failure = await failureOf(emulator, parameters, {
			provider,
			items: itemsOf({ urls: [A, uri] }),
		});
		expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no', retryable: false });
		expectNamed(failure.message, uri, says);
	});

	describe.each(PROVIDERS.filter((provider) => provider !== 'tokaify' && provider !== 'uniall'))(
		'at %s',
		(provider) => {
			it.each(BROKEN)('%s', async (_, uri, says) => {
				const failure = await failureOf(
					emulator,
					{ ...EDIT, imageUrls: `${A}\n${uri}` },
					{ provider },
				);
				expectNamed(failure.message, uri, says);
			});
		},
	);

	it('one that is broken into lines, as mail programs do, is one image and is sent in one piece', async () => {
		const whole = (await picture(400, 400, 'jpeg')).toString('base64');
		const uri = `data:image/jpeg;base64,${(whole.match(/.{1,76}/g) ?? []).join('\r\n')}`;
		const parameters = { ...EDIT, imageUrls: '={{ $json.urls }}' };
		const result = await runSeedream(emulator, parameters, {
			provider: 'byteplus',
			items: itemsOf({ urls: [uri, A] }),
		});
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toMatchObject([
			{ image: [shorten(`data:image/jpeg;base64,${whole}`), A] },
		]);
	});

	it('what follows it in a list is an entry of its own, and not taken for the rest of its data', async () => {
		const bytes = Buffer.concat([await picture(16, 16), Buffer.alloc(3)]);
		// Without padding nothing in the data says that it is over.
		const uri = `data:image/png;base64,${bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64')}`;
		const items = itemsOf({ urls: [uri, 'photo'] });
		const failure = await failureOf(
			emulator,
			{ ...EDIT, imageUrls: '={{ $json.urls }}' },
			{ provider: 'byteplus', items },
		);
		expect(failure.message).toContain('"photo"');
		expect(emulator.requests).toEqual([]);
	});

	it('one with a blank behind its comma, as people paste it, is one image too', async () => {
		const spaced = red.replace('base64,', 'base64, ');
		const result = await runSeedream(
			emulator,
			{ ...EDIT, imageUrls: `${spaced}\n${A}` },
			{ provider: 'byteplus' },
		);
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toMatchObject([{ image: [shorten(red), A] }]);
	});

	it('one that cannot be read is the one thing that is said of it', async () => {
		const failure = await failureOf(
			emulator,
			{ ...EDIT, imageUrls: `${red},${A}` },
			{ provider: 'byteplus' },
		);
		expect(failure.message).toContain('Reference image 1 (data:image/png;base64,');
		expect(failure.message).toContain('cannot be read as Base64');
		expect(failure.message).not.toContain('no image to edit');
	});

	it('a warning only where nobody demands it, and then it is sent', async () => {
		const strip = await dataUri(340, 20);
		const result = await runSeedream(
			emulator,
			{ ...EDIT, imageUrls: `${A}\n${strip}` },
			{ provider: 'tokaify' },
		);
		expect(result.items(NODE)).toMatchObject([
			{ json: { warnings: [expect.stringMatching(/\b2\b.*340x20.*1:17/)] } },
		]);
		expect(paidBodies(emulator)).toHaveLength(1);
	});

	it('counts as a reference image like any other', async () => {
		const failure = await failureOf(
			emulator,
			{ ...EDIT, imageUrls: Array.from({ length: 15 }, () => red).join('\n') },
			{ provider: 'byteplus' },
		);
		expect(failure.message).toContain('15 reference images');
		expect(emulator.requests).toEqual([]);
	});

	it('of a wrong item among several: the others are made where the node continues', async () => {
		const run = {
			provider: 'byteplus',
			items: itemsOf({ url: red }, { url: 'data:image/png;base64,AAAA' }, { url: green }),
			node: { onError: 'continueRegularOutput' },
		} as const;
		const result = await runSeedream(emulator, { ...EDIT, imageUrls: '={{ $json.url }}' }, run);
		expect(result.items(NODE).map(({ json }) => json.error !== undefined)).toEqual([
			false,
			true,
			false,
		]);
		expect(paidBodies(emulator)).toHaveLength(2);
	});
});

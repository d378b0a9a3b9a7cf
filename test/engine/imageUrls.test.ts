import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { PROVIDERS, type Provider } from '../emulator';
import { useEmulator } from '../emulator/useEmulator';
import { dryRun, plannedIn, publicApi, warningsOf } from './dryRun';
import { itemsOf, NODE, paidBodies, runSeedream } from './seedream';
import { NAMES } from './providers/support';

const emulator = useEmulator({ taskMs: 20 });

const EDIT: INodeParameters = {
	operation: 'edit',
	prompt: 'Brighter',
	aspectRatio: '1:1',
	download: false,
	imageSource: 'url',
};

/** What is said of one image URL at a public API. The request would be sent all the same, with the URL as it is. */
async function saidOf(
	url: string,
	provider: Provider = 'novita',
	model = 'seedream-4.5',
): Promise<string[]> {
	const run = { credentials: publicApi(provider), items: itemsOf({ urls: [url] }) };
	const [planned] = plannedIn(
		await dryRun(emulator, { ...EDIT, model, imageUrls: '={{ $json.urls }}' }, run),
	);
	expect(JSON.stringify(planned?.request.body)).toContain(JSON.stringify(url));
	return planned?.warnings ?? [];
}

const PRIVATE = [
	'http://localhost/a.png',
	'http://localhost:5678/rest/binary-data?id=1',
	'HTTPS://LocalHost/a.png',
	'http://127.0.0.1:9000/a.png',
	'http://127.1/a.png',
	'http://[::1]/a.png',
	'http://[::1]:8080/a.png',
	'http://app.localhost/a.png',
	'http://0.0.0.0/a.png',
	'http://10.1.2.3/a.png',
	'http://172.16.0.9/a.png',
	'http://172.31.255.1/a.png',
	'http://192.168.1.7/a.png',
	'http://169.254.169.254/latest/meta-data',
	'http://[fe80::1]/a.png',
	'http://[fd12:3456::1]/a.png',
	'http://[::ffff:10.0.0.1]/a.png',
	'http://nas.local/a.png',
	'http://user:secret@nas.local/a.png',
	'http://minio:9000/bucket/a.png',
	'http://files.internal/a.png',
	'http://100.64.0.1/a.png',
	'http://100.127.255.254/a.png',
];

const PUBLIC = [
	'https://example.com/a.png',
	'https://8.8.8.8/a.png',
	'https://172.15.0.1/a.png',
	'https://172.32.0.1/a.png',
	'https://192.169.0.1/a.png',
	'https://100.20.30.40/a.png',
	'https://100.128.0.1/a.png',
	'https://110.1.2.3/a.png',
	'https://[2001:4860:4860::8888]/a.png',
	'https://[::ffff:161.178.1.2]/a.png',
	'https://localhost.example.com/a.png',
	'https://local.example.com/a.png',
	'https://10.example.com/a.png',
	'https://example.com/localhost/10.0.0.1/a.png',
	'https://example.com/a.png?from=http%3A%2F%2Flocalhost%2F',
];

describe('An image behind a private address', () => {
	it.each(PRIVATE)('%s: a public API cannot open it, which a warning says', async (url) => {
		expect(await saidOf(url)).toEqual([
			expect.stringMatching(
				/private address, which only machines of the same network can open\. Give Novita AI a public one, or the image itself in a binary field/,
			),
		]);
	});

	it.each(PUBLIC)('%s is public', async (url) => {
		expect(await saidOf(url)).toEqual([]);
	});

	it.each(PROVIDERS)('%s is named in it', async (provider) => {
		const warnings = await saidOf('http://localhost:5678/a.png', provider);
		expect(warnings).toEqual([
			expect.stringMatching(
				new RegExp(
					`http://localhost:5678/a\\.png.*Give ${NAMES[provider]} a public one${provider === 'uniall' ? '\\.' : ', or the image itself'}`,
				),
			),
		]);
	});

	it.each([
		[
			'http://127.0.0.1:3000',
			'http://127.0.0.1:9000/a.png',
			['http://localhost/a.png', 'http://10.0.0.7/a.png'],
		],
		[
			'http://relay.local/api',
			'http://relay.local/files/a.png',
			['http://nas.local/a.png', 'http://127.0.0.1/a.png'],
		],
	])(
		'at %s: what stands on the same host is nothing to warn of, anything else is',
		async (baseUrl, near, far) => {
			const run = (imageUrls: string) => ({ ...EDIT, imageUrls });
			const credentials = { ...publicApi('byteplus'), baseUrl };
			expect(await warningsOf(emulator, run(near), { credentials })).toEqual([]);
			for (const url of far)
				expect(await warningsOf(emulator, run(url), { credentials }), url).toEqual([
					expect.stringContaining('private address'),
				]);
		},
	);

	it('is opened there', async () => {
		const { items } = await runSeedream(emulator, {
			operation: 'generate',
			prompt: 'A boat',
			resolution: '1K',
			download: false,
		});
		const url = String(items(NODE)[0]?.json.url);
		const result = await runSeedream(emulator, { ...EDIT, imageUrls: url });
		expect(result.items(NODE)).toMatchObject([{ json: { status: 'completed', warnings: [] } }]);
		expect(paidBodies(emulator)[1]).toMatchObject({ image_urls: [url] });
	});

	it('is looked at with a model of any other ID too', async () => {
		const parameters = {
			...EDIT,
			model: 'custom',
			modelId: 'ep-1',
			imageUrls: 'http://localhost/a.png',
		};
		expect(await warningsOf(emulator, parameters, { provider: 'byteplus' })).toContainEqual(
			expect.stringContaining('private address'),
		);
	});
});

const [A, B] = ['https://example.com/a.png', 'https://example.org/b.png'];

describe('Two URLs in one line', () => {
	it.each([
		['joined by a comma', `${A},${B}`],
		['joined by a semicolon', `${A};${B}`],
		['joined by a bar', `${A}|${B}`],
		['glued together', `${A}${B}`],
		['glued together in upper case', `${A}${B.replace('https', 'HTTPS')}`],
		['of different schemes', `${A},${B.replace('https', 'http')}`],
		['three of them', `${A},${B},${A}`],
	])('%s: a warning says so', async (_, url) => {
		expect(await saidOf(url)).toEqual([expect.stringMatching(/two URLs in one.*line of its own/)]);
	});

	it.each([
		['in its path', `https://proxy.example.com/w_200,h_100/${A}`],
		['in its path, encoded', `https://proxy.example.com/fetch/${encodeURIComponent(A)}`],
		['in its query', `https://proxy.example.com/?w=100&url=${A}`],
		['in its query, encoded', `https://proxy.example.com/?url=${encodeURIComponent(A)}&w=100`],
		['as its query', `https://proxy.example.com/?${A}`],
		['in its query twice', `https://proxy.example.com/?url=${A}&fallback=${B}`],
	])('but a proxy with a URL %s is one', async (_, url) => {
		expect(await saidOf(url)).toEqual([]);
	});

	it.each([
		['a comma and a space', ', '],
		['a line break', '\n'],
		['a space', ' '],
	])('and with %s between them they are two', async (_, between) => {
		const [planned] = plannedIn(
			await dryRun(emulator, { ...EDIT, imageUrls: A + between + B }, { credentials: publicApi() }),
		);
		expect(planned).toMatchObject({ request: { body: { image_urls: [A, B] } }, warnings: [] });
	});
});

/** What a file is called, where the model takes no such file. */
const NOT_TAKEN: ReadonlyArray<
	readonly [provider: Provider, model: string, end: string, takes: string]
> = [
	['novita', 'seedream-4.0', 'a.webp', 'JPEG, PNG'],
	['novita', 'seedream-4.0', 'A.WEBP', 'JPEG, PNG'],
	['novita', 'seedream-4.0', 'a.webp?x=1&y=.png', 'JPEG, PNG'],
	['novita', 'seedream-4.0', 'a.png.webp#top.png', 'JPEG, PNG'],
	['novita', 'seedream-4.0', 'a.gif', 'JPEG, PNG'],
	['evolink', 'seedream-4.0', 'a.heic', 'JPEG, PNG, WEBP, BMP, TIFF, GIF'],
	['byteplus', 'seedream-4.0', 'a.HEIF?x', 'JPEG, PNG, WEBP, BMP, TIFF, GIF'],
	...PROVIDERS.flatMap((provider) =>
		['a.avif', 'a.svg', 'a.SVG?v=2', 'a.pdf', 'a.mp4'].map(
			(end) => [provider, 'seedream-4.5', end, 'JPEG, PNG, WEBP'] as const,
		),
	),
	['evolink', 'seedream-5.0-pro', 'a.avif', 'HEIC, HEIF'],
	['volcengine', 'seedream-5.0-flash', 'a.avif', 'HEIC, HEIF'],
];

describe('The end of a name', () => {
	it.each(NOT_TAKEN)(
		'%s, %s: %s is not taken, which a warning says',
		async (provider, model, end, takes) => {
			const extension = /\.(\w+)(?:$|[?#])/.exec(end)?.[1]?.toLowerCase();
			const warnings = await saidOf(`https://example.com/${end}`, provider, model);
			expect(warnings).toEqual([
				expect.stringMatching(
					new RegExp(`ends in \\.${extension}, and what is taken is .*${takes}`),
				),
			]);
		},
	);

	it.each([
		['evolink', 'seedream-4.0', 'a.tiff'],
		['evolink', 'seedream-4.5', 'A.TIF?x=1'],
		['evolink', 'seedream-5.0-pro', 'a.heic'],
		['evolink', 'seedream-5.0-flash', 'a.heif'],
	] as const)(
		'%s, %s: of %s sources differ, which a warning says',
		async (provider, model, end) => {
			expect(await saidOf(`https://example.com/${end}`, provider, model)).toEqual([
				expect.stringMatching(/sources differ.*JPEG and PNG are sure/),
			]);
		},
	);

	it.each([
		['novita', 'seedream-4.0', 'a.jpg'],
		['novita', 'seedream-4.0', 'a.JPEG?x=.webp'],
		['novita', 'seedream-4.5', 'a.webp'],
		['byteplus', 'seedream-4.0', 'a.tiff'],
		['volcengine', 'seedream-5.0-pro', 'a.heic'],
		['evolink', 'seedream-4.0', 'a.bmp'],
		['novita', 'seedream-4.0', ''],
		['novita', 'seedream-4.0', 'photo'],
		['novita', 'seedream-4.0', 'photo?format=webp'],
		['novita', 'seedream-4.0', 'webp'],
		['novita', 'seedream-4.0', 'a.webp/original'],
		['novita', 'seedream-4.0', 'v1.2/photo'],
		['novita', 'seedream-4.0', 'image.php?file=a.webp'],
		['novita', 'seedream-4.0', 'a.constructor'],
		['novita', 'seedream-4.0', '#a.webp'],
	] as const)('%s, %s: nothing is said of "%s"', async (provider, model, end) => {
		expect(await saidOf(`https://example.com/${end}`, provider, model)).toEqual([]);
	});

	it('of a host says nothing', async () => {
		expect(await saidOf('https://cdn.webp', 'novita', 'seedream-4.0')).toEqual([]);
	});
});

describe('Several things at once', () => {
	it('are all said, each of its URL', async () => {
		const imageUrls = ['http://nas.local/a.webp', `${A};${B}`, 'https://example.com/ok.png'].join(
			'\n',
		);
		const warnings = await warningsOf(
			emulator,
			{ ...EDIT, model: 'seedream-4.0', imageUrls },
			{ provider: 'novita' },
		);
		expect(warnings).toEqual([
			expect.stringMatching(/nas\.local.*private/),
			expect.stringMatching(/nas\.local.*\.webp/),
			expect.stringMatching(/a\.png;https.*two URLs/),
		]);
	});

	it('nobody opens any of them', async () => {
		const imageUrls = `${new URL(emulator.baseUrl('evolink')).origin}/images/a.webp`;
		expect(await warningsOf(emulator, { ...EDIT, imageUrls })).toHaveLength(1);
		expect(emulator.requests).toEqual([]);
	});

	it('a long URL is told by its beginning', async () => {
		const [warning, ...others] = await saidOf(`https://example.com/${'x'.repeat(3000)}.avif`);
		expect(others).toEqual([]);
		expect(warning?.length).toBeLessThan(400);
	});
});

import type { INodeParameters } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { useOtherServer } from './otherServer';
import { NODE, runSeedream, type SeedreamRun } from './seedream';
import { readBinary, type RunResult } from './support';

const emulator = useEmulator({ taskMs: 60 });
let jpeg: Buffer;
/** A picture whose size stands behind more metadata than is looked through. */
let heavy: Buffer;
beforeAll(async () => {
	jpeg = await picture(64, 32, 'jpeg');
	heavy = withMetadata(jpeg, 600 * 1024);
});
const imageHost = useOtherServer((request, response) => {
	if (request.url === '/moved') return response.writeHead(302, { location: '/photo.png' }).end();
	if (request.url === '/empty') return response.writeHead(200).end();
	if (request.url === '/heavy.jpg') return response.writeHead(200).end(heavy);
	return response.writeHead(200, { 'content-type': 'image/png' }).end(jpeg);
});

async function generate(
	parameters: INodeParameters = {},
	run: SeedreamRun = {},
): Promise<RunResult> {
	return await runSeedream(
		emulator,
		{ operation: 'generate', prompt: 'A boat', resolution: '1K', ...parameters },
		run,
	);
}

/** The same JPEG with so many bytes of application segments (such as EXIF) after its first marker. */
function withMetadata(jpeg: Buffer, bytes: number): Buffer {
	const segment = Buffer.alloc(65_535 + 2);
	segment.writeUInt16BE(0xffe1, 0);
	segment.writeUInt16BE(65_535, 2);
	const segments = Array.from({ length: Math.ceil(bytes / segment.length) }, () => segment);
	return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** Lets the task be finished with this link as its result. */
function resultIs(url: string): void {
	const body = { id: 'task-unified-1-elsewhere', status: 'completed', results: [url] };
	emulator.addFault({ on: 'query', body });
}

describe('A download that fails never fails the image, which is paid for', () => {
	it('a dead link: the item keeps the link and says why there is no file', async () => {
		emulator.addFault({ on: 'create', deadLink: true });
		const result = await generate();
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toMatchObject([
			{
				json: {
					status: 'completed',
					url: expect.stringMatching(/^http/),
					warnings: [expect.stringContaining('HTTP 404')],
				},
			},
		]);
		expect(result.items(NODE)[0]).not.toHaveProperty('binary');
	});

	it('one dead link of a set: the others have their files, and the warning names the one', async () => {
		emulator.addFault({ on: 'download', deadLink: true, after: 1, times: 1 });
		const result = await generate({ numberOfImages: 3 }, { options: { concurrency: 1 } });
		expect(result.items(NODE).map(({ binary }) => binary !== undefined)).toEqual([
			true,
			false,
			true,
		]);
		expect(result.items(NODE)[1]?.json.warnings).toEqual([
			expect.stringMatching(/^Image 2: .*HTTP 404.*"url"/),
		]);
	});

	it.each(['memory', 'filesystem'] as const)(
		'cut off half-way: fetched again, and whole (%s)',
		async (binaryMode) => {
			emulator.addFault({ on: 'download', truncate: true, times: 1 });
			const [item] = (await generate({}, { binaryMode })).items(NODE);
			expect(emulator.requestsOf('download')).toHaveLength(2);
			expect((await readBinary(item?.binary?.data)).subarray(-2)).toEqual(
				Buffer.from([0xff, 0xd9]),
			);
			expect(item?.json.warnings).toEqual([]);
		},
	);

	it.each([429, 503])('HTTP %d for a moment: fetched again', async (status) => {
		emulator.addFault({ on: 'download', status, retryAfter: 0, times: 2 });
		const [item] = (await generate()).items(NODE);
		expect(item?.binary?.data?.mimeType).toBe('image/jpeg');
		expect(emulator.requestsOf('download')).toHaveLength(3);
	});

	it('a web page instead of an image: no file, the link and a warning', async () => {
		emulator.addFault({ on: 'download', notJson: true });
		const result = await generate();
		expect(result.status).toBe('success');
		expect(result.items(NODE)[0]).not.toHaveProperty('binary');
		expect(result.items(NODE)[0]?.json).toMatchObject({
			url: expect.stringMatching(/^http/),
			warnings: [expect.stringContaining('not an image')],
		});
	});

	it('nothing at all behind the link: likewise', async () => {
		resultIs(`${imageHost.url}/empty`);
		const result = await generate();
		expect(result.items(NODE)[0]?.json).toMatchObject({
			warnings: [expect.stringContaining('not an image')],
		});
	});
});

describe('The image host', () => {
	it('is believed in nothing: type, name and size are those of the bytes', async () => {
		resultIs(`${imageHost.url}/photo.png`);
		const [item] = (await generate()).items(NODE);
		expect(item?.json).toMatchObject({
			mimeType: 'image/jpeg',
			fileName: expect.stringMatching(/^task-unified-\S+-1\.jpg$/),
			width: 64,
			height: 32,
		});
	});

	it('never gets the API key, also not behind a redirect', async () => {
		resultIs(`${imageHost.url}/moved`);
		expect((await generate()).items(NODE)).toMatchObject([
			{ binary: { data: { mimeType: 'image/jpeg' } } },
		]);
		expect(imageHost.requests.map(({ url }) => url)).toEqual(['/moved', '/photo.png']);
		for (const { headers } of imageHost.requests)
			expect(JSON.stringify(headers)).not.toContain('test-key');
	});

	it('is believed against the provider, too: width and height are those of the file', async () => {
		const body = { created: 1, data: [{ url: `${imageHost.url}/photo.png`, size: '2048x2048' }] };
		emulator.addFault({ on: 'create', provider: 'byteplus', body });
		const parameters = { download: true, aspectRatio: '1:1', resolution: '2K' };
		const [file] = (await generate(parameters, { provider: 'byteplus' })).items(NODE);
		expect(file?.json).toMatchObject({ width: 64, height: 32 });
		const [link] = (
			await generate({ ...parameters, download: false }, { provider: 'byteplus' })
		).items(NODE);
		expect(link?.json).toMatchObject({ width: 2048, height: 2048 });
	});

	it('may send a JPEG with more metadata than is looked through: the file is whole, and no size is made up', async () => {
		resultIs(`${imageHost.url}/heavy.jpg`);
		const [item] = (await generate()).items(NODE);
		expect(heavy.length).toBeGreaterThan(512 * 1024);
		expect(item?.json).toMatchObject({
			mimeType: 'image/jpeg',
			fileName: expect.stringMatching(/\.jpg$/),
		});
		expect(item?.json.warnings ?? []).toEqual([]);
		expect(item?.json).not.toHaveProperty('width');
		expect((await readBinary(item?.binary?.data)).equals(heavy)).toBe(true);
	});
});

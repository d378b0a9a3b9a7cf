import { describe, expect, it } from 'vitest';
import { EncodedFile } from '../../../../nodes/shared/seedream/encodedFile';
import { sendReferences } from '../../../../nodes/shared/seedream/sendReferences';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import type { Provider, UploadPlan } from '../../../../nodes/shared/seedream/providers/provider';
import { success } from '../../../../nodes/shared/seedream/result';
import type { ReferenceImage } from '../../../../nodes/shared/seedream/references';
import { Uploads } from '../../../../nodes/shared/seedream/uploads';
import {
	FILES,
	FakeClock,
	FakeHttp,
	NEVER_CONNECTED,
	RESET,
	aBinary,
	aConnection,
	always,
	answered,
	errorOf,
	scripted,
	valueOf,
} from '../../support';

const DATA_URI_PROVIDER: Provider = { ...evolink, referenceTransport: { kind: 'dataUri' } };

const stored = (url: string) =>
	answered(200, { success: true, code: 200, data: { file_url: url } });
const refused = (status: number, code: number, msg: string) =>
	answered(status, { success: false, code, msg });

async function send(
	references: readonly ReferenceImage[],
	makeHttp: (clock: FakeClock) => FakeHttp,
	provider?: Provider,
) {
	const clock = new FakeClock();
	const http = makeHttp(clock);
	const outcome = await sendReferences(
		aConnection(http, clock, provider),
		references,
		new Uploads(),
	);
	return { http, outcome, bodies: http.sent.map(({ request }) => request.body ?? {}) };
}

/** Stores each file under the content that it came with. */
const fileHost = (clock: FakeClock): FakeHttp =>
	new FakeHttp(clock, ({ body }) => {
		const [, base64 = ''] = String(body?.base64_data).split(',');
		return stored(`https://files.test/${Buffer.from(base64, 'base64').toString()}.png`);
	});

describe('reference images on their way to a file host', () => {
	it('become URLs in the order in which they were given, URLs among them untouched', async () => {
		const { outcome, http } = await send(
			[aBinary('b'), { kind: 'url', url: 'https://x.test/u.png' }, aBinary('a'), aBinary('c')],
			fileHost,
		);
		expect(valueOf(outcome)).toEqual([
			'https://files.test/b.png',
			'https://x.test/u.png',
			'https://files.test/a.png',
			'https://files.test/c.png',
		]);
		expect(http.urls).toEqual(Array(3).fill(`${FILES}/api/v1/files/upload/base64`));
	});

	it('are sent as a data URI of their real format, with all their bytes', async () => {
		const header = { format: 'jpeg', width: 100, height: 100 } as const;
		const { bodies } = await send([aBinary('content', { header })], fileHost);
		expect(bodies[0]).toMatchObject({
			base64_data: `data:image/jpeg;base64,${Buffer.from('content').toString('base64')}`,
			file_name: expect.stringMatching(/^[0-9a-f]{32}\.jpeg$/),
		});
	});

	it('are named by their bytes: another file has another name, the same file the same, and goes there once', async () => {
		const { bodies, outcome } = await send([aBinary('a'), aBinary('b'), aBinary('a')], fileHost);
		expect(new Set(bodies.map((body) => body.file_name)).size).toBe(2);
		expect(bodies).toHaveLength(2);
		expect(valueOf(outcome)).toEqual(
			['a', 'b', 'a'].map((name) => `https://files.test/${name}.png`),
		);
	});

	it("go to the provider's own file host when the credentials name none", async () => {
		const clock = new FakeClock();
		const http = fileHost(clock);
		const { uploadBaseUrl: _, ...connection } = aConnection(http, clock);
		await sendReferences(connection, [aBinary('a')], new Uploads());
		expect(http.urls).toEqual(['https://files-api.evolink.ai/api/v1/files/upload/base64']);
	});

	it('send nothing at all when there are only URLs', async () => {
		const { http, outcome } = await send([{ kind: 'url', url: 'https://x.test/a' }], fileHost);
		expect(http.sent).toEqual([]);
		expect(valueOf(outcome)).toEqual(['https://x.test/a']);
	});

	it.each([
		['HTTP 503', answered(503)],
		['429', answered(429)],
		['a reset', RESET],
		['no connection', NEVER_CONNECTED],
	])('are sent again after %s, since a file costs nothing', async (_, trouble) => {
		const { http, outcome } = await send([aBinary('a')], (clock) =>
			scripted(clock, [trouble, trouble, stored('https://files.test/a.png')]),
		);
		expect(http.sent).toHaveLength(3);
		expect(valueOf(outcome)).toEqual(['https://files.test/a.png']);
	});
});

describe('a reference image that cannot be uploaded', () => {
	const failures: Array<[string, Parameters<typeof always>[1], string, string]> = [
		['too large', refused(413, 40001, 'file too large'), '40001', 'Make it smaller'],
		['of a wrong type', refused(400, 40002, 'type'), '40002', 'Convert the image'],
		['above the quota', refused(403, 40003, 'quota'), '40003', 'full'],
		['not stored', refused(500, 50001, 'storage'), '50001', 'Run again later'],
		['refused with HTTP 200', refused(200, 40001, 'file too large'), '40001', 'Make it smaller'],
		['refused for the key', answered(401, { success: false, code: 401 }), '401', 'API key'],
		['answered with HTML', answered(200, '<html>'), 'unreadable_answer', 'base URL'],
		['cut off each time', RESET, 'ECONNRESET', 'network'],
	];
	it.each(failures)(
		'says which image it is and what to do: %s',
		async (_, ending, code, advice) => {
			const { outcome } = await send([aBinary('cat')], (clock) => always(clock, ending));
			const error = errorOf(outcome);
			expect(error.message).toMatch(/^The image in "cat": /);
			expect(error).toMatchObject({ code, billed: 'no', provider: 'evolink' });
			expect(error.hint).toContain(advice);
		},
	);

	it('ends the request: the images after it are not sent', async () => {
		const { http, outcome } = await send([aBinary('a'), aBinary('b'), aBinary('c')], (clock) =>
			scripted(clock, [stored('https://files.test/a.png'), refused(400, 40002, 'type')]),
		);
		expect(http.sent).toHaveLength(2);
		expect(errorOf(outcome).message).toContain('The image in "b"');
	});

	it('is an error where its stored bytes are gone', async () => {
		const gone = aBinary('cat', { read: () => Promise.reject(new Error('ENOENT: /secret/path')) });
		const { http, outcome } = await send([gone], fileHost);
		expect(http.sent).toEqual([]);
		expect(errorOf(outcome)).toMatchObject({ code: 'unreadable_reference', billed: 'no' });
		expect(errorOf(outcome).message).toContain('The image in "cat" can no longer be read');
	});
});

describe('reference images for a provider that takes data URIs', () => {
	it('go along in the request, in order, unread as yet and without any upload', async () => {
		const header = { format: 'webp', width: 20, height: 20 } as const;
		const read = () => Promise.reject(new Error('too early'));
		const [first, last] = [aBinary('first', { header, read }), aBinary('last', { read })];
		const { http, outcome } = await send(
			[first, { kind: 'url', url: 'https://x.test/u' }, last],
			fileHost,
			DATA_URI_PROVIDER,
		);
		expect(http.sent).toEqual([]);
		expect(valueOf(outcome)).toEqual([
			new EncodedFile(first, 'image/webp'),
			'https://x.test/u',
			new EncodedFile(last, 'image/png'),
		]);
	});

	it('have the type of their bytes, also where those were not looked into before', async () => {
		const content = 'GIF89a\u0003\u0000\u0002\u0000';
		const { outcome } = await send(
			[aBinary(content, { header: undefined }), aBinary('no image', { header: undefined })],
			fileHost,
			DATA_URI_PROVIDER,
		);
		expect(valueOf(outcome)).toMatchObject([{ mimeType: 'image/gif' }, { mimeType: 'image/png' }]);
	});
});

describe('a file that goes to its host in two steps', () => {
	const upload: UploadPlan = {
		formats: ['png'],
		buildRequest: ({ name }) => ({ method: 'POST', path: '/begin', body: { name } }),
		parseResponse: () =>
			success({ url: 'https://files.test/1.png', putTo: 'https://elsewhere.test/put?sig=1' }),
	};
	const provider: Provider = { ...evolink, referenceTransport: { kind: 'upload', upload } };

	it('is put where the first answer says, as it is and without the key', async () => {
		const { http, outcome } = await send(
			[aBinary('a')],
			(clock) => always(clock, answered(200)),
			provider,
		);
		expect(valueOf(outcome)).toEqual(['https://files.test/1.png']);
		expect(http.sent.map(({ request }) => request)).toMatchObject([
			{ method: 'POST', url: `${FILES}/begin` },
			{
				method: 'PUT',
				url: 'https://elsewhere.test/put?sig=1',
				headers: { 'Content-Type': 'image/png' },
				isForeign: true,
			},
		]);
	});

	it('and is not taken there, is an error that names it, before anything is paid', async () => {
		const refusing = (clock: FakeClock) => scripted(clock, [answered(200), answered(403)]);
		const { outcome } = await send([aBinary('a')], refusing, provider);
		expect(errorOf(outcome)).toMatchObject({
			code: 'not_uploaded',
			httpStatus: 403,
			billed: 'no',
			message: expect.stringContaining('The image in "a"'),
		});
	});

	it('goes to the API itself where that takes files', async () => {
		const clock = new FakeClock();
		const http = always(clock, answered(200));
		const { uploadBaseUrl: _, ...connection } = aConnection(http, clock, provider);
		await sendReferences(connection, [aBinary('a')], new Uploads());
		expect(http.urls[0]).toBe(`${connection.baseUrl}/begin`);
	});
});

import { describe, expect, it } from 'vitest';
import { anAnswer, checked, errorOf, providerOf, valueOf } from '../../../support';

function read(id: string, body: unknown, numberOfImages = 1) {
	const provider = providerOf(id);
	const order = { ...checked({ numberOfImages }, provider).request, references: [] };
	return provider.parseResponse(anAnswer(200, body), order);
}

const sources = (id: string, body: unknown) =>
	valueOf(read(id, body)).images.map(({ source }) => source);
const url = (link: string) => ({ kind: 'url', url: link });
const base64 = (data: string) => ({ kind: 'base64', data });
const LINK = 'https://x.test/1.png';

describe('an image in an answer', () => {
	it.each([
		['a link', LINK, url(LINK)],
		['a link in capitals', 'HTTPS://X.TEST/1', url('HTTPS://X.TEST/1')],
		['a data URI', 'data:image/png;base64,iVBORw0KGgo=', base64('iVBORw0KGgo=')],
		['bare base64', 'iVBORw0KGgo=', base64('iVBORw0KGgo=')],
		['an object with url', { url: LINK }, url(LINK)],
		['an object with image_url', { image_url: LINK }, url(LINK)],
		['an object with bytes', { b64_json: 'iVBORw0KGgo=', url: null }, base64('iVBORw0KGgo=')],
	])('may be %s', (_, image, source) => {
		expect(sources('novita', { images: [image] })).toEqual([source]);
	});

	it('may stand alone where a list was promised', () => {
		expect(sources('tokaify', { created: 1, data: { url: LINK } })).toEqual([url(LINK)]);
	});

	it('has its size and the prompt that was made of the own, where they are said', () => {
		const data = [{ url: LINK, size: '1760x2368', revised_prompt: 'a better lake' }];
		expect(valueOf(read('byteplus', { data })).images).toEqual([
			{ index: 0, source: url(LINK), width: 1760, height: 2368, revisedPrompt: 'a better lake' },
		]);
	});

	it('keeps its place beside a member of the set that failed', () => {
		const failure = { code: 'OutputImageSensitiveContentDetected', message: 'unsafe' };
		const task = valueOf(read('byteplus', { data: [{ error: failure }, { url: LINK }] }, 2));
		expect(task.status).toBe('completed');
		expect(task.images.map(({ index }) => index)).toEqual([1]);
		expect(task.failedImages).toEqual([{ index: 0, ...failure }]);
	});
});

describe('a set that came back as one image', () => {
	it('is remarked upon where the relay may have dropped the request for more', () => {
		const body = { data: [{ url: LINK }] };
		expect(valueOf(read('tokaify', body, 3)).warnings).toEqual([
			expect.stringContaining('dropped'),
		]);
		expect(valueOf(read('tokaify', body, 1)).warnings).toBeUndefined();
	});
});

describe('an answer with HTTP 200 that holds an error', () => {
	it('is that error, with what to do', () => {
		const body = { error: { code: 'AccountOverdueError', message: 'overdue balance' } };
		const error = errorOf(read('byteplus', body));
		expect(error).toMatchObject({ code: 'AccountOverdueError', billed: 'no', retryable: false });
		expect(error.message).toContain('overdue balance');
		expect(error.hint).toContain('unpaid bill');
	});
});

const event = (name: string, data: unknown): string =>
	`event: ${name}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const made = (index: number): string =>
	event('x', {
		type: 'image_generation.partial_succeeded',
		created: 1757396757,
		model: 'm',
		image_index: index,
		url: `https://x.test/${index}`,
		size: '2048x1024',
	});
const lost = (index: number): string =>
	event('x', {
		type: 'image_generation.partial_failed',
		image_index: index,
		error: { code: 'OutputImageSensitiveContentDetected', message: 'unsafe' },
	});
const END =
	event('x', { type: 'image_generation.completed', usage: { generated_images: 2 } }) +
	'data: [DONE]\n\n';

describe('a stream of images', () => {
	it('is a task with its images, its failures and its usage', () => {
		expect(valueOf(read('byteplus', made(0) + lost(1) + made(2) + END, 3))).toEqual({
			provider: 'byteplus',
			status: 'completed',
			model: 'm',
			images: [0, 2].map((index) => ({
				index,
				source: url(`https://x.test/${index}`),
				width: 2048,
				height: 1024,
			})),
			failedImages: [{ index: 1, code: 'OutputImageSensitiveContentDetected', message: 'unsafe' }],
			createdAt: '2025-09-09T05:45:57.000Z',
			expiresAt: '2025-09-10T05:45:57.000Z',
			usage: { generated_images: 2 },
		});
	});

	it('is read with the line ends of any system', () => {
		const stream = (made(0) + END).replaceAll('\n', '\r\n');
		expect(valueOf(read('volcengine', stream)).images).toHaveLength(1);
	});

	it.each([
		['between two events', made(0) + made(1)],
		['in the middle of an event', made(0) + made(1) + made(2).slice(0, 60)],
	])('keeps what came when it ends early, and says so: %s', (_, stream) => {
		const task = valueOf(read('byteplus', stream, 3));
		expect(task.images).toHaveLength(2);
		expect(task.warnings).toEqual([expect.stringContaining('ended early')]);
	});

	it('without an image is its error, or cannot be read', () => {
		const broken = event('error', { error: { code: 'InternalServiceError', message: 'broken' } });
		expect(errorOf(read('byteplus', broken))).toMatchObject({ code: 'InternalServiceError' });
		expect(errorOf(read('byteplus', 'data: hello\n\n'))).toMatchObject({
			code: 'unreadable_answer',
			billed: 'unknown',
		});
	});
});

import { describe, expect, it } from 'vitest';
import { fal } from '../../../../../nodes/shared/seedream/providers/fal';
import { taskError } from '../../../../../nodes/shared/seedream/commonErrors';
import { validateRequest } from '../../../../../nodes/shared/seedream/validation/validate';
import type { ImageTask } from '../../../../../nodes/shared/seedream/task';
import { orderOf } from '../../../../contract/cases';
import { fixtureOf } from '../../../../providers';
import { aBinary, anAnswer, API, aRequest, errorOf, valueOf } from '../../../support';

const { tasks } = fal;
if (!tasks?.result) throw new Error('fal has tasks, with their results apart');
const { result: resultPlan, parseReport, idProblem, buildRequest } = tasks;

const result = (status: number, body?: unknown, headers?: Record<string, string>) =>
	resultPlan.parseResponse(anAnswer(status, body, headers));

const LINK = 'https://v3.fal.media/files/b/1.png';
const SECRET = 'a very private prompt';
const FLAGGED = {
	loc: ['body', 'prompt'],
	msg: 'The content was flagged',
	type: 'content_policy_violation',
	input: SECRET,
};

describe('A result of fal', () => {
	it('holds the images, and what they count on the bill', () => {
		const answer = result(
			200,
			{ images: [{ url: LINK }], seed: 7 },
			{ 'x-fal-billable-units': '1' },
		);
		expect(answer).toEqual({
			provider: 'fal',
			status: 'completed',
			images: [{ index: 0, source: { kind: 'url', url: LINK } }],
			failedImages: [],
			usage: { billable_units: 1 },
		});
		expect(
			result(200, { images: [{ url: LINK }] }, { 'x-fal-billable-units': 'x' }),
		).not.toHaveProperty('usage');
	});

	it('may hold the images themselves', () => {
		const images = [{ url: 'data:image/png;base64,iVBORw0KGgo=' }];
		expect(result(200, { images })?.images).toMatchObject([{ source: { kind: 'base64' } }]);
	});

	it('with layers tells each once, from the base up, with all that is said of it', () => {
		const answer = result(200, fixtureOf('fal').layers?.answer);
		expect(answer?.images.map(({ layer, source }) => [source, layer])).toEqual([
			[{ kind: 'url', url: 'https://x.test/0.png' }, { zIndex: 0 }],
			[{ kind: 'url', url: 'https://x.test/1.png' }, expect.objectContaining({ name: 'parrot' })],
			[
				{ kind: 'url', url: 'https://x.test/2.png' },
				{
					zIndex: 2,
					name: 'title',
					description: 'white letters',
					boundingBox: { absolute: [10, 10, 200, 90], normalized: [8, 6, 160, 55] },
					text_lines: [{ text: 'SALE' }],
				},
			],
		]);
	});

	it.each([
		[422, { detail: [FLAGGED] }, 'content_policy_violation', 'unknown'],
		[
			400,
			{ detail: [{ ...FLAGGED, type: 'downstream_service_error' }] },
			'downstream_service_error',
			'unknown',
		],
		[
			500,
			{ detail: [{ ...FLAGGED, type: 'internal_server_error' }] },
			'internal_server_error',
			'no',
		],
		[504, { detail: [{ ...FLAGGED, type: 'generation_timeout' }] }, 'generation_timeout', 'no'],
		[503, { detail: 'gone', error_type: 'runner_disconnected' }, 'runner_disconnected', 'no'],
	])('with HTTP %i is the end of the task: %j', (status, body, code, billed) => {
		expect(result(status, body)).toMatchObject({ status: 'failed', problem: { code }, billed });
	});

	it('says where each problem is, and never what was sent', () => {
		const detail = [FLAGGED, { loc: ['body', 'image_urls', 0], msg: 'too small', type: 'x' }];
		const task: ImageTask | undefined = result(422, { detail });
		expect(task?.problem?.message).toBe('prompt: The content was flagged; image_urls.0: too small');
		const shown = JSON.stringify(task && taskError(task, fal));
		expect(shown).not.toContain(SECRET);
		expect(shown).toContain('Change the prompt');
	});

	it.each([
		['of a gateway', 503, '<html>nginx</html>', {}],
		['of a gateway, as JSON', 502, { message: 'Bad gateway' }, {}],
		['of anybody, in a few words', 503, { detail: 'Service Unavailable' }, {}],
		['for a wrong key', 401, { detail: 'invalid key credentials' }, {}],
		['for no money', 403, { detail: 'User is locked' }, {}],
		['for a task that is not there', 404, { status: 'NOT_FOUND' }, {}],
		['for a path that is not there', 405, { detail: 'Method Not Allowed' }, {}],
		['for being too many', 429, { detail: 'slow down' }, { 'x-fal-needs-retry': '1' }],
		['that is a page', 200, '<html></html>', {}],
		['of another kind', 200, { status: 'COMPLETED' }, {}],
	])('is none where the answer is one %s', (_, status, body, headers) => {
		expect(result(status, body, headers)).toBeUndefined();
	});

	it.each(['x-fal-request-id', 'x-fal-error-type'])(
		'is one with the header %s, whatever its body',
		(header) => {
			expect(result(500, 'oops', { [header]: '1' })).toMatchObject({
				status: 'failed',
				billed: 'no',
			});
		},
	);

	it('that comes too early leaves the task open', () => {
		const early = { detail: 'Request is still in progress' };
		expect(result(400, early, { 'x-fal-request-id': '1' })).toMatchObject({ status: 'processing' });
	});

	it('that is refused in a few words is the end of the task', () => {
		expect(result(422, { detail: 'No.' })).toMatchObject({
			status: 'failed',
			problem: { message: 'No.' },
			billed: 'unknown',
		});
	});

	it('of what was cancelled says so', () => {
		const body = { detail: 'cancelled', error_type: 'client_cancelled' };
		expect(result(499, body)).toMatchObject({ status: 'cancelled', billed: 'unknown' });
	});
});

describe('A report to a webhook of fal', () => {
	const id = 'bytedance.seedream.764c';

	it('is about the request in it, at the application that the callback URL names', () => {
		const body = { request_id: '764c', status: 'OK', payload: { images: [{ url: LINK }] } };
		expect(parseReport(body, 'bytedance.seedream')).toMatchObject({
			id,
			status: 'completed',
			images: [{ source: { url: LINK } }],
		});
		expect(parseReport(body, undefined)).toBeUndefined();
	});

	it('tells of a failure, with what it may cost', () => {
		const failed = (code: number) =>
			parseReport(
				{
					request_id: '764c',
					status: 'ERROR',
					error: `Invalid status code: ${code}`,
					payload: { detail: [FLAGGED] },
				},
				'bytedance.seedream',
			);
		expect(failed(422)).toMatchObject({ id, status: 'failed', billed: 'unknown' });
		expect(failed(500)).toMatchObject({ id, billed: 'no', problem: { code: FLAGGED.type } });
		expect(parseReport({ request_id: '764c', status: 'ERROR' }, 'a.b')).toMatchObject({
			billed: 'unknown',
		});
	});

	it('may come without the result', () => {
		const body = { request_id: '764c', status: 'OK', payload: null, payload_error: 'x' };
		expect(parseReport(body, 'a.b')).toMatchObject({ status: 'completed', images: [] });
	});

	it('is none without its words', () => {
		for (const body of [
			{ request_id: '', status: 'OK' },
			{ request_id: '1', status: 'COMPLETED' },
		])
			expect(parseReport(body, 'a.b')).toBeUndefined();
	});
});

describe('The ID of a task at fal', () => {
	it('says under which application its request stands', () => {
		expect(buildRequest('fal-ai.bytedance.764c').path).toBe(
			'/fal-ai/bytedance/requests/764c/status',
		);
		expect(resultPlan.buildRequest('a.b.c.764c').path).toBe('/a/b.c/requests/764c');
	});

	it('cannot be one of another provider, nor lead out of its path', () => {
		for (const id of ['task-unified-1-2', '764c', '', '.', 'a..b', 'a.b/c.d', 'a.b.c?d', '../a.b'])
			expect(idProblem(id)).toMatch(/not a task ID of fal/);
		expect(idProblem('bytedance.seedream.764c')).toBeUndefined();
	});

	it('is made from the model that was asked', () => {
		for (const [model, scope] of [
			['seedream-4.5', 'fal-ai.bytedance'],
			['seedream-5.0-lite', 'bytedance.seedream'],
		] as const) {
			const order = orderOf(fal, { model: { family: model } });
			const task = fal.parseResponse(anAnswer(200, { request_id: '764c' }), order);
			expect(valueOf(task)).toMatchObject({ id: `${scope}.764c`, status: 'pending' });
			expect(tasks.scopeOf?.(order.modelId)).toBe(scope);
		}
	});
});

describe('Files for fal', () => {
	it('are to be of formats that the models take; of their sides fal says nothing', () => {
		const heic = aBinary('heic', { header: { format: 'heic', width: 900, height: 900 } });
		const strip = aBinary('strip', { header: { format: 'png', width: 4000, height: 100 } });
		const edit = aRequest({ operation: 'edit', references: [heic, strip] });
		const { problems, warnings } = validateRequest(edit, fal, API);
		expect(problems).toMatchObject([{ text: expect.stringContaining('HEIC') }]);
		expect(warnings).toEqual([expect.stringMatching(/^fal does not demand this.*1:40/)]);
	});
});

describe('Images that fal may make', () => {
	it('are all runs with all that each may make', () => {
		const most = (body: Record<string, unknown>) => fal.maxImages(body, 'm');
		expect(most({})).toBe(1);
		expect(most({ num_images: 4 })).toBe(4);
		expect(most({ num_images: 2, max_images: 3 })).toBe(6);
		expect(most({ max_images: 6 })).toBe(6);
	});
});

describe('A place for a file at fal', () => {
	it('names the file and its type, and where its bytes go', () => {
		const { referenceTransport: transport } = fal;
		if (transport.kind !== 'upload') throw new Error('fal has a file host');
		const place = { upload_url: 'https://storage.test/1?s=2', file_url: LINK };
		expect(valueOf(transport.upload.parseResponse(anAnswer(200, place)))).toEqual({
			url: LINK,
			putTo: place.upload_url,
		});
		const wrongKey = { detail: 'invalid key credentials' };
		expect(errorOf(transport.upload.parseResponse(anAnswer(401, wrongKey)))).toMatchObject({
			message: expect.stringMatching(/file host.*invalid key/),
			hint: expect.stringContaining('API key'),
			billed: 'no',
		});
	});
});

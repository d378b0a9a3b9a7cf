import { describe, expect, it } from 'vitest';
import { asMeant as throughProvider } from '../../../../../nodes/shared/seedream/connection';
import { createTask } from '../../../../../nodes/shared/seedream/createTask';
import { kie } from '../../../../../nodes/shared/seedream/providers/kie';
import { taskError } from '../../../../../nodes/shared/seedream/commonErrors';
import {
	aConnection,
	anAnswer,
	answered,
	checked,
	errorOf,
	FakeClock,
	scripted,
	valueOf,
} from '../../../support';

const TASK = { code: 200, msg: 'success', data: { taskId: 'task_1' } };

function refusal(code: unknown, msg: string) {
	return { code, msg, data: null };
}

function meant(status: number, body: unknown, headers = {}) {
	return kie.asMeant?.(anAnswer(status, body, headers)) ?? anAnswer(status, body);
}

/** A task in an answer to a query, changed as wished. */
function answer(changes: object = {}) {
	return { ...TASK, data: { ...TASK.data, state: 'success', ...changes } };
}

const read = (body: unknown) => kie.tasks?.parseResponse(anAnswer(200, body));
const taskIn = (body: unknown) => {
	const outcome = read(body);
	if (!outcome) throw new Error('Kie.ai has no tasks');
	return valueOf(outcome);
};

describe('an answer of Kie.ai is meant', () => {
	it.each([
		[200, TASK, 200],
		[200, { code: 200, msg: 'success', data: 812.5 }, 200],
		[200, { success: true, code: 200, data: { downloadUrl: 'https://x.test/a' } }, 200],
		[200, refusal(401, 'You do not have access permissions'), 401],
		[200, refusal('402', 'Credits insufficient'), 402],
		[200, refusal(422, 'Validation Error'), 422],
		[200, refusal(422, 'recordInfo is null'), 404],
		[422, refusal(422, 'recordInfo is null'), 404],
		[200, refusal(429, 'Rate limit exceeded'), 429],
		[200, refusal(429, 'The current credits are insufficient. Please top up.'), 402],
		[200, refusal(433, 'Sub-key usage exceeds the limit'), 433],
		[200, refusal(455, 'maintenance'), 503],
		[200, refusal(500, 'Server Error'), 500],
		[200, refusal(505, 'Feature Disabled'), 505],
		[200, refusal(70, 'odd'), 500],
		[302, refusal(200, 'moved'), 302],
		[503, refusal(401, 'odd'), 503],
		// A task that failed is an answer, whatever its code.
		[200, { ...answer({ state: 'fail' }), code: 501 }, 200],
		[200, '<html>', 200],
	])('HTTP %d, %j: as HTTP %d', (status, body, expected) => {
		expect(meant(status, body).status).toBe(expected);
	});

	it('with a pause where there are too many requests, if it names none itself', () => {
		const many = refusal(429, 'Rate limit exceeded');
		expect(meant(200, many).headers).toEqual({ 'retry-after': '10' });
		expect(meant(429, many, { 'retry-after': '3' }).headers).toEqual({ 'retry-after': '3' });
	});

	it('without the request, in which the callback URL stands', () => {
		const param = '{"callBackUrl":"https://x.test/secret"}';
		const { body, text } = meant(200, answer({ param }));
		expect(body).toEqual(answer());
		expect(text).not.toContain('secret');
	});
});

describe('a request to Kie.ai', () => {
	async function create(...bodies: unknown[]) {
		const clock = new FakeClock();
		const http = scripted(
			clock,
			bodies.map((body) => answered(200, body)),
		);
		const connection = aConnection(throughProvider(kie, http), clock, kie);
		const request = { ...checked({}, kie).request, references: [] };
		return { outcome: await createTask(connection, request, 'run_1', 1000), http, clock };
	}

	it('that is one too many is sent again after a window, also where that comes with HTTP 200', async () => {
		const { outcome, clock } = await create(refusal(429, 'Rate limit exceeded'), TASK);
		expect(valueOf(outcome)).toMatchObject({ id: 'task_1', status: 'pending' });
		expect(clock.pauses).toEqual([10_000]);
	});

	it.each([
		refusal(402, 'Credits insufficient'),
		refusal(429, 'The current credits are insufficient. Please top up.'),
		refusal(500, 'image_size is not within the range of allowed options'),
		refusal(500, 'The text length cannot exceed the maximum limit'),
		refusal(500, 'image_urls is required'),
	])('that is refused is not sent again and costs nothing: $msg', async (body) => {
		const { outcome, http } = await create(body);
		expect(errorOf(outcome)).toMatchObject({ billed: 'no', retryable: false });
		expect(http.sent).toHaveLength(1);
	});

	it.each([refusal(500, 'Server Error'), refusal(455, 'maintenance'), refusal(501, 'odd')])(
		'that may have been accepted is not sent again, and may be billed: $msg',
		async (body) => {
			const { outcome, http } = await create(body);
			expect(errorOf(outcome)).toMatchObject({ billed: 'unknown', retryable: false });
			expect(http.sent).toHaveLength(1);
		},
	);
});

describe('a task of Kie.ai', () => {
	it.each([
		['a text', '{"resultUrls":["https://x.test/1.png"]}'],
		['an object', { resultUrls: ['https://x.test/1.png'] }],
	])('has its links in %s', (_, resultJson) => {
		expect(taskIn(answer({ resultJson })).images).toMatchObject([
			{ source: { kind: 'url', url: 'https://x.test/1.png' } },
		]);
	});

	it.each(['', null, undefined, '{', '[]', 'null'])('has no images in %j', (resultJson) => {
		expect(taskIn(answer({ state: 'generating', resultJson }))).toMatchObject({
			status: 'processing',
			images: [],
			failedImages: [],
		});
	});

	it.each([
		['waiting', 'pending'],
		['queuing', 'pending'],
		['generating', 'processing'],
		['success', 'completed'],
		['fail', 'failed'],
		['paused', 'processing'],
	])('that is %s is %s', (state, status) => {
		expect(taskIn(answer({ state })).status).toBe(status);
	});

	it.each([
		[0, 'no'],
		[7, 'unknown'],
		[undefined, 'unknown'],
	])('that failed for %s credits: billed %s', (creditsConsumed, billed) => {
		const failed = { state: 'fail', failCode: '500', failMsg: 'sensitive', creditsConsumed };
		expect(taskError(taskIn(answer(failed)), kie)).toMatchObject({
			billed,
			code: '500',
			message: expect.stringContaining('sensitive'),
			hint: expect.stringContaining('change the prompt'),
		});
	});

	it('is dated in ms, and says nothing of how long its links live', () => {
		const task = taskIn(answer({ createTime: 1698765400000 }));
		expect(task.createdAt).toBe('2023-10-31T15:16:40.000Z');
		expect(task).not.toHaveProperty('expiresAt');
	});
});

describe('a callback of Kie.ai', () => {
	const report = (body: unknown) => kie.tasks?.parseReport(body, undefined);

	it('is read as a query is, whatever its code', () => {
		const failed = { ...answer({ state: 'fail', failMsg: 'odd' }), code: 501 };
		expect(report(failed)).toMatchObject({ id: 'task_1', status: 'failed' });
		expect(report(answer())).toMatchObject({ id: 'task_1', status: 'completed' });
	});

	it.each([TASK, {}, null, { data: { state: 'success' } }, { id: '1', status: 'completed' }])(
		'is none in %j',
		(body) => {
			expect(report(body)).toBeUndefined();
		},
	);
});

describe('the file host of Kie.ai', () => {
	const { referenceTransport: transport } = kie;
	if (transport.kind !== 'upload') throw new Error('Kie.ai takes no files');
	const stored = (status: number, body: unknown) =>
		transport.upload.parseResponse(anAnswer(status, body));

	it.each([{ downloadUrl: 'https://x.test/a' }, { fileUrl: 'https://x.test/a' }])(
		'gives the link in %j',
		(data) => {
			expect(valueOf(stored(200, { success: true, code: 200, data }))).toEqual({
				url: 'https://x.test/a',
			});
		},
	);

	it('refuses in its own words, and that costs nothing', () => {
		const body = { success: false, code: 400, msg: 'Missing required parameter: uploadPath' };
		expect(errorOf(stored(400, body))).toMatchObject({
			message: expect.stringMatching(/Kie\.ai's file host.*uploadPath/),
			billed: 'no',
		});
	});
});

it('a new link of Kie.ai is the text of the answer, and nothing else', () => {
	const linkIn = (body: unknown) => kie.freshLink?.parseResponse(anAnswer(200, body));
	expect(linkIn({ code: 200, data: 'https://x.test/new' })).toBe('https://x.test/new');
	expect(linkIn({ code: 200, data: { url: 'https://x.test/new' } })).toBeUndefined();
});

it.each([
	[{ model: 'bytedance/seedream-v4-edit', input: { max_images: 6 } }, 6],
	[{ input: { max_images: '4' } }, 4],
	[{}, 1],
])('a body of Kie.ai orders so many images: %j', (body, images) => {
	expect(kie.maxImages(body, 'bytedance/seedream-v4-edit')).toBe(images);
});

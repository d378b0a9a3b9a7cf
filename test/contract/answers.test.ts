import { describe, expect, it } from 'vitest';
import type { SeedreamError } from '../../nodes/shared/seedream/errors';
import { success, type Result } from '../../nodes/shared/seedream/result';
import type { Provider } from '../../nodes/shared/seedream/providers';
import type { ImageTask } from '../../nodes/shared/seedream/task';
import { FIXTURES } from '../providers';
import { anAnswer, errorOf, valueOf } from '../unit/support';
import { orderOf, providerOf } from './cases';
import { GARBAGE, withOneStrangePart } from './garbage';

const NOT_BILLED = [400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 429];
const PERHAPS_BILLED = [302, 307, 408, 500, 501, 502, 503, 504, 520, 524];
const BILLED_BY_STATUS: ReadonlyArray<readonly [status: number, billed: string]> = [
	...NOT_BILLED.map((status) => [status, 'no'] as const),
	...PERHAPS_BILLED.map((status) => [status, 'unknown'] as const),
];

const STATUSES: ReadonlyArray<ImageTask['status']> = [
	'pending',
	'processing',
	'completed',
	'failed',
	'cancelled',
];

function expectUsable(error: SeedreamError, provider: Provider): void {
	expect(error.provider).toBe(provider.id);
	expect(error.message).toMatch(/\S/);
	expect(error.hint).toMatch(/\S/);
	expect(typeof error.retryable).toBe('boolean');
	expect(['no', 'yes', 'unknown']).toContain(error.billed);
}

/** A task that the rest of the package can work with, or an error that helps. */
function expectReadable(outcome: Result<ImageTask>, provider: Provider): void {
	if (!outcome.ok) return expectUsable(outcome.error, provider);
	const {
		provider: id,
		status,
		images,
		failedImages,
		createdAt = '',
		expiresAt = '',
	} = outcome.value;
	expect(id).toBe(provider.id);
	expect(STATUSES).toContain(status);
	for (const { index, source } of images) {
		expect(index).toBeGreaterThanOrEqual(0);
		expect(source.kind === 'url' ? source.url : source.data).toMatch(/\S/);
	}
	for (const { message } of failedImages) expect(message).toMatch(/\S/);
	for (const time of [createdAt, expiresAt]) expect(time).toMatch(/^$|^[+-]?\d+-\d\d-\d\dT/);
}

describe.each(FIXTURES)('what $name answers', ({ id, answers }) => {
	const { accepted, finished, result, refused } = answers;
	const provider = providerOf(id);
	const order = orderOf(provider, {});
	const create = (body: unknown) => provider.parseResponse(anAnswer(200, body), order);
	const readers: Array<[string, (body: unknown) => Result<ImageTask>]> = [
		['a create request', create],
	];
	const { tasks } = provider;
	/** How the images are read that stand in an answer of their own. */
	const readResult = (body: unknown, status = 200) =>
		tasks?.result?.parseResponse(anAnswer(status, body));
	if (tasks) readers.push(['a query', (body) => tasks.parseResponse(anAnswer(200, body))]);

	it('to a request that it accepts is read as documented', () => {
		const { images, taskId } = answers;
		const task = valueOf(create(accepted));
		expect(task.provider).toBe(provider.id);
		expect(task.id).toBe(taskId);
		const end = tasks
			? valueOf(tasks.parseResponse(anAnswer(200, finished)))
			: valueOf(create(finished));
		expect(end.status).toBe('completed');
		const done = readResult(result) ?? end;
		expect(done.status).toBe('completed');
		expect(done.images.map(({ index }) => index)).toEqual(
			Array.from({ length: images }, (_, i) => i),
		);
		for (const { source } of done.images)
			expect(source).toMatchObject({ kind: 'url', url: /^https:/ });
	});

	it('has a task ID that its own check takes, where there are tasks', () => {
		const { taskId } = answers;
		expect(taskId !== undefined).toBe(tasks !== undefined);
		if (!tasks || taskId === undefined) return;
		expect(tasks.idProblem(taskId)).toBeUndefined();
		expect(tasks.buildRequest(taskId)).toMatchObject({
			method: 'GET',
			path: expect.stringContaining(taskId.split('.').at(-1) ?? ''),
		});
		const { path } = tasks.buildRequest('a/../b?c#d');
		// An ID may be a parameter of a query.
		expect(path.replace(/\?\w+=/, '')).not.toMatch(/\.\.\/|[?#]/);
	});

	it('carries the ID of the request in the headers', () => {
		const headers = { 'x-request-id': 'req-1' };
		const task = valueOf(provider.parseResponse(anAnswer(200, accepted, headers), order));
		const error = provider.parseError(anAnswer(400, refused, headers));
		expect([task.requestId, error.requestId]).toEqual(['req-1', 'req-1']);
	});

	it('when it refuses is told in its own words', () => {
		const { reason } = answers;
		const error = provider.parseError(anAnswer(400, refused));
		expectUsable(error, provider);
		expect(error).toMatchObject({ httpStatus: 400, billed: 'no' });
		expect(error.message).toContain(reason);
		expect(error.message).toContain(provider.name);
	});

	it('is never taken for a task when it is garbage', () => {
		for (const [asked, read] of readers) {
			for (const [what, body] of GARBAGE) {
				const error = errorOf(read(body));
				expectUsable(error, provider);
				expect(error.billed, `${what}, to ${asked}`).toBe('unknown');
			}
		}
	});

	it('never throws, whichever part of it is strange', () => {
		for (const [, read] of readers) {
			for (const body of [accepted, finished, refused].flatMap(withOneStrangePart)) {
				expectReadable(
					attempt(() => read(body), body),
					provider,
				);
			}
		}
	});

	it('in an answer with the images alone is a task or none, whichever part of it is strange', () => {
		if (!tasks?.result) return;
		expect(result).toBeDefined();
		for (const [what, body] of GARBAGE)
			expect(readResult(body), `${what}, to the request for the images`).toBeUndefined();
		for (const body of [result, refused].flatMap(withOneStrangePart)) {
			for (const status of [200, 400, 404, 422, 503]) {
				const task = attempt(() => readResult(body, status), body);
				if (task) expectReadable(success(task), provider);
			}
		}
	});

	it('when it refuses never throws, whichever part of it is strange', () => {
		const bodies = withOneStrangePart(refused);
		for (const body of [...bodies, ...GARBAGE.map(([, garbage]) => garbage)]) {
			for (const status of [302, 400, 409, 429, 500]) {
				const error = attempt(() => provider.parseError(anAnswer(status, body)), body);
				expect({ body, hint: error.hint }).toEqual({ body, hint: expect.stringMatching(/\S/) });
				expectUsable(error, provider);
				expect(error.httpStatus).toBe(status);
			}
		}
	});

	it('says by its HTTP status whether it was billed, whatever the body', () => {
		const bodies: typeof GARBAGE = [['a refusal', refused], ...GARBAGE];
		for (const [status, billed] of BILLED_BY_STATUS) {
			for (const [what, body] of bodies) {
				const error = provider.parseError(anAnswer(status, body));
				expect(error.billed, `HTTP ${status} with ${what}`).toBe(billed);
			}
		}
	});

	it('has a hint for every code of a task, also for one that nobody knows', () => {
		for (const code of [undefined, '', 'a_code_of_tomorrow', 'constructor', '__proto__']) {
			const hint = provider.hintForTask(code);
			expect(hint, code).toEqual({
				hint: expect.stringMatching(/\S/),
				retryable: expect.any(Boolean),
			});
		}
	});

	it('of its file host is never read as a file when it is garbage, and costs nothing', () => {
		if (provider.referenceTransport.kind !== 'upload') return;
		const { upload } = provider.referenceTransport;
		for (const [, body] of GARBAGE) {
			for (const status of [200, 302, 400, 500]) {
				const error = errorOf(upload.parseResponse(anAnswer(status, body)));
				expectUsable(error, provider);
				expect(error.billed).toBe('no');
			}
		}
	});

	it('has an image only where bytes or a link can be: a sentence is none', () => {
		const body = JSON.stringify(result ?? finished);
		const sentence = body.replaceAll(/https:[^"\\]*/g, 'The service is busy, try again.');
		if (result !== undefined) {
			expect(readResult(JSON.parse(sentence))?.images ?? []).toEqual([]);
			return;
		}
		const outcome = tasks
			? tasks.parseResponse(anAnswer(200, JSON.parse(sentence)))
			: create(JSON.parse(sentence));
		expect(outcome.ok ? outcome.value.images : []).toEqual([]);
	});
});

/** Names the body that made a reader throw. */
function attempt<T>(read: () => T, body: unknown): T {
	try {
		return read();
	} catch (error) {
		throw new Error(`Reading threw for ${JSON.stringify(body)?.slice(0, 300)}`, { cause: error });
	}
}

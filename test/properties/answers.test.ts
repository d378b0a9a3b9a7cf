import fc, { property } from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseCallback } from '../../nodes/shared/seedream/callback';
import type { SeedreamError } from '../../nodes/shared/seedream/errors';
import { taskError } from '../../nodes/shared/seedream/commonErrors';
import type { HttpResponse } from '../../nodes/shared/seedream/http';
import { success, type Result } from '../../nodes/shared/seedream/result';
import { PROVIDERS, type Provider } from '../../nodes/shared/seedream/providers';
import { isEventStream, parseEvents } from '../../nodes/shared/seedream/providers/dialects/events';
import { inspectImage } from '../../nodes/shared/seedream/references';
import { retryAfterMs } from '../../nodes/shared/seedream/http';
import type { ImageTask } from '../../nodes/shared/seedream/task';
import { orderOf } from '../contract/cases';
import { anyBody, anyStream, anyText } from './answers/anyAnswer';
import { check } from './support/check';

// Thousands of cases take their time where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const RUNS = 1500;

/** Nothing that is read may take longer, in ms, on a machine that is busy with other things too. */
const MOST_MS = 5000;

function inTime<T>(read: () => T): T {
	const began = performance.now();
	const value = read();
	expect(performance.now() - began).toBeLessThan(MOST_MS);
	return value;
}

const answers = fc
	.record({
		status: fc.oneof(
			fc.constantFrom(200, 201, 204, 302, 400, 401, 404, 408, 409, 429, 500, 503),
			fc.integer({ min: 100, max: 599 }),
		),
		headers: fc.dictionary(
			fc.constantFrom('x-request-id', 'retry-after', 'content-type'),
			fc.string(),
		),
		content: fc.oneof(
			anyBody.map((body) => ({ body, text: JSON.stringify(body) ?? '' })),
			anyText.map((text) => ({ body: undefined, text })),
			anyStream.map((text) => ({ body: undefined, text })),
		),
	})
	.map(({ status, headers, content }): HttpResponse => ({
		status,
		headers: { ...headers },
		...content,
	}));

function expectUsable(error: SeedreamError, provider: Provider): void {
	expect(error).toMatchObject({
		provider: provider.id,
		message: expect.stringMatching(/\S/),
		hint: expect.stringMatching(/\S/),
		retryable: expect.any(Boolean),
		billed: expect.stringMatching(/^(no|yes|unknown)$/),
	});
}

/** A task that the rest of the package can work with, or an error that helps. */
function expectReadable(outcome: Result<ImageTask>, provider: Provider): void {
	if (!outcome.ok) return expectUsable(outcome.error, provider);
	const { images, failedImages, createdAt = '', expiresAt = '', id } = outcome.value;
	expect(id).not.toBe('');
	for (const { source } of images)
		expect(source.kind === 'url' ? source.url : source.data).toMatch(/\S/);
	for (const { message } of failedImages) expect(message).toMatch(/\S/);
	for (const time of [createdAt, expiresAt]) expect(time).toMatch(/^$|^[+-]?\d+-\d\d-\d\dT/);
	const failure = taskError(outcome.value, provider);
	if (failure) expectUsable(failure, provider);
}

describe.each(PROVIDERS)('Whatever $name answers', (provider) => {
	const order = orderOf(provider, {});

	it('to a request for images, it is a task or an error, at once', async () => {
		await check(
			property(answers, (answer) =>
				expectReadable(
					inTime(() => provider.parseResponse(answer, order)),
					provider,
				),
			),
			{ runs: RUNS },
		);
	});

	it('to a request that it refuses, it is an error that helps, at once', async () => {
		const isFine = property(answers, (answer) => {
			const error = inTime(() => provider.parseError(answer));
			expectUsable(error, provider);
			expect(error.httpStatus).toBe(answer.status);
		});
		await check(isFine, { runs: RUNS });
	});

	it('in a callback, it is the report of a task or none, at once', async () => {
		const isFine = property(answers, ({ body }) => {
			const reported = inTime(() => parseCallback(provider, body, undefined));
			if (reported) expect(reported.id).not.toBe('');
		});
		await check(isFine, { runs: RUNS });
	});
});

const WITH_TASKS = PROVIDERS.flatMap((provider) =>
	provider.tasks ? [{ name: provider.name, provider, tasks: provider.tasks }] : [],
);

describe.each(WITH_TASKS)('Whatever $name answers', ({ provider, tasks }) => {
	it('to a query, it is a task or an error, at once', async () => {
		await check(
			property(answers, (answer) =>
				expectReadable(
					inTime(() => tasks.parseResponse(answer)),
					provider,
				),
			),
			{ runs: RUNS },
		);
	});

	it('to a request for the images alone, it is a task or none, at once', async () => {
		const { result } = tasks;
		if (!result) return;
		const isFine = property(answers, (answer) => {
			const task = inTime(() => result.parseResponse(answer));
			if (task) expectReadable(success(task), provider);
		});
		await check(isFine, { runs: RUNS });
	});

	it('to a query for any text, the text stays within its part of the address', async () => {
		const isFine = property(fc.string({ unit: 'binary' }), (id) => {
			const problem = inTime(() => tasks.idProblem(id));
			if (problem !== undefined) return;
			for (const plan of [tasks, ...(tasks.result ? [tasks.result] : [])])
				expect(plan.buildRequest(id).path).toMatch(/^(\/[^/?#\s]*)+(\?\w+=[^/?#&\s]*)?$/);
		});
		await check(isFine, { runs: RUNS });
	});
});

const WITH_FILES = PROVIDERS.flatMap(({ name, referenceTransport: transport }) =>
	transport.kind === 'upload' ? [{ name, upload: transport.upload }] : [],
);

describe.each(WITH_FILES)('Whatever $name answers', ({ upload }) => {
	it('to an upload, it is a URL or an error that costs nothing, at once', async () => {
		const isFine = property(answers, (answer) => {
			const stored = inTime(() => upload.parseResponse(answer));
			if (!stored.ok) expect(stored.error.billed).toBe('no');
		});
		await check(isFine, { runs: RUNS });
	});
});

describe('Whatever comes as', () => {
	it('a stream of events gives images, failures and no more, at once', async () => {
		const isFine = property(fc.oneof(anyStream, anyText), (text) => {
			inTime(() => isEventStream(text));
			const { images, failedImages } = inTime(() => parseEvents(text));
			expect(images.length + failedImages.length).toBeLessThanOrEqual(text.split(/\n/).length);
		});
		await check(isFine, { runs: RUNS });
	});

	it('the bytes of an image is one or none, at once', async () => {
		const heads = [
			'89504e470d0a1a0a0000000d49484452',
			'ffd8ffe000104a464946',
			'ffd8ffe1ffff45786966',
			'52494646ffffffff57454250565038',
			'424d',
			'49492a0008000000',
			'4d4d002a',
			'474946383961',
			'00000018667479706865696300000000',
			'0000000c6a5020200d0a870a',
			'3c737667',
		];
		const bytes = fc
			.tuple(
				fc.constantFrom('', ...heads),
				fc.uint8Array({ maxLength: 600 }),
				fc.integer({ min: 0, max: 50 }),
			)
			.map(([head, tail, times]) =>
				Buffer.concat([Buffer.from(head, 'hex'), ...Array.from({ length: times }, () => tail)]),
			);
		const isFine = property(bytes, (file) => {
			const header = inTime(() => inspectImage(file));
			if (!header) return;
			expect([typeof header.width, typeof header.height]).toEqual(['number', 'number']);
		});
		await check(isFine, { runs: 3 * RUNS });
	});

	it('Retry-After is a pause or none', async () => {
		const value = fc.oneof(
			fc.string(),
			fc.double().map(String),
			fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
		);
		const isFine = property(value, (text) => {
			const pause = retryAfterMs(
				{ status: 429, headers: { 'retry-after': text }, body: undefined, text: '' },
				Date.UTC(2026, 0, 1),
			);
			if (pause !== undefined) expect(pause).toBeGreaterThanOrEqual(0);
		});
		await check(isFine, { runs: RUNS });
	});
});

describe('What was found once does not come again:', () => {
	it.each(PROVIDERS)('an image of $name whose data URI holds no bytes', (provider) => {
		const empty = 'data:image/png;base64,';
		for (const body of [
			{ images: empty },
			{ data: empty },
			{ data: [{ b64_json: empty }] },
			{ id: 'task-unified-1-1', status: 'completed', results: [empty] },
		]) {
			expectReadable(
				provider.parseResponse(
					{ status: 200, headers: {}, body, text: JSON.stringify(body) },
					orderOf(provider, {}),
				),
				provider,
			);
		}
	});
});

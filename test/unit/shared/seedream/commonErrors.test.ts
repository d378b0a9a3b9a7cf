import { describe, expect, it } from 'vitest';
import {
	isRefunded,
	noAnswerError,
	noBalanceError,
	noTasksError,
	taskError,
	taskNotReadError,
	unreachableError,
	unreadableReferenceError,
	unreadableResponseError,
	waitTimeoutError,
	withBillingHint,
	withRetryAfterHint,
} from '../../../../nodes/shared/seedream/commonErrors';
import type { SeedreamError } from '../../../../nodes/shared/seedream/errors';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import { UNREADABLE_IMAGE } from '../../../../nodes/shared/seedream/task';
import { aBinary, anAnswer, aTask, TASK_ID } from '../../support';

const BROKEN = { sent: 'maybe', code: 'ECONNRESET', message: 'the connection broke' } as const;

const refusal = (changes: Partial<SeedreamError> = {}): SeedreamError => ({
	message: 'It was refused',
	hint: 'Do this.',
	retryable: true,
	billed: 'unknown',
	...changes,
});

describe('what a task that ended without images says', () => {
	it('nothing, as long as it has not ended or has an image', () => {
		const image = { index: 0, source: { kind: 'url', url: 'https://x.test/1' } } as const;
		expect(taskError(aTask({ status: 'processing' }), evolink)).toBeUndefined();
		expect(taskError(aTask({ images: [image] }), evolink)).toBeUndefined();
	});

	it('why it failed, what to do and that it cost nothing', () => {
		const problem = { code: 'content_policy_violation', message: 'blocked by safety filters' };
		const error = taskError(aTask({ status: 'failed', problem, requestId: 'r1' }), evolink);
		expect(error).toMatchObject({
			message: 'EvoLink could not make the images: blocked by safety filters',
			code: 'content_policy_violation',
			taskId: TASK_ID,
			requestId: 'r1',
			retryable: false,
			billed: 'no',
		});
		expect(error?.hint).toContain('Change the prompt or the reference images');
	});

	it('that it was cancelled', () => {
		const error = taskError(aTask({ status: 'cancelled' }), evolink);
		expect(error).toMatchObject({ code: 'cancelled', billed: 'no' });
		expect(error?.message).toContain('cancelled the task');
	});

	it('the first reason of a set in which every image failed', () => {
		const failedImages = [
			{ index: 0, code: 'content_policy_violation', message: 'unsafe' },
			{ index: 1, message: 'other' },
		];
		expect(taskError(aTask({ failedImages }), evolink)).toMatchObject({
			code: 'content_policy_violation',
			billed: 'no',
			retryable: false,
		});
	});

	it('that it is billed where the provider says so of images that are no more', () => {
		const failedImages = [{ index: 0, code: 'gone', message: 'they were removed' }];
		const task = aTask({ failedImages, billed: 'yes' });
		expect(taskError(task, evolink)).toMatchObject({ code: 'gone', billed: 'yes' });
		expect(isRefunded(task, evolink)).toBe(false);
	});

	it('that nobody knows whether it was billed when it is completed and empty', () => {
		expect(taskError(aTask(), evolink)).toMatchObject({ code: 'no_images', billed: 'unknown' });
	});

	it('that nobody knows it either where a member of the set cannot be read', () => {
		const failedImages = [
			{ index: 0, message: 'unsafe' },
			{ index: 1, code: UNREADABLE_IMAGE, message: 'There is no image in 7' },
		];
		expect(taskError(aTask({ failedImages }), evolink)).toMatchObject({
			billed: 'unknown',
			retryable: false,
			failedImages,
		});
	});

	it('how to fetch it later, when the wait is over first', () => {
		const error = waitTimeoutError(aTask({ status: 'processing' }), evolink, 599_600);
		expect(error).toMatchObject({ code: 'wait_timeout', taskId: TASK_ID, billed: 'unknown' });
		expect(error.message).toContain('still processing at EvoLink after 600 seconds');
		expect(error.hint).toContain(`Get Task operation with the ID ${TASK_ID}`);
		expect(error.hint).toContain('do not run the request again');
	});
});

describe('a task is made anew', () => {
	it('only where it has ended without being billed', () => {
		expect(isRefunded(aTask({ status: 'failed' }), evolink)).toBe(true);
		expect(isRefunded(aTask({ status: 'processing' }), evolink)).toBe(false);
		expect(isRefunded(aTask(), evolink)).toBe(false);
	});
});

describe('nothing is billed, and the error says so, where nothing was accepted', () => {
	it.each([
		['no_tasks', noTasksError(evolink, TASK_ID)],
		['no_balance', noBalanceError(evolink)],
		['unreadable_reference', unreadableReferenceError(evolink, aBinary('a'))],
		['ECONNREFUSED', unreachableError(evolink, { sent: 'no', code: 'ECONNREFUSED', message: '' })],
		['unreachable', unreachableError(evolink, { sent: 'no', message: 'no address' })],
	])('%s', (code, error) => expect(error).toMatchObject({ code, billed: 'no' }));
});

describe('what may have been paid for is never to be sent again just so', () => {
	it('without an answer: look at the account first', () => {
		const error = noAnswerError(evolink, BROKEN);
		expect(error).toMatchObject({ code: 'no_answer', billed: 'unknown', retryable: false });
		expect(error.hint).toContain('Look at your account at EvoLink before you run it again');
	});

	it('after a refusal that leaves it open: its hint, and the account', () => {
		const error = withBillingHint(evolink, refusal());
		expect(error).toMatchObject({ billed: 'unknown', retryable: false });
		expect(error.hint).toMatch(/^Do this\. .*Look at your account/);
	});

	it('and the advice of all trouble, to run it again, is taken back', () => {
		const { hint } = evolink.hintForTask(undefined);
		expect(withBillingHint(evolink, refusal({ hint })).hint).not.toContain(hint);
	});

	it('unless it is known that it was not billed', () => {
		const free = refusal({ billed: 'no' });
		expect(withBillingHint(evolink, free)).toBe(free);
	});
});

describe('a task that cannot be read', () => {
	it.each([
		[401, /^Do this\./],
		[402, /^Top up/],
		[404, /^Do this\./],
		[422, /^Read the message/],
		[429, /takes no more requests/],
		[503, /^Check the base URL/],
		[undefined, /^Check the base URL/],
	])('after HTTP %s: what to do, and that it may be paid for', (httpStatus, hint) => {
		const error = taskNotReadError(
			refusal({ billed: 'no', ...(httpStatus && { httpStatus }) }),
			TASK_ID,
		);
		expect(error).toMatchObject({ taskId: TASK_ID, billed: 'unknown', retryable: false });
		expect(error.hint).toMatch(hint);
		expect(error.hint).toContain(`Get Task operation with the ID ${TASK_ID}`);
	});
});

describe('a pause that is too long to wait for', () => {
	it('is said in words, with what it means', () => {
		const { hint } = withRetryAfterHint(evolink, refusal(), 600_000);
		expect(hint).toMatch(/EvoLink asks to wait 10 minutes.*Nothing was accepted or billed/);
	});
});

describe('an answer that is not what the documentation promises', () => {
	it('is shown as it begins, in one line', () => {
		const page = `<html>\n\t${'x'.repeat(500)}`;
		const error = unreadableResponseError(evolink, anAnswer(200, page, { 'x-request-id': 'r1' }));
		expect(error).toMatchObject({ code: 'unreadable_answer', httpStatus: 200, requestId: 'r1' });
		expect(error.message).toMatch(/\(HTTP 200\): <html> x{113}$/);
	});

	it('is called empty where it is', () => {
		expect(unreadableResponseError(evolink, anAnswer(502, '')).message).toContain('an empty body');
	});
});

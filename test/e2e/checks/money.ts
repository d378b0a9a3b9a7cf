import assert from 'node:assert/strict';
import type { Fault } from '../../emulator';
import { rows, run, seedream } from '../scenario';
import type { Stage } from '../stage';
import { errorOf, itemsOf } from '../support/execution';
import type { Check } from './check';

const ORDER = {
	operation: 'generate',
	prompt: 'A red kite',
	aspectRatio: '1:1',
	resolution: '1K',
	download: false,
};
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

/** The number of POSTs and the message, with n8n's Retry On Fail or without. */
async function orderUnderFault(
	stage: Stage,
	fault: Fault,
	retries: boolean,
	prompt: string,
): Promise<{ posts: number; message: string }> {
	stage.emulator.reset();
	stage.emulator.addFault(fault);
	const order = { ...ORDER, prompt };
	const execution = await run(stage, 'One order', [
		seedream(stage.credential, order, retries ? RETRY : {}),
	]);
	assert.equal(execution.status, 'error');
	return { posts: stage.emulator.requestsOf('create').length, message: errorOf(execution) ?? '' };
}

function onePost(name: string, fault: Fault, prompt = ORDER.prompt): Check {
	return {
		name,
		run: async (stage) => {
			const once = await orderUnderFault(stage, fault, false, prompt);
			assert.equal(once.posts, 1, 'POSTs without Retry On Fail');
			const retried = await orderUnderFault(stage, fault, true, prompt);
			assert.equal(retried.posts, 1, 'POSTs with Retry On Fail');
			assert.notEqual(retried.message, once.message, 'n8n did not retry');
			return `1 POST ("${once.message}"), with Retry On Fail 1 POST ("${retried.message}")`;
		},
	};
}

export const refusedWithServerError = onePost('create answered with 500', {
	on: 'create',
	status: 500,
});

export const cutAfterAcceptance = onePost('create cut after acceptance', {
	on: 'create',
	reset: 'after',
});

export const cutWithMovingPrompt = onePost(
	'create cut after acceptance, another prompt at each try',
	{ on: 'create', reset: 'after' },
	'=A red kite at {{ $now.toMillis() }} {{ Math.random() }}',
);

export const movingPrompts: Check = {
	name: 'queries fail, another prompt at each try, Retry On Fail',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.addFault({ on: 'query', status: 403, times: 2 });
		const order = {
			...ORDER,
			prompt: '=A red kite at {{ $now.toMillis() }}',
			numberOfImages: '={{ 1 + Math.floor(Math.random() * 4) }}',
		};
		const execution = await run(stage, 'Moving prompts', [
			seedream(stage.credential, order, RETRY),
		]);
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.equal(emulator.requestsOf('create').length, 1, 'POSTs for one item');
		return `2 refused queries, 3 tries, 1 POST`;
	},
};

export const failingQueries: Check = {
	name: 'queries fail, Retry On Fail',
	run: async (stage) => {
		const { emulator } = stage;
		// Not one of those that the node itself reads again, so that it is n8n that runs the node again.
		emulator.addFault({ on: 'query', status: 403, times: 3 });
		const table = [1, 2, 3].map((number) => ({ prompt: `Kite ${number}` }));
		const order = { ...ORDER, prompt: '={{ $json.prompt }}' };
		const execution = await run(stage, 'Queries fail', [
			...rows(table),
			seedream(stage.credential, order, RETRY),
		]);
		assert.equal(execution.status, 'success', errorOf(execution));
		const posts = emulator.requestsOf('create').length;
		const refused = emulator.requestsOf('query').filter(({ status }) => status === 403).length;
		assert.equal(refused, 3);
		assert.equal(posts, 3, 'POSTs for three items');
		assert.equal(itemsOf(execution, 'Seedream').length, 3);
		return `3 items, ${refused} refused queries, ${posts} POSTs, 3 finished tasks`;
	},
};

export const deafQueries: Check = {
	name: 'queries answered with 500 beyond the deadline, Retry On Fail',
	run: async (stage) => {
		const { emulator } = stage;
		emulator.addFault({ on: 'query', status: 500 });
		const order = { ...ORDER, options: { maxWaitSeconds: 1 } };
		const execution = await run(stage, 'Deaf queries', [seedream(stage.credential, order, RETRY)]);
		assert.equal(execution.status, 'error');
		const [create] = emulator.requestsOf('create');
		assert.equal(emulator.requestsOf('create').length, 1);
		assert.ok(create);
		return `${emulator.requestsOf('query').length} failing queries, 1 POST; "${errorOf(execution)}"`;
	},
};

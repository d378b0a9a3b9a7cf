import assert from 'node:assert/strict';
import type { Check } from '../../checks/check';
import type { Stage } from '../../stage';
import { itemsOf, type Execution } from '../../support/execution';
import { begin, FAILED, flow, NEXT, untilOver } from '../flow';

const PROMPTS = ['A kite', 'A [moderated] kite', 'A boat'];
const COMPLETIONS = ['poll', 'callback'];

/** What differs from one run to the next. */
function comparable(value: unknown): unknown {
	const text = JSON.stringify(value, (key, inner: unknown) => {
		if (['createdAt', 'expiresAt', 'url', 'directory', 'id', 'requestId'].includes(key))
			return undefined;
		return inner;
	});
	return JSON.parse(text.replace(/task-unified-[\w-]+?(?=-\d+\.|[^\w-]|$)/g, 'task'));
}

function outcome(execution: Execution): unknown {
	const { error } = execution.data.resultData;
	return comparable({
		status: execution.status,
		error: error && {
			message: error.message,
			description: error.description,
			context: error['context'],
			httpCode: error['httpCode'],
		},
		next: itemsOf(execution, NEXT),
		failed: itemsOf(execution, FAILED),
	});
}

async function outcomeOf(stage: Stage, completion: string, onError: string): Promise<unknown> {
	stage.emulator.reset();
	stage.emulator.setTaskMs(1500);
	const options = { concurrency: 1, pollIntervalSeconds: 1 };
	const definition = flow(stage, `Fails by ${completion}, ${onError}`, {
		prompts: PROMPTS,
		parameters: { completion, options },
		settings: { onError },
	});
	const execution = await untilOver(stage, await begin(stage, definition));
	assert.equal(stage.emulator.requestsOf('create').length, PROMPTS.length);
	return outcome(execution);
}

/** A failure ends the same way, whether the node polls or suspends. */
export const failureChecks: Check[] = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
].map((onError) => ({
	name: `failure, ${onError}, as with polling`,
	run: async (stage) => {
		const [polled, resumed] = [
			await outcomeOf(stage, 'poll', onError),
			await outcomeOf(stage, 'callback', onError),
		];
		assert.deepEqual(resumed, polled);
		return `the same of ${COMPLETIONS.join(' and ')}: ${JSON.stringify(polled).slice(0, 260)} …`;
	},
}));

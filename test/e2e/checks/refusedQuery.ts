import assert from 'node:assert/strict';
import { run, seedream } from '../scenario';
import { itemsOf } from '../support/execution';
import type { Fault } from '../../emulator';
import type { Check } from './check';

/** A task that was made may be paid for, whatever happens to the reading of it: the error must say how to get at it. */
function namesTheTask(name: string, fault: Fault): Check {
	return {
		name,
		run: async (stage) => {
			stage.emulator.addFault(fault);
			const order = {
				operation: 'generate',
				prompt: 'A red kite',
				resolution: '1K',
				options: { maxWaitSeconds: 2 },
			};
			const execution = await run(stage, name, [
				seedream(stage.credential, order, { onError: 'continueErrorOutput' }),
			]);
			const [item] = itemsOf(execution, 'Seedream', 1);
			const text = JSON.stringify(item?.json['error'] ?? {});
			assert.match(text, /"taskId":"task-unified-/, text);
			assert.match(text, /Get Task/, text);
			assert.doesNotMatch(text, /"billed":"no"/, text);
			return text;
		},
	};
}

export const refusedQueries: Check[] = [
	namesTheTask('paid task, query refused', { on: 'query', status: 403 }),
	namesTheTask('paid task, queries answered with 500', { on: 'query', status: 500 }),
	namesTheTask('paid task, no JSON in answer to the query', { on: 'query', notJson: true }),
	namesTheTask('paid task that does not end in time', { on: 'create', neverEnds: true }),
];

import assert from 'node:assert/strict';
import { rows, run, seedream } from '../scenario';
import type { Stage } from '../stage';
import { itemsOf, runOf, type Execution } from '../support/execution';
import type { WorkflowNode } from '../support/workflow';
import type { Check } from './check';

const WRONG_SIZE = 3;
const TOO_MANY = 7;

function referenceUrls(item: number, count: number): string[] {
	return Array.from({ length: count }, (_, index) => `https://example.com/${item}-${index}.png`);
}

/** Twelve edits; one has a size below the minimum, another 15 references where 14 are allowed. */
const TABLE = Array.from({ length: 12 }, (_, item) => ({
	prompt: `Image ${item}`,
	side: item === WRONG_SIZE ? 100 : 1024,
	urls: referenceUrls(item, item === TOO_MANY ? 15 : 1),
}));

const PARAMETERS = {
	operation: 'edit',
	imageSource: 'url',
	imageUrls: '={{ $json.urls }}',
	prompt: '={{ $json.prompt }}',
	sizeMode: 'pixels',
	width: '={{ $json.side }}',
	height: '={{ $json.side }}',
	download: false,
};

async function runTable(stage: Stage, settings: Partial<WorkflowNode>): Promise<Execution> {
	return await run(stage, 'Twelve items', [
		...rows(TABLE),
		seedream(stage.credential, PARAMETERS, settings),
	]);
}

export const stopsBeforeSending: Check = {
	name: '12 items, two of them wrong, node stops',
	run: async (stage) => {
		const execution = await runTable(stage, {});
		assert.equal(execution.status, 'error');
		assert.equal(stage.emulator.requests.length, 0, 'requests were sent');
		const message = runOf(execution, 'Seedream')?.error?.message ?? '';
		assert.match(message, /100x100/);
		assert.match(message, /15 reference images/);
		return `0 requests, one message: ${message}`;
	},
};

export const continuesWithTheOthers: Check = {
	name: '12 items, two of them wrong, node continues',
	run: async (stage) => {
		const execution = await runTable(stage, { onError: 'continueErrorOutput' });
		assert.equal(execution.status, 'success', runOf(execution, 'Seedream')?.error?.message);
		const good = itemsOf(execution, 'Seedream');
		const bad = itemsOf(execution, 'Seedream', 1);
		assert.equal(stage.emulator.requestsOf('create').length, 10);
		assert.equal(new Set(good.map(({ json }) => json['taskId'])).size, 10, 'tasks in the output');
		assert.deepEqual(
			bad.map(({ pairedItem }) => pairedItem),
			[{ item: WRONG_SIZE }, { item: TOO_MANY }],
		);
		const text = bad.map(({ json }) => JSON.stringify(json['error']));
		assert.match(text[0] ?? '', /100x100.*"billed":"no"/);
		assert.match(text[1] ?? '', /15 reference images.*"billed":"no"/);
		return `10 POSTs, 10 tasks, error rows for the items ${WRONG_SIZE} and ${TOO_MANY}`;
	},
};

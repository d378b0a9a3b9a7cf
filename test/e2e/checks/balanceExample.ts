import assert from 'node:assert/strict';
import { CREDITS_PER_IMAGE } from '../../emulator';
import { GOOD_KEY, type Stage } from '../stage';
import { errorOf, itemsOf } from '../support/execution';
import {
	changed,
	hasRun,
	ordersOf,
	runExample,
	type ExampleRun,
	type Particulars,
} from './exampleRun';

const IMAGES = 6;
/** What the example reserves for its six images. */
const ENOUGH = 12;
const TOO_FEW = 11.9;

/** With just enough credits the batch is made; with too few, or with more rows than the option allows, nothing is ordered. */
export const balanceBeforeBatch: Particulars = {
	prepare: (stage) => setCredits(stage, ENOUGH),
	notTaken: ['Balance Too Low'],
	prove: async (run) =>
		`${madeWithEnough(run)}; ${await stopsWithTooFew(run)}; ${await refusesMore(run)}`,
};

function setCredits({ emulator }: Stage, credits: number): void {
	emulator.setCredits(GOOD_KEY, { user: credits, token: credits });
}

function madeWithEnough({ stage, execution }: ExampleRun): string {
	const balances = itemsOf(execution, 'Get Balance').map(({ json }) => [
		json['provider'],
		json['balance'],
		json['unit'],
	]);
	assert.deepEqual(balances, [['evolink', ENOUGH, 'credits']]);
	const orders = ordersOf(stage);
	assert.deepEqual(
		orders.map(({ n }) => n),
		[2, 2, 2],
	);
	assert.equal(new Set(orders.map(({ prompt }) => prompt)).size, 3, 'the rows were lost');
	assert.equal(itemsOf(execution, 'Make the Batch').length, IMAGES);
	const used = stage.emulator.creditsUsed();
	assert.ok(Math.abs(used - IMAGES * CREDITS_PER_IMAGE) < 0.001, `${used} credits were used`);
	return `with ${ENOUGH} credits, as the provider says, ${IMAGES} images for ${used}`;
}

async function stopsWithTooFew({ stage, example }: ExampleRun): Promise<string> {
	stage.emulator.reset();
	setCredits(stage, TOO_FEW);
	const execution = await runExample(stage, example);
	assert.equal(execution.status, 'error');
	const message = `Nothing was made: ${TOO_FEW} credits are left, and the batch may need ${ENOUGH}.`;
	assert.equal(errorOf(execution), message);
	assert.equal(hasRun(execution, 'Rows'), false);
	assert.equal(ordersOf(stage).length, 0);
	return `with ${TOO_FEW} 0 POSTs ("${message}")`;
}

/** Four rows order eight images. */
async function refusesMore({ stage, example }: ExampleRun): Promise<string> {
	stage.emulator.reset();
	const rows = ['teapot', 'desk lamp', 'wool blanket', 'vase'].map((product) => ({ product }));
	const execution = await runExample(
		stage,
		changed(example, 'Rows', { jsonOutput: JSON.stringify({ rows }) }),
	);
	assert.equal(execution.status, 'error');
	const message = errorOf(execution) ?? '';
	assert.match(message, /\b8\b/);
	assert.match(message, /\b6\b/);
	assert.equal(ordersOf(stage).length, 0);
	return `with 4 rows 0 POSTs ("${message}")`;
}

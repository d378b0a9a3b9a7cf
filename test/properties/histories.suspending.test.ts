import { afterAll, beforeAll, describe, it } from 'vitest';
import { checkHistories } from './histories/histories';
import { openStage, type Stage } from './histories/stage';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => await stage.close());

const MINUTE = 60_000;

describe('Whatever goes wrong, is stopped, retried or changed, nothing is paid twice and nothing that was paid for is lost', () => {
	it('where the node sleeps until the callbacks come', { timeout: 20 * MINUTE }, async () => {
		const kind = {
			completions: ['callback'],
			providers: ['evolink'],
			maxWaits: [4],
			taskMs: [30, 30, 8],
		} as const;
		await checkHistories(stage, kind, { runs: 1000, mostMs: 18 * MINUTE });
	});
});

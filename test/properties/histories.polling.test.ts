import { afterAll, beforeAll, describe, it } from 'vitest';
import { SYNCHRONOUS_DIALECTS } from '../providers';
import { checkHistories } from './histories/histories';
import { openStage, type Stage } from './histories/stage';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => await stage.close());

const MINUTE = 60_000;

describe('Whatever goes wrong, is stopped, retried or changed, nothing is paid twice and nothing that was paid for is lost', () => {
	it('where the node waits by polling, or submits only', { timeout: 20 * MINUTE }, async () => {
		const kind = {
			completions: ['poll', 'poll', 'submit'],
			providers: ['evolink'],
			maxWaits: [4, 4, 4, 1],
			taskMs: [8, 20],
		} as const;
		await checkHistories(stage, kind, { runs: 800, mostMs: 18 * MINUTE });
	});

	it('where the provider answers with the images', { timeout: 10 * MINUTE }, async () => {
		const kind = {
			completions: ['poll', 'callback', 'submit'],
			providers: SYNCHRONOUS_DIALECTS.map(({ id }) => id),
			maxWaits: [300],
			taskMs: [3],
		} as const;
		await checkHistories(stage, kind, { runs: 300, mostMs: 8 * MINUTE });
	});
});

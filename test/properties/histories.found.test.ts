import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FOUND } from './found';
import { play } from './histories/histories';
import { openStage, type Stage } from './histories/stage';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => await stage.close());

describe('What was found once does not come again:', () => {
	it.each(FOUND.map((found) => [found.what, found] as const))(
		'%s',
		{ timeout: 120_000 },
		async (_what, { scene, times = 1 }) => {
			for (let played = 0; played < times; played++)
				expect(await play(stage, scene)).toBeUndefined();
		},
	);
});

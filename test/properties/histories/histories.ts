import { asyncProperty } from 'fast-check';
import { check } from '../support/check';
import { anyScene, type Kind } from './anyScene';
import { Player } from './player';
import { brokenPromises } from './promises';
import type { Scene } from './scene';
import type { Stage } from './stage';
import { tell } from './story';

/** Plays a history and gives what it breaks, told for people; undefined where all is well. */
export async function play(stage: Stage, scene: Scene): Promise<string | undefined> {
	const history = await new Player(stage, scene).play();
	const broken = brokenPromises(history);
	return broken.length > 0 ? tell(history, broken) : undefined;
}

/** Plays histories of a kind until one breaks a promise. */
export async function checkHistories(
	stage: Stage,
	kind: Kind,
	plan: { runs: number; mostMs: number },
): Promise<void> {
	const keepsItsPromises = asyncProperty(anyScene(kind), async (scene) => {
		const broken = await play(stage, scene);
		if (broken !== undefined) throw new Error(broken);
	});
	await check(keepsItsPromises, plan);
}

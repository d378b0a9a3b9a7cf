import { assert, type IAsyncProperty, type IProperty, type RunDetails } from 'fast-check';
import { relative } from 'node:path';
import { expect } from 'vitest';

/** How a property is run. */
export interface Plan {
	/** How often, unless PROPERTY_RUNS says otherwise. */
	runs: number;
	/** Milliseconds after which making a failure smaller is given up. */
	mostMs?: number;
}

/** What the values are made from unless PROPERTY_SEED says otherwise: a change is to be judged by itself, not by chance. */
const SEED = 20261121;

/**
 * Runs a property. What fails is made smaller and told with the command that replays it: PROPERTY_SEED and PROPERTY_PATH lead to the same
 * values, PROPERTY_RUNS says how many are tried. PROPERTY_SEED=new looks where nobody has looked yet.
 */
export async function check<T>(
	property: IAsyncProperty<[T]> | IProperty<[T]>,
	plan: Plan,
): Promise<void> {
	const { PROPERTY_SEED: seed = SEED, PROPERTY_PATH: path, PROPERTY_RUNS: runs } = process.env;
	await assert<[T]>(property, {
		numRuns: Number(runs ?? plan.runs),
		...(seed !== 'new' && { seed: Number(seed) }),
		...(path && { path, endOnFailure: false }),
		...(plan.mostMs && { interruptAfterTimeLimit: plan.mostMs, markInterruptAsFailure: true }),
		reporter: tell,
	});
}

function tell<T>(details: RunDetails<[T]>): void {
	if (!details.failed) return;
	const {
		seed,
		counterexamplePath,
		counterexample,
		errorInstance,
		numRuns,
		numShrinks,
		interrupted,
	} = details;
	const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
	const text = [
		interrupted && !counterexample
			? `Not done in time: ${numRuns} runs.`
			: `Failed at run ${numRuns}, made smaller ${numShrinks} times.`,
		`Replay: PROPERTY_SEED=${seed} PROPERTY_PATH=${counterexamplePath ?? ''} npx vitest run ${thisTest()}`,
		`Smallest: ${JSON.stringify(counterexample?.[0])}`,
		reason,
	];
	throw new Error(text.join('\n'));
}

function thisTest(): string {
	const { testPath = '', currentTestName = '' } = expect.getState();
	const name = currentTestName.split(' > ').at(-1) ?? '';
	return `${relative(process.cwd(), testPath)} -t '${name.replaceAll("'", '.')}'`;
}

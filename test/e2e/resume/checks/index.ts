import { pairOfExamples } from '../../checks/callbackExamples';
import type { Check } from '../../checks/check';
import { exampleChecks } from '../../checks/examples';
import { newestVersion, type InstalledHost } from '../versions';
import { concurrencyLimit } from './concurrency';
import { killedWhileCollecting } from './crashed';
import { deadlinePasses } from './deadline';
import { eachProvider } from './eachProvider';
import { failureChecks } from './failures';
import { forgedCallbacks, liedAboutFailure } from './forged';
import { callbacksLost, killedWhileWaiting } from './killed';
import { suspendsForLayers } from './layers';
import { movingPrompt } from './moving';
import { earlyCallbacks, instantTasks, parallelCallbacks } from './repeated';
import { suspends } from './suspend';
import {
	triggerElsewhere,
	triggerOnce,
	triggerPair,
	triggerRace,
	triggerRefuses,
	triggerTruth,
} from './trigger';
import { bracedName, waitNodeAfter } from './waitNode';

/** Each way to sleep, to wake and to be started once, in little time: on every version before each change is taken in. */
const QUICK: readonly Check[] = [
	suspends(5, 2500),
	...failureChecks,
	movingPrompt,
	waitNodeAfter,
	bracedName,
	triggerPair,
	triggerOnce,
	triggerRefuses,
	triggerElsewhere,
	triggerTruth,
	forgedCallbacks,
	earlyCallbacks,
];

/** What takes longer: many tasks at once, each provider, races, n8n killed, deadlines. */
const THOROUGH: readonly Check[] = [
	suspends(1, 2500),
	suspends(50, 5000),
	suspends(100, 8000),
	suspendsForLayers,
	...eachProvider,
	triggerRace(5),
	pairOfExamples,
	...exampleChecks.filter(({ name }) => name.includes('suspend')),
	liedAboutFailure,
	parallelCallbacks,
	instantTasks,
	killedWhileWaiting,
	killedWhileCollecting,
	callbacksLost,
	deadlinePasses,
];

/** The checks for one n8n, in the order in which they run. */
export function checksFor(
	installed: InstalledHost,
	tarball: string,
	onlyQuick: boolean,
): readonly Check[] {
	if (onlyQuick) return QUICK;
	const isNewest = installed.host.version === newestVersion;
	return [...QUICK, ...THOROUGH, ...(isNewest ? [concurrencyLimit(installed, tarball)] : [])];
}

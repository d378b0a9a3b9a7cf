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

/** Every check in the order in which they run. */
export function checksFor(installed: InstalledHost, tarball: string): Check[] {
	const checks = [
		suspends(1, 2500),
		suspends(5, 2500),
		suspends(50, 5000),
		suspends(100, 8000),
		suspendsForLayers,
		...eachProvider,
		...failureChecks,
		movingPrompt,
		waitNodeAfter,
		bracedName,
		triggerPair,
		triggerOnce,
		triggerRace(5),
		triggerRefuses,
		triggerElsewhere,
		triggerTruth,
		pairOfExamples,
		...exampleChecks.filter(({ name }) => name.includes('suspend')),
		forgedCallbacks,
		liedAboutFailure,
		parallelCallbacks,
		earlyCallbacks,
		instantTasks,
		killedWhileWaiting,
		killedWhileCollecting,
		callbacksLost,
		deadlinePasses,
	];
	return installed.host.version === newestVersion
		? [...checks, concurrencyLimit(installed, tarball)]
		: checks;
}

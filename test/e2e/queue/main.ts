import { parseArgs } from 'node:util';
import type { Check } from '../checks/check';
import { eachProvider } from '../resume/checks/eachProvider';
import { failureChecks } from '../resume/checks/failures';
import { forgedCallbacks } from '../resume/checks/forged';
import { parallelCallbacks } from '../resume/checks/repeated';
import { suspends } from '../resume/checks/suspend';
import { triggerOnce, triggerPair, triggerRace } from '../resume/checks/trigger';
import { Score } from '../score';
import { hasCommand } from '../../../scripts/command';
import { ensureHost } from '../support/install';
import { isolate } from '../support/isolated';
import { packTarball } from '../../../scripts/packTarball';
import { canInstallDebianPackages, installDebianPackages, say } from '../support/system';
import { startCluster, type Cluster } from './cluster';
import { killedWorker } from './killedWorker';
import { ensurePrograms } from './programs';

/** Rounds of parallel deliveries: a race between two workers is not lost every time. */
const RACES = 20;

/** `npm run e2e:queue -- [--quick] [--only <part of a name>]` */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			only: { type: 'string', default: '' },
		},
	});
	const [host, programs] = [await ensureHost(), await ensurePrograms()];
	if (canInstallDebianPackages() && !hasCommand('ip'))
		await installDebianPackages(['iproute2'], 'An isolated network');
	const tarball = await packTarball();
	say(`Kept from the outside by: ${await isolate()}`);

	say(
		`Starting n8n ${host.version} in queue mode: PostgreSQL, Redis, main, two workers, a webhook process …`,
	);
	const begun = Date.now();
	const cluster = await startCluster(host, programs, tarball);
	say(`Started in ${Math.round((Date.now() - begun) / 1000)} s.`);
	const score = new Score();
	try {
		const checks = values.quick ? QUICK : [...QUICK, ...thorough(cluster)];
		for (const check of checks.filter(({ name }) => name.includes(values.only))) {
			cluster.emulator.reset();
			await score.take({ ...check, name: `queue  ${check.name}` }, cluster);
		}
	} finally {
		await cluster.close();
	}
	console.log(score.summary());
	process.exitCode = score.failed === 0 ? 0 : 1;
}

/** What several processes may do differently, in little time. */
const QUICK: readonly Check[] = [
	suspends(1, 2500),
	...eachProvider,
	...failureChecks,
	forgedCallbacks,
	parallelCallbacks,
	triggerPair,
	triggerOnce,
];

function thorough(cluster: Cluster): Check[] {
	return [suspends(20, 4000), triggerRace(RACES), killedWorker(cluster)];
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

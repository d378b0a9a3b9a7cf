import { parseArgs } from 'node:util';
import { hasCommand } from '../../scripts/command';
import { packTarball } from '../../scripts/packTarball';
import { startCluster } from '../e2e/queue/cluster';
import { ensurePrograms } from '../e2e/queue/programs';
import type { Served } from '../e2e/resume/flow';
import { Score } from '../e2e/score';
import { openStage } from '../e2e/stage';
import { ensureHost, type HostPaths } from '../e2e/support/install';
import { isolate } from '../e2e/support/isolated';
import { canInstallDebianPackages, installDebianPackages, say } from '../e2e/support/system';
import type { Processes } from './alive';
import { endsAtTrigger, itemsInOne, suspendedAtOnce, type Load } from './loads';

/** Painting a thousand images is not n8n's work. */
const emulator = { alike: true };

/**
 * What n8n lets in on two cores, in regular mode and in queue mode: of 500 callbacks within five seconds it answers so few that
 * the provider gives more than half up, with its own Webhook node of version 1 as with the trigger.
 */
const bursts = [endsAtTrigger(100, 5000), suspendedAtOnce(10, 10)];

interface Opened {
	stage: Served;
	processes: Processes;
}

/** A way to run n8n. */
interface Mode {
	readonly name: string;
	readonly loads: readonly Load[];
	/** Installs what it needs, while there is a network, and gives what starts it. */
	readonly prepare: () => Promise<(host: HostPaths, tarball: string) => Promise<Opened>>;
}

const regular: Mode = {
	name: 'regular',
	loads: [itemsInOne(1000), ...bursts],
	prepare: async () => async (_, tarball) => {
		const stage = await openStage([tarball], { emulator });
		return { stage, processes: { serving: [stage.n8n], all: [stage.n8n] } };
	},
};

const queue: Mode = {
	name: 'queue',
	loads: bursts,
	prepare: async () => {
		const programs = await ensurePrograms();
		return async (host, tarball) => {
			const stage = await startCluster(host, programs, tarball, emulator);
			const serving = [stage.n8n, stage.webhook];
			return { stage, processes: { serving, all: [...serving, ...stage.workers] } };
		};
	},
};

/** `npm run load -- [--only <part of a name>]`: work in great amounts, of which nothing may be lost, in an n8n that stays alive. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
	const chosen = [regular, queue].flatMap(({ name, loads, prepare }) =>
		loads
			.map((load) => ({ ...load, name: `${name}  ${load.name}`, prepare }))
			.filter((load) => load.name.includes(values.only)),
	);
	if (chosen.length === 0) throw new Error(`No load has "${values.only}" in its name.`);
	const host = await ensureHost();
	if (canInstallDebianPackages() && !hasCommand('ip'))
		await installDebianPackages(['iproute2'], 'An isolated network');
	const tarball = await packTarball();
	const ready = [];
	for (const load of chosen) ready.push({ ...load, open: await load.prepare() });
	say(`Kept from the outside by: ${await isolate()}`);

	const score = new Score();
	for (const { name, run, open } of ready) {
		// Each in an n8n of its own, so that the memory is that of one load.
		const { stage, processes } = await open(host, tarball);
		try {
			await score.take({ name, run: async () => await run(stage, processes) }, stage);
		} finally {
			await stage.close();
		}
	}
	console.log(score.summary());
	process.exitCode = score.failed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

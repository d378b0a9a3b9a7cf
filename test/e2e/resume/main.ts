import { parseArgs } from 'node:util';
import { Score } from '../score';
import { hasCommand } from '../../../scripts/command';
import { isolate } from '../support/isolated';
import { packTarball } from '../../../scripts/packTarball';
import { canInstallDebianPackages, installDebianPackages, say } from '../support/system';
import { checksFor } from './checks';
import { openStageOn } from './stage';
import { installVersions, type InstalledHost } from './versions';

/** `npm run e2e:resume -- [--n8n <version>]… [--quick] [--only <part of a name>]` */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			n8n: { type: 'string', multiple: true, default: [] },
			quick: { type: 'boolean', default: false },
			only: { type: 'string', default: '' },
		},
	});
	const hosts = await installVersions(values.n8n);
	if (canInstallDebianPackages() && !hasCommand('ip'))
		await installDebianPackages(['iproute2'], 'An isolated network');
	const tarball = await packTarball();
	say(`Kept from the outside by: ${await isolate()}`);

	const score = new Score();
	for (const host of hosts) await runOn(host, tarball, values, score);
	console.log(score.summary());
	process.exitCode = score.failed === 0 ? 0 : 1;
}

async function runOn(
	installed: InstalledHost,
	tarball: string,
	{ quick, only }: { quick: boolean; only: string },
	score: Score,
): Promise<void> {
	const { version } = installed.host;
	const checks = checksFor(installed, tarball, quick).filter(({ name }) => name.includes(only));
	if (checks.length === 0) throw new Error(`No check has "${only}" in its name.`);
	say(`Starting n8n ${version} …`);
	const stage = await openStageOn(installed, tarball);
	try {
		for (const check of checks) {
			stage.emulator.reset();
			await score.take({ ...check, name: `${version}  ${check.name}` }, stage);
		}
	} finally {
		await stage.close();
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

import { parseArgs } from 'node:util';
import { allChecks, pictureChecks } from './checks';
import { closeEditors } from './editorSession';
import { keepPictures } from './pictures';
import { Score } from './score';
import { openStage } from './stage';
import { ensureChromium } from './support/chromium';
import { hasCommand } from '../../scripts/command';
import { ensureHost } from './support/install';
import { isolate } from './support/isolated';
import { packTarball } from '../../scripts/packTarball';
import { canInstallDebianPackages, installDebianPackages, say } from './support/system';

/**
 * `npm run e2e -- [--browser | --no-browser] [--only <part of a name>]`. With `--pictures`, as in `npm run pictures`, only the
 * checks run that take the pictures of the repository, and these are put where they belong.
 */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			browser: { type: 'boolean' },
			'no-browser': { type: 'boolean', default: false },
			only: { type: 'string' },
			pictures: { type: 'boolean', default: false },
		},
	});
	await ensureHost();
	const { pictures } = values;
	const browser = !values['no-browser'] && (await hasBrowser(values.browser === true || pictures));
	await installWhatHelps();
	const tarball = await packTarball();
	const isolation = await isolate();

	const checks = (pictures ? pictureChecks : allChecks(browser)).filter(({ name }) =>
		name.includes(values.only ?? ''),
	);
	if (checks.length === 0) throw new Error(`No check has "${values.only}" in its name.`);
	const score = new Score();
	say(`Starting n8n, kept from the outside by: ${isolation} …`);
	const stage = await openStage([tarball]);
	try {
		for (const check of checks) {
			stage.emulator.reset();
			await score.take(check, stage);
		}
	} finally {
		await closeEditors();
		await stage.close();
	}
	if (pictures && score.failed === 0)
		for (const { file } of await keepPictures()) console.log(`wrote ${file}`);
	console.log(score.summary());
	process.exitCode = score.failed === 0 ? 0 : 1;
}

/** What checks use where it is there, installed where that can be done without asking anybody. */
async function installWhatHelps(): Promise<void> {
	if (!canInstallDebianPackages()) return;
	if (!hasCommand('ip')) await installDebianPackages(['iproute2'], 'An isolated network');
	if (!hasCommand('gm'))
		await installDebianPackages(['graphicsmagick'], "The example that uses n8n's Edit Image");
}

/** Where a browser is demanded, not having one is an error. */
async function hasBrowser(demanded: boolean): Promise<boolean> {
	try {
		await ensureChromium();
		return true;
	} catch (error) {
		if (demanded) throw error;
		say(`No browser checks: ${error instanceof Error ? error.message : String(error)}`);
		return false;
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

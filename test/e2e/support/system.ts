import { hasCommand, run } from '../../../scripts/command';

/** Writes one line about something slow that is being done. */
export function say(message: string): void {
	console.log(`[e2e] ${message}`);
}

/** Whether Debian packages can be installed here without asking anybody. */
export function canInstallDebianPackages(): boolean {
	return process.getuid?.() === 0 && hasCommand('apt-get');
}

/** Installs Debian packages; without the means to do so it says what has to be installed by hand. */
export async function installDebianPackages(
	packages: readonly string[],
	purpose: string,
): Promise<void> {
	if (!canInstallDebianPackages()) {
		throw new Error(
			`${purpose} needs what Debian calls ${packages.join(', ')}, and this user cannot install it. ` +
				`Install it (Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}) and run this again.`,
		);
	}
	say(`Installing ${packages.join(', ')} (${purpose}) …`);
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', ['update', '-qq'], { env });
	await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}

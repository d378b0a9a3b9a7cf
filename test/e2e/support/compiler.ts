import { spawnSync } from 'node:child_process';
import { hasCommand } from '../../../scripts/command';
import { canInstallDebianPackages, installDebianPackages } from './system';

const TOOLS = ['python3', 'make', 'g++'];

function missingTools(): string[] {
	// There the tools are found in any case; without Xcode's they only say that they are not installed.
	if (process.platform === 'darwin')
		return spawnSync('xcode-select', ['-p'], { stdio: 'ignore' }).status === 0 ? [] : TOOLS;
	return TOOLS.filter((name) => !hasCommand(name));
}

/** Makes sure that sqlite3 can be compiled; where the tools cannot be installed, the error says how to. */
export async function ensureCompiler(): Promise<void> {
	const missing = missingTools();
	if (missing.length === 0) return;
	const purpose = 'Compiling sqlite3, the database of n8n,';
	if (canInstallDebianPackages()) return await installDebianPackages(missing, purpose);
	throw new Error(
		[
			`${purpose} needs ${missing.join(', ')}, which this machine does not have. Install what is missing and run this again:`,
			'  Debian, Ubuntu:  sudo apt-get install python3 make g++',
			'  Fedora:          sudo dnf install python3 make gcc-c++',
			'  macOS:           xcode-select --install',
		].join('\n'),
	);
}

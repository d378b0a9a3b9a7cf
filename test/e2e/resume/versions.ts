import { join } from 'node:path';
import { ensureHost, type HostPaths } from '../support/install';
import { repositoryRoot } from '../../../scripts/paths';

/** An n8n that the package is proven on. */
interface ProvenVersion {
	version: string;
	/** Its host package, below `test/e2e`. */
	folder: string;
	/** An n8n that does not know a module of this list refuses to start. */
	disabledModules: readonly string[];
}

/** The newest n8n for each Node.js that n8n runs on: 24, 22 and 20. */
const proven: readonly ProvenVersion[] = [
	{ version: '2.41.1', folder: 'host', disabledModules: ['mcp-registry'] },
	{ version: '2.35.7', folder: join('hosts', '2.35.7'), disabledModules: ['mcp-registry'] },
	{ version: '2.8.4', folder: join('hosts', '2.8.4'), disabledModules: [] },
];

export const newestVersion = '2.41.1';

/** An installed n8n, and what it has to be started without. */
export interface InstalledHost {
	host: HostPaths;
	disabledModules: readonly string[];
}

/** Installs the versions that are asked for, all of them where none is. */
export async function installVersions(wanted: readonly string[]): Promise<InstalledHost[]> {
	const unknown = wanted.filter((name) => !proven.some(({ version }) => version === name));
	if (unknown.length > 0) {
		const known = proven.map(({ version }) => version).join(', ');
		throw new Error(
			`There is no host package for n8n ${unknown.join(', ')}. Choose from ${known}.`,
		);
	}
	const hosts: InstalledHost[] = [];
	for (const { version, folder, disabledModules } of proven) {
		if (wanted.length > 0 && !wanted.includes(version)) continue;
		hosts.push({
			host: await ensureHost(join(repositoryRoot, 'test', 'e2e', folder)),
			disabledModules,
		});
	}
	return hosts;
}

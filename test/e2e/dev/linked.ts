import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { EXTERNAL, watchPackage } from '../../../scripts/bundle';
import { run } from '../../../scripts/command';
import { readManifest } from '../../../scripts/manifest';
import { repositoryRoot } from '../../../scripts/paths';
import type { HostPaths } from '../support/install';

const loadAll = join(repositoryRoot, 'test', 'e2e', 'dev', 'loadAll.cjs');

/** The package in an n8n's user folder, built again whenever a source has changed. */
export interface LinkedPackage {
	stop(): Promise<void>;
}

/**
 * Builds the package where n8n looks for installed ones, and waits for the first build that is good. It is not a link to the
 * repository: n8n watches the whole folder of a package, and the repository has all of node_modules and this n8n's own
 * database in it, so that n8n would load it again at whatever it saves itself.
 */
export async function linkPackage(
	host: HostPaths,
	userFolder: string,
	tell: (text: string) => void,
): Promise<LinkedPackage> {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	const folder = join(modules, readManifest(repositoryRoot).name);
	rmSync(modules, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	cpSync(join(repositoryRoot, 'package.json'), join(folder, 'package.json'));
	// A second copy, of the repository, would be found first, and n8n does not recognise the errors of another copy.
	for (const name of EXTERNAL)
		symlinkSync(join(host.folder, 'node_modules', name), join(modules, name));

	return await new Promise((resolve, reject) => {
		const onBuilt = async (isBuilt: boolean): Promise<void> => {
			if (!isBuilt) return tell('The build failed. n8n keeps the last one that succeeded.');
			try {
				await run(host.node, ['--enable-source-maps', loadAll], { cwd: folder });
			} catch (error) {
				return tell(
					`It was built, but cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
				);
			}
			tell('Built');
			resolve({ stop: async () => await (await watching).dispose() });
		};
		const watching = watchPackage(folder, (isBuilt) => void onBuilt(isBuilt));
		watching.catch(reject);
	});
}

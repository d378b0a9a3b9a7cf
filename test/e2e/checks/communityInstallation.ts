import assert from 'node:assert/strict';
import { delimiter, dirname } from 'node:path';
import { z } from 'zod/v4';
import { run, seedream, SEEDREAM } from '../scenario';
import { credentialData, type Stage } from '../stage';
import { CommunityPackages } from '../support/communityPackages';
import { errorOf, itemsOf } from '../support/execution';
import { startN8n, type N8n } from '../support/n8n';
import { startRegistry } from '../support/registry';
import { RestClient } from '../support/rest';
import type { Check } from './check';

const NAME = 'n8n-nodes-seedream';
const NEXT = '99.0.0';
const NODES = [SEEDREAM, `${SEEDREAM}Trigger`];
const logLine = z.looseObject({ level: z.string(), message: z.string() });

/** In an n8n of its own that has not seen the package, as its owner does it in the settings. */
export const communityInstallation: Check = {
	name: 'community installation: install, update, uninstall',
	unavailable: () =>
		process.platform === 'win32' ? 'n8n looks for npm elsewhere on Windows' : undefined,
	run: async (stage) => {
		const [tarball] = stage.n8n.packages;
		assert.ok(tarball, 'no package was packed');
		const registry = await startRegistry();
		const { host } = stage.n8n;
		const path = [registry.npmFolder, dirname(host.node), process.env['PATH'] ?? ''];
		const env = { PATH: path.join(delimiter), N8N_LOG_FORMAT: 'json' };
		const n8n = await startN8n({ host, env });
		try {
			const rest = new RestClient(n8n.baseUrl);
			await rest.setUpOwner();
			const packages = new CommunityPackages(rest);
			const begun = n8n.log().length;
			assert.deepEqual(await nodesOf(rest), []);

			const version = await registry.publish(tarball);
			const installed = await packages.install(NAME);
			assert.equal(installed.installedVersion, version);
			assert.deepEqual(installed.installedNodes.map(({ type }) => type).sort(), NODES);
			assert.deepEqual(await nodesOf(rest), NODES);
			const data = credentialData(stage.emulator);
			const credential = await rest.createCredential('Seedream account', 'seedreamApi', data);
			const own = { ...stage, n8n, rest, credential };
			await makesAnImage(own);

			await registry.publish(tarball, NEXT);
			const [listed] = await packages.list();
			assert.deepEqual([listed?.failedLoading, listed?.updateAvailable], [false, NEXT]);
			assert.equal((await packages.update(NAME)).installedVersion, NEXT);
			await makesAnImage(own);
			assert.deepEqual(complaintsIn(n8n.log().slice(begun)), []);

			await n8n.restart();
			const kept = (await packages.list()).map(({ installedVersion, failedLoading }) => [
				installedVersion,
				failedLoading,
			]);
			assert.deepEqual(kept, [[NEXT, false]]);
			await makesAnImage(own);

			await packages.uninstall(NAME);
			assert.deepEqual(await packages.list(), []);
			assert.deepEqual(await nodesOf(rest), []);
			return `${version} installed and updated to ${NEXT} without a restart, there after one, gone when uninstalled; refused: ${refused(n8n)}`;
		} finally {
			await n8n.remove();
			await registry.close();
		}
	},
};

/** The nodes of the package that this n8n offers, the tool that n8n makes of one left out. */
async function nodesOf(rest: RestClient): Promise<string[]> {
	const offered = (await rest.nodeTypes()).map(({ name }) => name);
	return offered.filter((name) => NODES.includes(name)).sort();
}

async function makesAnImage(stage: Stage): Promise<void> {
	const parameters = { operation: 'generate', prompt: 'A lighthouse at dusk' };
	const execution = await run(stage, 'One image', [seedream(stage.credential, parameters)]);
	assert.equal(execution.status, 'success', errorOf(execution));
	const [item] = itemsOf(execution, 'Seedream');
	assert.ok(item?.binary?.['data'], 'no image came out');
}

/** The warnings and errors of a part of n8n's log, but that it had to ask npm as it did not reach the registry itself. */
function complaintsIn(log: string): string[] {
	return log
		.split('\n')
		.filter((line) => line.startsWith('{'))
		.map((line) => logLine.parse(JSON.parse(line)))
		.filter(({ level }) => level !== 'info' && level !== 'debug')
		.map(({ message }) => message)
		.filter((message) => message !== 'Failed to execute npm registry request');
}

/** Which hosts n8n itself asked beyond loopback, for what is banned and for what is newest, and did not reach. */
function refused(n8n: N8n): string {
	const hosts = n8n.outgoingAttempts().map(({ target }) => target.split(':')[0] ?? '');
	return [...new Set(hosts)].join(', ');
}

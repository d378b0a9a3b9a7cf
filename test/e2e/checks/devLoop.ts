import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { PROVIDERS } from '../../../nodes/shared/seedream/providers';
import { exampleFiles, readExample, triggerOf } from '../examples';
import { errorOf } from '../support/execution';
import { freePorts, isFree } from '../support/ports';
import { RestClient } from '../support/rest';
import { waitUntil } from '../support/wait';
import { chain, manualTrigger } from '../support/workflow';
import type { Check } from './check';
import { copyRepository, processesIn, startDevLoop, type DevLoop } from './devLoopProcess';

const EXAMPLE = 'generate-and-edit.json';
const SOURCE = join('nodes', 'Seedream', 'Seedream.node.ts');
const WORKFLOWS = `/rest/workflows?filter=${encodeURIComponent('{"isArchived":false}')}`;
const OWN = "the contributor's own";

const namedSchema = z.array(z.looseObject({ id: z.string(), name: z.string() }));

/** `npm run dev` gives an editor with all there is to try, has every saved change, and leaves nothing behind. */
export const devLoop: Check = {
	name: 'dev loop',
	unavailable: () => (process.platform === 'win32' ? 'it does not run on Windows' : undefined),
	run: async () => {
		const copy = copyRepository();
		const ports = await freePorts(2);
		const started = Date.now();
		let loop = startDevLoop(copy, ports);
		try {
			const rest = await signIn(loop);
			const ready = Date.now() - started;
			await assertFilled(rest);
			await assertExampleRuns(rest);
			const live = await assertChangeIsLive(copy, rest);
			await assertLoopSurvives(copy, rest, loop);
			await rest.createWorkflow(chain(OWN, [manualTrigger]));
			await assertRefusesPort(copy, ports);
			await assertEnds(loop, copy, ports);

			const again = Date.now();
			loop = startDevLoop(copy, ports);
			await assertFilled(await signIn(loop), [OWN]);
			const warm = Date.now() - again;
			await assertEnds(loop, copy, ports);
			return `ready after ${seconds(ready)}, again after ${seconds(warm)}; a change is live after ${seconds(live)}`;
		} finally {
			await loop.interrupt();
			rmSync(copy, { recursive: true, force: true });
		}
	},
};

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}

/** With the address and the words that it prints. */
async function signIn(loop: DevLoop): Promise<RestClient> {
	await loop.printed(/Stop with Ctrl\+C/);
	const [, address = ''] = await loop.printed(/The editor +(http:\S+)/);
	const [, email = '', password = ''] = await loop.printed(/Sign in with +(\S+) +\/ +(\S+)/);
	const rest = new RestClient(address);
	await rest.login({ email, password, firstName: '', lastName: '' });
	return rest;
}

async function assertFilled({ session }: RestClient, own: string[] = []): Promise<void> {
	const credentials = await session.data(namedSchema, 'GET', '/rest/credentials');
	const names = credentials.map(({ name }) => name);
	for (const { name, label = name } of PROVIDERS)
		assert.equal(names.filter((each) => each === `Seedream: ${label}`).length, 1, label);
	const examples = exampleFiles().map(readExample);
	for (const { nodes } of examples)
		for (const { credentials: { seedreamApi } = {} } of nodes)
			if (seedreamApi !== undefined)
				assert.equal(names.filter((each) => each === seedreamApi.name).length, 1, seedreamApi.name);
	const workflows = await session.data(namedSchema, 'GET', WORKFLOWS);
	assert.deepEqual(
		workflows.map(({ name }) => name).sort(),
		[...examples.map(({ name }) => name), ...own].sort(),
	);
}

async function assertExampleRuns(rest: RestClient): Promise<void> {
	const example = readExample(EXAMPLE);
	const workflows = await rest.session.data(namedSchema, 'GET', WORKFLOWS);
	const { id = '' } = workflows.find(({ name }) => name === example.name) ?? {};
	const workflow = { id, name: example.name, versionId: '', active: false };
	const execution = await rest.runManually(workflow, { trigger: triggerOf(example) });
	assert.equal(execution.status, 'success', errorOf(execution));
}

/** Gives the ms until n8n offers the changed text. */
async function assertChangeIsLive(copy: string, rest: RestClient): Promise<number> {
	const saved = Date.now();
	change(copy, "description: '", "description: 'Changed once: ");
	await waitUntilOffered(rest, 'Changed once: ');
	return Date.now() - saved;
}

/** What cannot be built, or cannot be loaded, is said by file and line; what comes after is live again. */
async function assertLoopSurvives(copy: string, rest: RestClient, loop: DevLoop): Promise<void> {
	const file = join(copy, SOURCE);
	const good = readFileSync(file, 'utf8');
	const line = good.split('\n').length;

	writeFileSync(file, `${good}const = 1;\n`);
	await loop.printed(new RegExp(`${SOURCE}:${line}:`));
	await loop.printed(/The build failed/);
	await waitUntilOffered(rest, 'Changed once: ');

	writeFileSync(file, `${good}throw new Error('not at load');\n`);
	await loop.printed(/cannot be loaded/);
	assert.match(loop.output(), new RegExp(`${SOURCE}:${line}`));
	assert.match(loop.output(), /not at load/);

	writeFileSync(file, good);
	change(copy, 'Changed once: ', 'Changed twice: ');
	await waitUntilOffered(rest, 'Changed twice: ');
}

function change(copy: string, from: string, to: string): void {
	const file = join(copy, SOURCE);
	const before = readFileSync(file, 'utf8');
	assert.ok(before.includes(from));
	writeFileSync(file, before.replace(from, to));
}

async function waitUntilOffered({ session }: RestClient, text: string): Promise<void> {
	await waitUntil(`n8n to offer a node with "${text}"`, async () =>
		(await (await session.send('GET', '/types/nodes.json')).text()).includes(text),
	);
}

async function assertRefusesPort(copy: string, ports: readonly number[]): Promise<void> {
	const second = startDevLoop(copy, ports);
	assert.equal(await second.ended, 1);
	assert.match(second.output(), new RegExp(`Port ${ports[0]} is in use.*--port`));
}

async function assertEnds(loop: DevLoop, copy: string, ports: readonly number[]): Promise<void> {
	assert.equal(await loop.interrupt(), 0, loop.output());
	assert.deepEqual(await Promise.all(ports.map(isFree)), [true, true], 'free ports');
	assert.deepEqual(processesIn(copy), []);
}

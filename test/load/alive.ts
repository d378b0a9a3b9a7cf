import assert from 'node:assert/strict';
import type { N8n } from '../e2e/support/n8n';
import { watchWhile } from '../e2e/support/watch';

/** In which n8n has to say that it is alive, whatever else it does. */
const MOST_MS = 2000;

/** The processes of an n8n: those that are asked whether they are alive, and all, whose memory counts. */
export interface Processes {
	readonly serving: readonly N8n[];
	readonly all: readonly N8n[];
}

/** Does something to an n8n that has to stay alive meanwhile, and tells how long it took and how large n8n grew. */
export async function staysAlive(
	{ serving, all }: Processes,
	work: () => Promise<void>,
): Promise<string> {
	const memory = () => all.reduce((sum, n8n) => sum + n8n.memory().total, 0);
	const before = memory();
	let most = before;
	const begun = Date.now();
	const { watched } = await watchWhile(async () => {
		await Promise.all(serving.map(isAlive));
		most = Math.max(most, memory());
	}, work);
	const seconds = (Date.now() - begun) / 1000;
	const { asked, failed, slowestMs } = watched;
	const figures = `${seconds.toFixed(1)} s; resident memory from ${before} to at most ${most} MiB; /healthz asked ${asked} times, slowest answer ${slowestMs} ms`;
	assert.equal(failed, 0, `/healthz failed ${failed} times; ${figures}`);
	assert.ok(slowestMs <= MOST_MS, `/healthz took ${slowestMs} ms; ${figures}`);
	return figures;
}

async function isAlive({ baseUrl }: N8n): Promise<void> {
	const response = await fetch(`${baseUrl}/healthz`);
	await response.arrayBuffer();
	if (!response.ok) throw new Error(`/healthz was answered with ${response.status}`);
}

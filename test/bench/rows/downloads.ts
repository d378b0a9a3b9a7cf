import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import type { Emulator } from '../../emulator';
import { SEEDREAM, rows } from '../../e2e/scenario';
import { GOOD_KEY } from '../../e2e/stage';
import { itemsOf } from '../../e2e/support/execution';
import { waitUntil } from '../../e2e/support/wait';
import type { WorkflowNode } from '../../e2e/support/workflow';
import { download } from '../byHand';
import { probedStage } from '../memory';
import type { Bench, Row } from '../row';

const COUNT = 15;
const SIDE = 4096;
const MIB = 2 ** 20;

const madeSchema = z.looseObject({ id: z.string(), results: z.array(z.string()).optional() });
type Made = z.infer<typeof madeSchema>;

/** A task of large images that is done, made without n8n. */
async function makeTask(
	emulator: Emulator,
	count: number,
): Promise<{ id: string; urls: string[] }> {
	const base = emulator.baseUrl('evolink');
	const headers = { authorization: `Bearer ${GOOD_KEY}`, 'content-type': 'application/json' };
	const ask = async (path: string, init: RequestInit = {}): Promise<Made> =>
		madeSchema.parse(await (await fetch(base + path, { ...init, headers })).json());
	const order = { model: 'doubao-seedream-4.0', prompt: `${count} images`, n: count };
	const body = JSON.stringify({ ...order, size: `${SIDE}x${SIDE}` });
	const { id } = await ask('/v1/images/generations', { method: 'POST', body });
	const urls = await waitUntil('the task', async () => (await ask(`/v1/tasks/${id}`)).results);
	return { id, urls };
}

type Way = (
	task: { id: string; urls: string[] },
	credential: { id: string; name: string },
) => WorkflowNode[];

const byNode: Way = ({ id }, { id: credentialId, name }) => [
	{
		name: 'Download',
		type: SEEDREAM,
		typeVersion: 1,
		parameters: { operation: 'getTask', taskId: id, options: { concurrency: COUNT } },
		credentials: { seedreamApi: { id: credentialId, name } },
	},
];

const byHttpRequest: Way = ({ urls }) => [...rows(urls.map((url) => ({ url }))), download];

async function growthOf(bench: Bench, way: Way): Promise<{ growth: number; each: number }> {
	const { stage, measure } = await probedStage(bench, { noise: true, taskMs: 1 });
	const { emulator, credential, rest } = stage;
	const first = await makeTask(emulator, 1);
	const task = await makeTask(emulator, COUNT);
	const { execution, growth } = await measure(way(first, credential), way(task, credential));
	assert.equal(execution.status, 'success');
	const items = itemsOf(await rest.execution(execution.id), 'Download');
	const files = items.flatMap(({ binary }) => binary?.['data'] ?? []);
	assert.equal(files.length, COUNT, 'images');
	const [file] = files;
	const bytes = file === undefined ? 0 : (await rest.download(file)).length;
	return { growth, each: bytes / MIB };
}

export const downloads: Row = {
	id: 'downloads',
	title: `${COUNT} large images downloaded at once`,
	how: `Get Task with a finished task of ${COUNT} images, all downloaded at the same time; by how much n8n's resident memory grows, garbage left out, in an n8n of its own. Beside it: an HTTP Request node that fetches the same as files.`,
	goals: [{ figure: 'ratio', atMost: 1 }],
	rounds: 1,
	run: async (bench) => {
		const ours: number[] = [];
		const byHand: number[] = [];
		let each = 0;
		for (let round = 0; round < bench.rounds; round += 1) {
			const own = await growthOf(bench, byNode);
			ours.push(own.growth);
			each = own.each;
			byHand.push((await growthOf(bench, byHttpRequest)).growth);
		}
		return {
			ours: { name: 'growth', unit: 'MiB', values: ours },
			comparator: { name: 'HTTP Request node', unit: 'MiB', values: byHand },
			details: [`${each.toFixed(1)} MiB each, ${(each * COUNT).toFixed(0)} MiB in all`],
		};
	},
};

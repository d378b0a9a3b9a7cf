import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { A } from '../../providers/shared/wire';
import { NODE, runSeedream } from '../seedream';
import { useScene } from '../suspend/scene';
import { handedOn, useTriggerScene } from '../trigger/run';

const APART: INodeParameters = {
	operation: 'decompose',
	imageSource: 'url',
	imageUrls: A,
	download: false,
};

const STACK = [0, 1, 2, 3].map((zIndex) => ({ zIndex }));

const layersOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.layer);

describe('An image that is taken apart is a task like any other', () => {
	const scene = useScene();

	it('that is suspended for, and resumed by its callback', async () => {
		const result = await scene.suspendAndResume({ ...APART, completion: 'callback' });
		expect(result.status).toBe('success');
		expect(layersOf(result.items(NODE))).toMatchObject(STACK);
		expect(scene.paid()).toBe(1);
	});

	it('that is submitted, and got by Get Task', async () => {
		const [submitted] = (await scene.run({ ...APART, completion: 'submit' })).items(NODE);
		expect(submitted?.json).toMatchObject({ status: 'pending', model: /layerize$/ });
		expect(submitted?.json).not.toHaveProperty('requestedCount');
		const taskId = String(submitted?.json.taskId);
		const got = await runSeedream(scene.emulator, {
			operation: 'getTask',
			taskId,
			waitUntilDone: true,
		});
		const items = got.items(NODE);
		expect(layersOf(items)).toMatchObject(STACK);
		expect(items.map(({ json }) => json.fileName)).toEqual([
			`${taskId}-layer-0.jpg`,
			`${taskId}-layer-1.png`,
			`${taskId}-layer-2.png`,
			`${taskId}-layer-3.png`,
		]);
	});

	it.each([
		['again by Retry On Fail after a connection that was cut', { reset: 'after' as const }],
	])('that is never paid %s', async (_, fault) => {
		scene.emulator.addFault({ on: 'create', ...fault, times: 1 });
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await scene.run(APART, { node });
		expect(result.status).toBe('error');
		expect(scene.paid()).toBe(1);
	});

	it('that was refused for want of credits with what EvoLink reserves', async () => {
		const result = await scene.run(APART, { apiKey: 'poor-key' });
		expect(result.error?.description).toMatch(/Top up.*17 for an image that is taken apart/);
		expect(result.error).toMatchObject({ context: { data: { error: { billed: 'no' } } } });
	});
});

describe('The trigger', () => {
	const scene = useTriggerScene();

	it('hands on the layers of an image, with their files', async () => {
		const url = await scene.publish();
		await scene.submit(url, { ...APART, completion: 'submit', callbackUrl: url });
		const items = handedOn(await scene.n8n.run(0));
		expect(layersOf(items)).toMatchObject(STACK);
		expect(items.every(({ binary }) => binary?.data !== undefined)).toBe(true);
	});
});

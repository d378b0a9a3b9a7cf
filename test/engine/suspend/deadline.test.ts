import { describe, expect, it } from 'vitest';
import { itemsOf, NODE } from '../seedream';
import { resumeByDeadline } from '../support';
import { BOAT, BOATS, itemsAtDeadline, numbered, settle, useScene } from './scene';

const scene = useScene();

const loseCallbacks = () => scene.emulator.addFault({ on: 'create', noCallback: true });

const SAYS_GET_TASK = expect.stringMatching(
	/Get Task.*task-unified-.*do not run the request again/,
);

describe('When no callback comes until the deadline', () => {
	it('the items have task ID, status and a warning that names Get Task, which gets the images', async () => {
		loseCallbacks();
		const asleep = await scene.suspend(BOATS, { items: numbered(3) });
		const late = await itemsAtDeadline(asleep);
		expect(late.map(({ json }) => json.taskId).sort()).toEqual(scene.taskIds().sort());
		expect(late).toMatchObject(
			late.map((_, item) => ({
				json: {
					status: expect.stringMatching(/^(pending|processing)$/),
					provider: 'evolink',
					requestedCount: 1,
					warnings: [SAYS_GET_TASK],
				},
				pairedItem: { item },
			})),
		);
		expect(scene.n8n.runs).toHaveLength(0);

		await settle();
		const images = await scene.run(
			{ operation: 'getTask', taskId: '={{ $json.taskId }}' },
			{ items: late },
		);
		expect(images.items(NODE)).toMatchObject(
			late.map(({ json: { taskId } }) => ({
				json: { taskId, status: 'completed' },
				binary: { data: { mimeType: 'image/jpeg' } },
			})),
		);
		expect(scene.paid()).toBe(3);
	});

	it('the following nodes go on with these items, and not with the input', async () => {
		loseCallbacks();
		const asleep = await scene.suspend(BOATS, { items: numbered(2) });
		const ended = await resumeByDeadline(asleep);
		expect(ended.status).toBe('success');
		expect(ended.items('End').map(({ json }) => [typeof json.taskId, json.n])).toEqual([
			['string', undefined],
			['string', undefined],
		]);
	});

	it('what else there was to say about a request is said there, too', async () => {
		loseCallbacks();
		const late = await itemsAtDeadline(
			await scene.suspend({ ...BOAT, model: 'custom', modelId: 'doubao-seedream-4.0' }),
		);
		expect(late).toMatchObject([
			{ json: { warnings: [expect.stringContaining('limits'), SAYS_GET_TASK] } },
		]);
	});

	it('with Execute Once, too', async () => {
		loseCallbacks();
		const asleep = await scene.suspend(BOATS, { items: numbered(3), node: { executeOnce: true } });
		const late = await itemsAtDeadline(asleep);
		expect(late.map(({ json }) => json.taskId)).toEqual(scene.taskIds());
	});

	it('a request for several images, or one item for each task: one item for each task that is late', async () => {
		loseCallbacks();
		const run = { items: numbered(2), options: { outputMode: 'task' } };
		const late = await itemsAtDeadline(await scene.suspend({ ...BOATS, numberOfImages: 4 }, run));
		expect(late).toMatchObject(
			[1, 2].map(() => ({ json: { requestedCount: 4, images: [], warnings: [SAYS_GET_TASK] } })),
		);
	});

	it('several items in one request: one item', async () => {
		loseCallbacks();
		const parameters = {
			...BOAT,
			operation: 'edit',
			combineItems: true,
			imageSource: 'url',
			imageUrls: '=https://x.example.com/{{ $json.n }}.png',
		};
		const late = await itemsAtDeadline(await scene.suspend(parameters, { items: numbered(2) }));
		expect(late).toMatchObject([{ json: { taskId: scene.taskIds()[0] }, pairedItem: { item: 0 } }]);
	});

	it('what had ended before the wait is given as it is, and each item is linked to its own input', async () => {
		loseCallbacks();
		scene.emulator.addFault({ on: 'create', hang: 150, after: 1, times: 1 });
		scene.emulator.addFault({ on: 'create', neverEnds: true, after: 1 });
		const run = { items: numbered(2), options: { concurrency: 1 } };
		const asleep = await scene.run({ ...BOATS, prompt: 'two boats', numberOfImages: 2 }, run);
		expect(asleep.status).toBe('waiting');
		const late = await itemsAtDeadline(asleep);
		const [ended = [], open = []] = scene
			.taskIds()
			.map((id) => late.filter(({ json }) => json.taskId === id));
		expect(JSON.stringify(ended)).toMatch(/"completed".*images\/.*images\//);
		expect(JSON.stringify(ended)).not.toContain('No callback');
		expect(open).toMatchObject([{ json: { warnings: [SAYS_GET_TASK] } }]);
		expect(ended).toMatchObject(ended.map(() => ({ pairedItem: { item: 0 } })));
		expect(open).toMatchObject([{ pairedItem: { item: 1 } }]);
	});

	it('a node that continues on errors: what was refused is an error item, the other has its task ID', async () => {
		loseCallbacks();
		const parameters = { ...BOATS, numberOfImages: '={{ $json.count }}' };
		const run = {
			items: itemsOf({ n: 1, count: 99 }, { n: 2, count: 1 }),
			node: { onError: 'continueRegularOutput' },
		} as const;
		expect(await itemsAtDeadline(await scene.suspend(parameters, run))).toMatchObject([
			{ json: { error: { code: 'invalid_request', billed: 'no' } }, pairedItem: { item: 0 } },
			{ json: { taskId: expect.any(String), warnings: [SAYS_GET_TASK] }, pairedItem: { item: 1 } },
		]);
	});

	it('a callback after that is refused and changes nothing', async () => {
		loseCallbacks();
		const asleep = await scene.suspend(BOAT);
		await resumeByDeadline(asleep);
		expect(await scene.post(scene.callbackUrls()[0] ?? '')).toMatchObject({ status: 409 });
		expect(scene.n8n.runs).toHaveLength(0);
	});

	it('the deadline is Max Wait after the last request, and is kept when callbacks come', async () => {
		scene.emulator.addFault({ on: 'create', neverEnds: true });
		const asleep = await scene.suspend(BOAT, { options: { maxWaitSeconds: 90 } });
		const seconds = ((asleep.waitTill?.getTime() ?? 0) - Date.now()) / 1000;
		expect(seconds).toBeGreaterThan(80);
		expect(seconds).toBeLessThanOrEqual(90);
		await scene.post(scene.callbackUrls()[0] ?? '');
		expect(scene.record(asleep)).toEqual({ status: 'waiting', saved: asleep.saved });
	});
});

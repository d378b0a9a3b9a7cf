import { describe, expect, it } from 'vitest';
import { resumeByDeadline } from './support';
import { NODE } from './seedream';
import { BOAT, numbered, useScene } from './suspend/scene';
import { handedOn, TRIGGER, useTriggerScene } from './trigger/run';

const SEED = 'Seed was left out: Seedream 4.0 on EvoLink has no such option.';
const shown = (message: unknown) => ({ message, type: 'warning', location: 'outputPane' });

describe('After a suspension', () => {
	const scene = useScene();

	it('the warnings from before the wait are shown with the images, once', async () => {
		const asleep = await scene.suspend(
			{ ...BOAT, numberOfImages: 2 },
			{ options: { seed: 7 }, items: numbered(2) },
		);
		expect(asleep.hints).toEqual([]);
		const awake = await scene.n8n.run(0);
		expect(awake.items(NODE).map(({ json }) => json.warnings)).toEqual([
			[SEED],
			[SEED],
			[SEED],
			[SEED],
		]);
		expect(awake.hints).toEqual([shown(SEED)]);
	});

	it('those from after the wait too', async () => {
		scene.emulator.addFault({ on: 'download', status: 404 });
		const awake = await scene.suspendAndResume({ ...BOAT, download: true });
		expect(awake.hints).toEqual([shown(expect.stringContaining('Image 1'))]);
	});

	it.each(['image', 'task'])(
		'there is none when all is well, and the list is empty (output mode %s)',
		async (outputMode) => {
			const awake = await scene.suspendAndResume(BOAT, { options: { outputMode } });
			expect(awake.items(NODE)).toMatchObject([{ json: { status: 'completed', warnings: [] } }]);
			expect(awake.hints).toEqual([]);
		},
	);

	it('whose time runs out: every item has its list, which says so where a task is open', async () => {
		scene.emulator.addFault({ on: 'create', neverEnds: true, after: 1, times: 1 });
		scene.emulator.addFault({ on: 'create', noCallback: true });
		scene.emulator.setTaskMs(0);
		const asleep = await scene.run(BOAT, { items: numbered(2), options: { concurrency: 1 } });
		expect(asleep.status).toBe('waiting');
		const late = await resumeByDeadline(asleep);
		const warnings = late.items(NODE).map(({ json }) => [json.status, json.warnings]);
		expect(warnings).toEqual([
			['completed', []],
			[
				expect.stringMatching(/pending|processing/),
				[expect.stringMatching(/No callback came in time.*Get Task/)],
			],
		]);
	});
});

describe('From the Seedream Trigger', () => {
	const scene = useTriggerScene();

	it('a warning is shown too', async () => {
		const hook = await scene.publish({ authentication: 'none', confirmWithApi: false });
		await scene.post(hook, {
			id: 'task-unified-1-00000000',
			status: 'completed',
			results: ['https://example.com/x.png', 'https://example.com/y.png'],
		});
		const result = await scene.n8n.run(0);
		expect(handedOn(result)).toHaveLength(2);
		expect(result.hints).toEqual([shown(expect.stringContaining('not downloaded'))]);
		expect(result.runData[TRIGGER]?.[0]?.hints).toEqual(result.hints);
	});

	it.each([
		{ what: 'a finished task', parameters: {}, prompt: 'A boat' },
		{
			what: 'a finished task as one item',
			parameters: { options: { outputMode: 'task' } },
			prompt: 'A boat',
		},
		{ what: 'links only', parameters: { download: false }, prompt: 'A boat' },
		{ what: 'a task that failed', parameters: {}, prompt: '[moderated]' },
	])(
		'there is none when all is well, and the list is empty: $what',
		async ({ parameters, prompt }) => {
			const { url, taskId } = await scene.submitSilently(await scene.publish(parameters), {
				prompt,
			});
			await scene.post(url, { id: taskId, status: 'completed' });
			const result = await scene.n8n.run(0);
			expect(handedOn(result)).toMatchObject([{ json: { taskId, warnings: [] } }]);
			expect(result.hints).toEqual([]);
		},
	);
});

import { describe, expect, it } from 'vitest';
import { heardIn, runTool } from './seedreamTool';
import { resumeByDeadline } from './support';
import { AGENT, TOOL } from './support/tool';
import { settle, useScene } from './suspend/scene';

const scene = useScene();

const BOAT = { operation: 'generate', prompt: "={{ $fromAI('prompt') }}", completion: 'callback' };
const A = { prompt: 'A boat' };
const B = { prompt: 'A car' };
const IS_IMAGE = /"status":"completed".*"url":"http/;

describe('A tool whose node is set to suspend until the callback', () => {
	it('polls in a call that has to be answered at once: the agent has its image, and nothing sleeps', async () => {
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		const result = await runTool(scene.emulator, BOAT, [A], {
			agent: 'invoked',
			webhookUrl: scene.n8n.url,
		});
		expect(result.status).toBe('success');
		expect(result.waitTill).toBeUndefined();
		expect(result.heard).toEqual([expect.stringMatching(IS_IMAGE)]);
		expect(scene.paid()).toBe(1);
		await settle();
		expect(scene.n8n.runs).toHaveLength(0);
	});

	it('sleeps where the engine runs it, and the agent goes on with the image when the callback has come', async () => {
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		const asleep = await runTool(scene.emulator, BOAT, [A], {
			agent: 'engine',
			webhookUrl: scene.n8n.url,
		});
		expect(asleep.status).toBe('waiting');
		expect(asleep.runData[AGENT]).toBeUndefined();
		const awake = heardIn(await scene.n8n.run(0));
		expect(awake.status).toBe('success');
		expect(awake.heard).toEqual([expect.stringMatching(IS_IMAGE)]);
		expect(awake.runData[TOOL]).toHaveLength(1);
		expect(scene.paid()).toBe(1);
	});

	it('sleeps once for each of two calls that the engine runs one after the other', async () => {
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		scene.emulator.addFault({ on: 'query', neverEnds: true, after: 3, times: 1 });
		await runTool(scene.emulator, BOAT, [A, B], { agent: 'engine', webhookUrl: scene.n8n.url });
		const second = await scene.n8n.run(0);
		const ended = heardIn(second.status === 'waiting' ? await scene.n8n.run(1) : second);
		expect(ended.status).toBe('success');
		expect(ended.heard).toEqual([expect.stringMatching(IS_IMAGE), expect.stringMatching(IS_IMAGE)]);
		expect(scene.paid()).toBe(2);
	});

	it('tells the agent which task to get when no callback comes until the deadline, and the same arguments pick it up', async () => {
		scene.emulator.addFault({ on: 'create', noCallback: true });
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		const asleep = await runTool(scene.emulator, BOAT, [A, A], {
			agent: 'engine',
			webhookUrl: scene.n8n.url,
		});
		expect(asleep.status).toBe('waiting');
		await settle();
		const ended = heardIn(await resumeByDeadline(asleep));
		const [taskId = '?'] = scene.taskIds();
		expect(ended.heard).toEqual([
			expect.stringMatching(new RegExp(`Get Task.*${taskId}`)),
			expect.stringMatching(IS_IMAGE),
		]);
		expect(ended.heard[1]).toContain(taskId);
		expect(scene.paid()).toBe(1);
	});

	it('with Retry On Fail a task that failed after the wait is made anew, and no other request is', async () => {
		scene.emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		scene.emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const asleep = await runTool(scene.emulator, BOAT, [A], {
			agent: 'engine',
			webhookUrl: scene.n8n.url,
			node,
		});
		expect(asleep.status).toBe('waiting');
		const first = await scene.n8n.run(0);
		const ended = heardIn(first.status === 'waiting' ? await scene.n8n.run(1) : first);
		expect(ended.heard).toEqual([expect.stringMatching(IS_IMAGE)]);
		expect(scene.paid()).toBe(2);
	});
});

import { describe, expect, it } from 'vitest';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { NODE, credentialsFor, paidBodies, runSeedream } from '../seedream';
import { binaryItem } from '../support';
import { BOAT as ASLEEP, useScene } from '../suspend/scene';
import { handedOn, useTriggerScene } from '../trigger/run';
import { BOAT, failureOf, jsonOf, paidRequests } from './support';

const provider = 'fal';
const MODEL = 'bytedance/seedream/v5/pro/text-to-image';
const PRO = { model: 'seedream-5.0-pro' };

describe('A request that fal took and then refuses with its result', () => {
	const emulator = useEmulator({ taskMs: 20 });

	it('may be billed, so it is not made anew, and what was sent is not in the error', async () => {
		const prompt = 'a [moderated] boat nobody may hear of';
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const failure = await failureOf(emulator, { ...BOAT, prompt }, { provider, node });
		expect(failure).toMatchObject({
			code: 'content_policy_violation',
			billed: 'unknown',
			retryable: false,
			taskId: expect.stringMatching(/^fal-ai\.bytedance\./),
		});
		expect(failure.message).not.toContain('nobody may hear');
		expect(paidRequests(emulator)).toBe(1);
	});

	it('is free where the trouble was fal’s, and made anew by Retry On Fail', async () => {
		const failTask = { code: 'runner_disconnected', message: 'The runner is gone' };
		emulator.addFault({ on: 'create', failTask, times: 1 });
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await runSeedream(emulator, BOAT, { provider, node });
		expect(result.error).toBeUndefined();
		expect(paidRequests(emulator)).toBe(2);
	});

	it('is told from a gateway that fails for a moment', async () => {
		emulator.addFault({ on: 'query', status: 503, after: 1, times: 2 });
		const result = await runSeedream(emulator, BOAT, { provider });
		expect(jsonOf(result)).toMatchObject([{ status: 'completed', usage: { billable_units: 1 } }]);
		expect(paidRequests(emulator)).toBe(1);
	});
});

describe('A file for fal', () => {
	const emulator = useEmulator({ taskMs: 20 });

	it('is put, with its type, where fal says, and is seen', async () => {
		const buffer = await picture(640, 640, 'jpeg');
		const items = [binaryItem({ binary: { data: { buffer, mimeType: 'image/png' } } })];
		const edit = { ...BOAT, operation: 'edit' };
		const result = await runSeedream(emulator, edit, { provider, items });
		expect(result.error).toBeUndefined();
		const [place, put] = emulator.requestsOf('upload');
		expect(place).toMatchObject({
			method: 'POST',
			headers: { authorization: 'Key test-key' },
			body: {
				content_type: 'image/jpeg',
				file_name: expect.stringMatching(/^[0-9a-f]{32}\.jpeg$/),
			},
		});
		expect(put).toMatchObject({ method: 'PUT', headers: { 'content-type': 'image/jpeg' } });
		expect(put?.headers).not.toHaveProperty('authorization');
		expect(paidBodies(emulator)).toMatchObject([
			{ image_urls: [expect.stringContaining('/fal-media/')] },
		]);
	});
});

describe('A suspended execution', () => {
	const scene = useScene();

	it('wakes by the webhook of fal, and knows the model that was asked', async () => {
		const awake = await scene.suspendAndResume({ ...ASLEEP, ...PRO }, { provider });
		expect(awake.error).toBeUndefined();
		expect(awake.items(NODE).map(({ json }) => json)).toMatchObject([
			{
				status: 'completed',
				model: MODEL,
				taskId: expect.stringMatching(/^bytedance\.seedream\./),
			},
		]);
		await scene.emulator.settled();
		expect(scene.emulator.callbacks).toMatchObject([{ attempt: 1, status: 200 }]);
		expect(scene.paid()).toBe(1);
	});
});

describe('The trigger', () => {
	const scene = useTriggerScene();

	it.each([true, false])(
		'starts a workflow by the webhook of fal, asked whether it is so: %s',
		async (confirmWithApi) => {
			const credentials = credentialsFor(scene.emulator, { provider });
			const url = await scene.publish({ confirmWithApi, download: false }, { credentials });
			const { taskId } = await scene.submit(url, PRO, { provider });
			expect(taskId).toMatch(/^bytedance\.seedream\./);
			expect(handedOn(await scene.n8n.run(0))).toMatchObject([
				{ json: { taskId, status: 'completed', provider, url: expect.stringMatching(/^http/) } },
			]);
			expect(scene.n8n.statuses).toEqual([200]);
		},
	);
});

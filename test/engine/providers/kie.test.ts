import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { credentialsFor, NODE, runSeedream } from '../seedream';
import { readBinary, startWebhookServer } from '../support';
import { useTriggerScene } from '../trigger/run';
import { BOAT, failureOf, jsonOf, paidRequests } from './support';

const emulator = useEmulator({ taskMs: 20, callbackRetryMs: [20, 60, 200, 800] });
const provider = 'kie';

/** The requests for new links. */
const freshLinks = () => emulator.requestsOf('other', provider);

describe('A task of Kie.ai', () => {
	it('that is not known in its first moments is waited for', async () => {
		emulator.addFault({ on: 'query', notYet: true, times: 3 });
		const result = await runSeedream(emulator, BOAT, { provider });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ status: 'completed', warnings: [] }]);
		expect(emulator.requestsOf('query').length).toBeGreaterThan(3);
		expect(paidRequests(emulator)).toBe(1);
	});

	it('says in no error what it was asked for', async () => {
		emulator.addFault({ on: 'create', noImages: true });
		const prompt = 'A boat of which nobody is to know';
		const failure = await failureOf(emulator, { ...BOAT, prompt }, { provider });
		expect(JSON.stringify(failure)).not.toContain('nobody is to know');
		expect(failure.billed).toBe('unknown');
	});
});

describe('A link of Kie.ai that is dead', () => {
	it('is made anew, so that the image is there all the same', async () => {
		emulator.addFault({ on: 'create', deadLink: true });
		const result = await runSeedream(emulator, { ...BOAT, download: true }, { provider });
		expect(jsonOf(result)).toMatchObject([{ width: 2048, height: 2048, warnings: [] }]);
		expect((await readBinary(result.items(NODE)[0]?.binary?.data))?.length).toBeGreaterThan(1000);
		expect(freshLinks()).toMatchObject([
			{ method: 'POST', body: { url: expect.stringContaining('/images/') } },
		]);
		for (const { headers } of emulator.requestsOf('download')) {
			expect(headers).not.toHaveProperty('authorization');
		}
	});

	it('stays in the item with a warning where no new one helps', async () => {
		emulator.addFault({ on: 'download', deadLink: true });
		const result = await runSeedream(emulator, { ...BOAT, download: true }, { provider });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([
			{
				url: expect.stringMatching(/^http/),
				warnings: [expect.stringContaining('HTTP 404')],
			},
		]);
	});

	it('is not asked for where the first one lives', async () => {
		await runSeedream(emulator, { ...BOAT, download: true }, { provider });
		expect(freshLinks()).toEqual([]);
	});
});

describe('The account at Kie.ai', () => {
	it('has so many credits', async () => {
		emulator.setCredits('test-key', { user: 812.5 });
		const result = await runSeedream(emulator, { operation: 'getBalance' }, { provider });
		expect(jsonOf(result)).toMatchObject([{ provider, balance: 812.5, unit: 'credits' }]);
	});

	it('of a wrong key is an error, although that comes with HTTP 200', async () => {
		const run = { provider, apiKey: 'wrong-key-4711' };
		const failure = await failureOf(emulator, { operation: 'getBalance' }, run);
		expect(failure).toMatchObject({ httpStatus: 401, billed: 'no' });
		expect(failure.message).toContain('Check the API key');
	});
});

describe('A workflow suspended for Kie.ai', () => {
	it('sleeps and wakes although its task is not known yet when it is looked at', async () => {
		const n8n = await startWebhookServer();
		emulator.setTaskMs(600_000);
		emulator.addFault({ on: 'query', notYet: true, times: 1 });
		const parameters = { ...BOAT, completion: 'callback' };
		const asleep = await runSeedream(emulator, parameters, { provider, webhookUrl: n8n.url });
		expect([asleep.status, asleep.error]).toEqual(['waiting', undefined]);
		emulator.addFault({ on: 'query', notYet: true, times: 1 });
		emulator.finishTasks();
		expect(jsonOf(await n8n.run(0))).toMatchObject([{ status: 'completed', warnings: [] }]);
		await emulator.settled();
		expect(n8n.statuses).toEqual([503, 200]);
		await n8n.close();
	});
});

describe('The trigger for Kie.ai', () => {
	const scene = useTriggerScene();

	it('starts nothing for a task that is not known, where anybody may call', async () => {
		const credentials = credentialsFor(scene.emulator, { provider });
		const hook = await scene.publish({ authentication: 'none' }, { credentials });
		const report = {
			code: 200,
			msg: 'success',
			data: { taskId: 'task_of_nobody', state: 'success' },
		};
		expect((await scene.post(hook, report)).status).toBe(404);
		expect(scene.n8n.runs).toHaveLength(0);
	});
});

import type { INodeParameters } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { ASYNCHRONOUS, type AsynchronousFixture } from '../../providers';
import { credentialsFor, itemsOf, NODE, runSeedream } from '../seedream';
import { startWebhookServer, type RunResult, type WebhookServer } from '../support';
import { handedOn, useTriggerScene } from '../trigger/run';
import { BOAT, jsonOf, paidRequests } from './support';

/** A task that lasts so long is open until the test ends it. */
const LONG_MS = 600_000;

const BOATS: INodeParameters = {
	...BOAT,
	prompt: '=A boat {{ $json.n }}',
	model: '={{ $json.model }}',
	modelId: 'unused',
	completion: 'callback',
};

/** Two items whose models may be of different parts of the provider's API. */
const TWO = itemsOf({ n: 1, model: 'seedream-4.0' }, { n: 2, model: 'seedream-5.0-pro' });

describe.each(ASYNCHRONOUS)('A workflow suspended for $name', ({ id: provider, asynchronous }) => {
	const emulator = useEmulator({ taskMs: LONG_MS, callbackRetryMs: [20, 60, 200, 800] });
	let n8n: WebhookServer;
	beforeEach(async () => {
		n8n = await startWebhookServer();
	});
	afterEach(async () => await n8n.close());

	async function suspend(parameters: INodeParameters = {}): Promise<RunResult> {
		const asleep = await runSeedream(
			emulator,
			{ ...BOATS, ...parameters },
			{ provider, items: TWO, webhookUrl: n8n.url },
		);
		expect(asleep.error).toBeUndefined();
		expect(asleep.status).toBe('waiting');
		return asleep;
	}

	async function expectImages(awake: RunResult): Promise<void> {
		expect(jsonOf(awake)).toMatchObject(
			TWO.map(() => ({
				status: 'completed',
				provider,
				url: expect.stringMatching(/^http/),
				warnings: [],
			})),
		);
		expect(awake.items(NODE).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		await emulator.settled();
		expect(paidRequests(emulator)).toBe(2);
		expect(n8n.runs).toHaveLength(1);
	}

	it('resumes when all its tasks have ended, once', async () => {
		await suspend();
		emulator.finishTasks();
		await expectImages(await n8n.run(0));
		expect(emulator.callbacks.map(({ status }) => status)).toContain(200);
		for (const request of emulator.requestsOf('create')) {
			expect(asynchronous.callbackUrlIn(request)).toContain(n8n.url);
		}
	});

	it('is not disturbed by callbacks that come twice, or too early', async () => {
		emulator.addFault({ on: 'callback', earlyCallback: true, times: 1 });
		emulator.addFault({ on: 'callback', duplicateCallback: 2 });
		await suspend();
		emulator.finishTasks();
		await expectImages(await n8n.run(0));
	});

	it('stays asleep for a report that is none, and for one without its secret', async () => {
		await suspend();
		const [first] = emulator.requestsOf('create');
		const url = (first && asynchronous.callbackUrlIn(first)) ?? '';
		const post = async (to: string): Promise<number> => {
			const headers = { 'content-type': 'application/json' };
			const body = JSON.stringify(asynchronous.notReport);
			return (await fetch(to, { method: 'POST', headers, body })).status;
		};
		const forged = new URL(url);
		forged.searchParams.set('sd_k', 'forged');
		expect(await post(forged.toString())).toBe(401);
		expect(await post(url)).toBe(200);
		expect(n8n.runs).toHaveLength(0);
		emulator.finishTasks();
		await expectImages(await n8n.run(0));
	});
});

describe.each(ASYNCHRONOUS)('The trigger for $name', (fixture: AsynchronousFixture) => {
	const { id: provider, asynchronous } = fixture;
	const scene = useTriggerScene();
	const publish = async (parameters: INodeParameters = {}): Promise<string> =>
		await scene.publish(parameters, { credentials: credentialsFor(scene.emulator, { provider }) });

	async function submit(
		callbackUrl: string,
		parameters: INodeParameters = {},
	): Promise<{ taskId: string; url: string }> {
		const wish = { ...BOAT, completion: 'submit', callbackUrl, ...parameters };
		const result = await runSeedream(scene.emulator, wish, { provider });
		expect(result.error).toBeUndefined();
		const request = scene.emulator.requestsOf('create').at(-1);
		const url = request && asynchronous.callbackUrlIn(request);
		return { taskId: String(jsonOf(result)[0]?.taskId), url: url ?? '' };
	}

	it.each(['seedream-4.0', 'seedream-5.0-pro'])(
		'starts the workflow with the images of a task of %s, and its context',
		async (model) => {
			const url = await publish();
			const { taskId, url: signed } = await submit(url, { model, callbackContext: '{"row": 7}' });
			const result = await scene.n8n.run(0);
			const items = handedOn(result);
			expect(items).toMatchObject([
				{
					json: { taskId, status: 'completed', provider, context: { row: 7 }, warnings: [] },
					binary: { data: { mimeType: expect.stringMatching(/^image\//) } },
				},
			]);
			const signature = new URL(signed).searchParams.get('sd_sig') ?? '?';
			for (const secret of ['test-key', signature]) expect(result.saved).not.toContain(secret);
			await scene.emulator.settled();
			expect(scene.n8n.statuses).toEqual([200]);
		},
	);

	it('starts it once, however often the end is reported', async () => {
		scene.emulator.addFault({ on: 'callback', duplicateCallback: 2 });
		await submit(await publish({ download: false }));
		await scene.emulator.settled();
		const ends = await Promise.all(scene.n8n.runs.map(async ({ result }) => await result));
		expect(ends.flatMap(handedOn)).toHaveLength(1);
		expect(scene.n8n.statuses).toEqual([200, 200, 200]);
	});

	it('starts it with the error of a task that failed', async () => {
		const failTask = { code: '500', message: 'The model had trouble of its own' };
		scene.emulator.addFault({ on: 'create', failTask });
		await submit(await publish());
		const [item] = handedOn(await scene.n8n.run(0));
		expect(item?.json).toMatchObject({
			status: 'failed',
			provider,
			error: {
				message: expect.stringContaining('trouble of its own'),
				billed: asynchronous.failedIsBilled,
			},
		});
	});

	it('keeps the signature to itself also where it fails', async () => {
		scene.emulator.addFault({ on: 'query', status: 401 });
		const { url } = await submit(await publish());
		const result = await scene.n8n.run(0);
		expect(result.status).toBe('error');
		expect(result.saved).not.toContain(new URL(url).searchParams.get('sd_sig') ?? '?');
	});

	it('believes the report itself where that is wanted', async () => {
		const { taskId } = await submit(await publish({ confirmWithApi: false, download: false }));
		const [item] = handedOn(await scene.n8n.run(0));
		expect(item?.json).toMatchObject({
			taskId,
			status: 'completed',
			url: expect.stringMatching(/^http/),
		});
		expect(scene.emulator.requestsOf('query')).toHaveLength(0);
	});

	it('lets nobody in whose URL it did not sign, and says so of what is no report', async () => {
		scene.emulator.addFault({ on: 'callback', noCallback: true });
		const hook = await publish();
		const { url } = await submit(hook);
		const changed = new URL(url);
		changed.searchParams.set('sd_t', '1');
		for (const forged of [hook, changed.toString()]) {
			expect((await scene.post(forged, asynchronous.notReport)).status).toBe(401);
		}
		expect((await scene.post(url, asynchronous.notReport)).status).toBe(400);
		expect(scene.n8n.runs).toHaveLength(0);
	});
});

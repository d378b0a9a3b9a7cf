import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../emulator';
import { NODE, runSeedream } from './seedream';
import { startWebhookServer, type WebhookServer } from './support';

let emulator: Emulator;
let n8n: WebhookServer;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 150, callbackRetryMs: [50, 100, 200] });
});
beforeEach(async () => {
	emulator.reset();
	n8n = await startWebhookServer();
});
afterEach(async () => await n8n.close());
afterAll(async () => await emulator.stop());

const ONE = { operation: 'generate', prompt: 'a boat', completion: 'callback' };

describe('Suspending until the callback', () => {
	it('sleeps, and goes on with the images when the provider calls back', async () => {
		const asleep = await runSeedream(emulator, ONE, { webhookUrl: n8n.url });
		expect(asleep.status).toBe('waiting');
		const awake = await n8n.run(0);
		expect(awake.status).toBe('success');
		expect(awake.items(NODE)).toEqual([expect.objectContaining({ pairedItem: { item: 0 } })]);
		console.log(JSON.stringify(awake.items(NODE)[0]?.json), n8n.statuses, emulator.requestsOf('query').length);
	});
});

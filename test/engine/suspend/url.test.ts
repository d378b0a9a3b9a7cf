import { describe, expect, it } from 'vitest';
import { NODE, paidBodies } from '../seedream';
import { BOAT, BOATS, itemsAtDeadline, numbered, useScene } from './scene';

const scene = useScene();

/** A public API that does not exist: whatever is sent to it fails with another message. */
const PUBLIC_API = {
	provider: 'evolink',
	apiKey: 'test-key',
	baseUrl: 'https://api.example.invalid',
};

describe('A resume URL that the provider would refuse is refused before anything is sent', () => {
	it.each([
		{
			what: 'this machine',
			webhookUrl: 'https://localhost:5678/',
			says: ['localhost', 'WEBHOOK_URL', 'polling'],
		},
		{
			what: 'a private host',
			webhookUrl: 'https://10.1.2.3/',
			says: ['10.1.2.3', 'WEBHOOK_URL', 'polling'],
		},
		{
			what: 'not https',
			webhookUrl: 'http://n8n.example.com/',
			says: ['http://', 'https://', 'WEBHOOK_URL', 'polling'],
		},
		{
			what: 'too long',
			webhookUrl: `https://n8n.example.com/${'x'.repeat(2000)}/`,
			says: ['2048'],
		},
	])('$what', async ({ webhookUrl, says }) => {
		const result = await scene.run(BOATS, {
			webhookUrl,
			credentials: PUBLIC_API,
			items: numbered(2),
		});
		expect(result.status).toBe('error');
		for (const text of says) expect(result.error?.message).toContain(text);
		expect(result.error).toMatchObject({
			context: { data: { error: { code: 'invalid_request', billed: 'no' } } },
		});
		expect(result.error?.message).not.toMatch(/reached|answer/);
		expect(scene.emulator.requests).toHaveLength(0);
	});

	it('as error items where the node continues', async () => {
		const run = {
			webhookUrl: 'http://localhost:5678/',
			credentials: PUBLIC_API,
			items: numbered(2),
			node: { onError: 'continueRegularOutput' },
		} as const;
		const result = await scene.run(BOATS, run);
		expect(result.status).toBe('success');
		const error = { code: 'invalid_request', message: expect.stringContaining('WEBHOOK_URL') };
		expect(result.items(NODE)).toMatchObject([{ json: { error } }, { json: { error } }]);
	});

	it('a too long one also where the API itself is private', async () => {
		const result = await scene.run(BOAT, { webhookUrl: `${scene.n8n.url}${'x'.repeat(2000)}/` });
		expect(result.error?.message).toContain('2048');
		expect(scene.emulator.requests).toHaveLength(0);
	});

	it.each(['poll', 'submit'])(
		'it is of no account with the completion "%s"',
		async (completion) => {
			const result = await scene.run(
				{ ...BOAT, completion },
				{ webhookUrl: `http://localhost:5678/${'x'.repeat(2000)}/` },
			);
			expect(result.status).toBe('success');
		},
	);
});

describe('Secrets', () => {
	it("the provider gets n8n's resume URL with a secret of the node's own, the same for all tasks of an execution and no other", async () => {
		await scene.suspend(BOATS, { items: numbered(2) });
		const first = scene.callbackUrls();
		const awake = await scene.n8n.run(0);
		expect(new Set(first).size).toBe(1);
		const url = new URL(first[0] ?? '');
		expect(url.origin).toBe(new URL(scene.n8n.url).origin);
		expect(url.pathname).toBe(`/webhook-waiting/${awake.executionId}/seedream`);
		expect(url.searchParams.get('signature')).toMatch(/^[0-9a-f]{64}$/);
		expect(url.searchParams.get('sd_k')).toMatch(/^[0-9a-f]{48}$/);

		await scene.suspend(BOAT);
		const other = new URL(scene.callbackUrls()[2] ?? '');
		expect(other.searchParams.get('sd_k')).not.toBe(url.searchParams.get('sd_k'));
	});

	it('neither it nor the API key comes out of the node, nor does the key stand in what n8n saves', async () => {
		const prompt = '={{ $json.n === 2 ? "[moderated]" : "A boat" }}';
		const run = {
			items: numbered(3),
			mode: 'manual',
			node: { onError: 'continueErrorOutput' },
		} as const;
		const asleep = await scene.suspend({ ...BOAT, prompt }, run);
		const awake = await scene.n8n.run(0);
		scene.emulator.addFault({ on: 'create', noCallback: true });
		const late = await itemsAtDeadline(await scene.suspend(BOATS, { items: numbered(2) }));
		const shown = JSON.stringify(
			[asleep, awake].map(({ runData, messages, hints, error }) => [
				runData,
				messages,
				hints,
				error,
			]),
		);
		for (const url of scene.callbackUrls()) {
			const secret = new URL(url).searchParams.get('sd_k') ?? '?';
			expect(shown + JSON.stringify(late)).not.toContain(secret);
		}
		expect(shown + JSON.stringify(late)).not.toMatch(/test-key|sd_k/);
		expect(asleep.saved + awake.saved).not.toContain('test-key');
		expect(JSON.stringify(paidBodies(scene.emulator))).not.toContain('test-key');
	});
});

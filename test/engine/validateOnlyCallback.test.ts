import { describe, expect, it } from 'vitest';
import { ASYNCHRONOUS, SYNCHRONOUS } from '../providers';
import { dryRun, plannedIn, publicApi } from './dryRun';
import { NODE } from './seedream';
import { BOAT, BOATS, numbered, useScene } from './suspend/scene';

const scene = useScene();

const HOOK = 'https://n8n.example.com/webhook/seedream?tenant=a';

describe('Validate Only of a request that would suspend', () => {
	it('shows the resume URL without what lets a caller in', async () => {
		const result = await dryRun(scene.emulator, BOATS, {
			credentials: publicApi(),
			items: numbered(2),
		});
		expect(result.status).toBe('success');
		expect(result.waitTill).toBeUndefined();
		const urls = plannedIn(result).map(
			({ request: { body } }) => new URL(String(body.callback_url)),
		);
		expect(urls).toHaveLength(2);
		for (const url of urls) {
			expect(url.origin).toBe('https://n8n.example.com');
			expect(url.pathname).toBe(`/webhook-waiting/${result.executionId}/seedream`);
			expect(url.searchParams.get('sd_k')).toBe('***');
			expect(url.searchParams.get('signature')).toBe('***');
		}
	});

	it('neither secret is in its items or hints', async () => {
		const result = await dryRun(
			scene.emulator,
			{ ...BOAT, prompt: '={{ $execution.resumeUrl }}' },
			{ credentials: publicApi() },
		);
		const shown = JSON.stringify([result.runData, result.hints]);
		// The node's own stands in its context, where it lets a callback in; n8n's own it has itself.
		const [, ofNode] = /"([0-9a-f]{48})"/.exec(result.saved) ?? [];
		const ofN8n = new URL(result.resumeUrl).searchParams.get('signature');
		for (const secret of [ofNode, ofN8n]) {
			expect(secret).toMatch(/^[0-9a-f]{48,}$/);
			expect(shown).not.toContain(secret);
		}
	});

	it('one that would be sent differs in these two only', async () => {
		const [planned] = plannedIn(await dryRun(scene.emulator, BOAT, { webhookUrl: scene.n8n.url }));
		const asleep = await scene.suspend(BOAT);
		const [sent] = scene.emulator.requestsOf('create');
		const withoutSecrets = JSON.stringify(sent?.body)
			.replace(/(sd_k|signature)=[0-9a-f]+/g, '$1=***')
			.replace(`/${asleep.executionId}/`, '/ID/');
		expect(
			JSON.stringify(planned?.request.body).replace(
				/webhook-waiting\/\d+\//,
				'webhook-waiting/ID/',
			),
		).toBe(withoutSecrets);
		await scene.n8n.run(0);
	});

	it.each([
		{
			what: 'this machine',
			webhookUrl: 'https://localhost:5678/',
			says: ['localhost', 'WEBHOOK_URL'],
		},
		{ what: 'a private host', webhookUrl: 'https://10.1.2.3/', says: ['10.1.2.3', 'WEBHOOK_URL'] },
		{ what: 'not https', webhookUrl: 'http://n8n.example.com/', says: ['http://', 'WEBHOOK_URL'] },
		{
			what: 'too long',
			webhookUrl: `https://n8n.example.com/${'x'.repeat(2000)}/`,
			says: ['2048'],
		},
	])('refuses a resume URL that the provider would refuse: $what', async ({ webhookUrl, says }) => {
		const result = await dryRun(scene.emulator, BOAT, { webhookUrl, credentials: publicApi() });
		for (const text of says) expect(result.error?.message).toContain(text);
		expect(result.error).toMatchObject({
			context: { data: { error: { code: 'invalid_request', billed: 'no' } } },
		});
	});

	it('a private one is fine where the API is private too', async () => {
		const result = await dryRun(scene.emulator, BOAT, { webhookUrl: 'http://localhost:5678/' });
		expect(plannedIn(result)[0]?.request.body.callback_url).toMatch(/^http:\/\/localhost:5678\//);
	});

	it.each(ASYNCHRONOUS)('$name is shown it, without what lets a caller in', async (fixture) => {
		const credentials = publicApi(fixture.id);
		const [planned] = plannedIn(
			await dryRun(scene.emulator, { ...BOAT, aspectRatio: '1:1' }, { credentials }),
		);
		const shown = decodeURIComponent(JSON.stringify(planned?.request));
		expect(shown).toContain('https://n8n.example.com/webhook-waiting/');
		expect(shown).toMatch(/sd_k=\*\*\*/);
		expect(shown).not.toMatch(/(sd_k|signature)=[0-9a-f]/);
	});

	it.each(SYNCHRONOUS)(
		'$name gets no callback URL, which a warning says',
		async ({ id: provider }) => {
			const [planned] = plannedIn(
				await dryRun(
					scene.emulator,
					{ ...BOAT, aspectRatio: '1:1' },
					{ credentials: publicApi(provider) },
				),
			);
			expect(JSON.stringify(planned?.request)).not.toMatch(/webhook-waiting|callback/);
			expect(planned?.warnings).toEqual([expect.stringMatching(/no task and no callback/)]);
		},
	);
});

describe('Validate Only of a request that would only be submitted', () => {
	const SUBMIT = { ...BOAT, completion: 'submit', callbackUrl: HOOK };

	it('shows the callback URL', async () => {
		const [planned] = plannedIn(await dryRun(scene.emulator, SUBMIT, { credentials: publicApi() }));
		const url = new URL(String(planned?.request.body.callback_url));
		expect([url.origin + url.pathname, url.searchParams.get('tenant')]).toEqual([
			'https://n8n.example.com/webhook/seedream',
			'a',
		]);
	});

	it('refuses one that the provider would refuse', async () => {
		const result = await dryRun(
			scene.emulator,
			{ ...SUBMIT, callbackUrl: 'https://192.168.1.7/x' },
			{ credentials: publicApi() },
		);
		expect(result.error?.message).toContain('192.168.1.7');
		expect(result.items(NODE)).toEqual([]);
	});
});

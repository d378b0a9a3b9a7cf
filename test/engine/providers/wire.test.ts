import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator';
import { itemsOf, paidBodies, runSeedream } from '../seedream';
import { failureOf, jsonOf, NAMES } from './support';
import { BYTEPLUS_TABLE, VOLCENGINE_TABLE } from './wire.ark';
import { NOVITA_TABLE } from './wire.novita';
import { REFUSED, REFUSED_ON_CUSTOM } from './wire.refused';
import { TOKAIFY_TABLE, UNIALL_TABLE } from './wire.relays';
import { modelByExpression } from './wire.row';
import { PIXELS } from './wire.sizes';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 20 });
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

const TABLES = [NOVITA_TABLE, UNIALL_TABLE, TOKAIFY_TABLE, BYTEPLUS_TABLE, VOLCENGINE_TABLE];

describe.each(TABLES)(
	'What the panel says arrives at $provider, and nothing else does',
	({ provider, ...table }) => {
		const rows = table.rows.map((row) => [row.says, row] as const);

		it.each(rows)('%s', async (_, { parameters, options, items, path, wire, warnings }) => {
			const result = await runSeedream(
				emulator,
				{ operation: 'generate', prompt: 'A boat', download: false, ...parameters },
				{ provider, options, items },
			);
			expect(result.error).toBeUndefined();
			expect(result.saved).not.toContain('test-key');
			expect(paidBodies(emulator)).toEqual([{ ...table.plain, ...wire }]);
			const base = new URL(emulator.baseUrl(provider)).pathname;
			expect(emulator.requests).toMatchObject([
				{
					method: 'POST',
					path: base + (path ?? table.path),
					headers: { authorization: 'Bearer test-key', 'content-type': 'application/json' },
					status: 200,
				},
			]);
			for (const item of jsonOf(result)) expect(item.warnings).toEqual(warnings ?? []);
		});

		it('a prompt with its line breaks, quotes and any script', async () => {
			const prompt = 'A "boat"\n船 ⛵ \\ done';
			await runSeedream(
				emulator,
				{ operation: 'generate', prompt, aspectRatio: '1:1', download: false },
				{ provider },
			);
			expect(paidBodies(emulator)).toMatchObject([{ prompt }]);
		});

		it('the parameters of each item in its own request', async () => {
			await runSeedream(
				emulator,
				{
					operation: 'generate',
					prompt: '={{ $json.p }}',
					aspectRatio: '={{ $json.r }}',
					download: false,
				},
				{
					provider,
					items: itemsOf({ p: 'one', r: '1:1' }, { p: 'two', r: '2:3' }),
					options: { concurrency: 1 },
				},
			);
			const sizes =
				provider === 'uniall'
					? [
							{ width: 2048, height: 2048 },
							{ width: 1664, height: 2496 },
						]
					: ['2048x2048', '1664x2496'];
			const field = provider === 'uniall' ? 'custom_size' : 'size';
			expect(paidBodies(emulator)).toEqual([
				{ ...table.plain, prompt: 'one', [field]: sizes[0] },
				{ ...table.plain, prompt: 'two', [field]: sizes[1] },
			]);
		});
	},
);

describe('The model', () => {
	it('may come from an expression, without anything else to fill in', async () => {
		const result = await runSeedream(
			emulator,
			{
				operation: 'generate',
				prompt: 'A boat',
				model: '={{ $json.model }}',
				aspectRatio: '1:1',
				download: false,
			},
			{
				provider: 'byteplus',
				items: itemsOf({ model: 'seedream-4.5' }, { model: 'seedream-4.0' }),
				options: { concurrency: 1 },
			},
		);
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toMatchObject([
			{ model: 'seedream-4-5-251128' },
			{ model: 'seedream-4-0-250828' },
		]);
	});
});

describe('Each shape and resolution becomes pixels that the provider takes', () => {
	it.each(PIXELS)(
		'$provider, $model at $resolution',
		async ({ provider, model, resolution, sizes }) => {
			emulator.setTaskMs(0);
			const shapes = Object.keys(sizes);
			const result = await runSeedream(
				emulator,
				{
					operation: 'generate',
					prompt: '={{ $json.r }}',
					aspectRatio: '={{ $json.r }}',
					model,
					resolution,
					download: false,
				},
				{ provider, items: itemsOf(...shapes.map((r) => ({ r }))), options: { concurrency: 1 } },
			);
			expect(result.error).toBeUndefined();
			const sent = paidBodies(emulator).map((body) => pixelsIn(body));
			expect(Object.fromEntries(shapes.map((shape, index) => [shape, sent[index]]))).toEqual(sizes);
			expect(new Set(emulator.requestsOf('create').map(({ status }) => status))).toEqual(
				new Set([200]),
			);
		},
	);
});

function pixelsIn(body: unknown): unknown {
	if (!(body instanceof Object)) return body;
	if ('size' in body) return body.size;
	if (!('custom_size' in body) || !(body.custom_size instanceof Object)) return body;
	return Object.values(body.custom_size).join('x');
}

describe('What would change the picture and cannot be had is refused before anything is sent', () => {
	it.each(REFUSED)('%s, %s: %j', async (provider, model, options, message) => {
		const parameters = {
			operation: 'generate',
			prompt: 'A boat',
			aspectRatio: '1:1',
			...modelByExpression(model),
			download: false,
		};
		const failure = await failureOf(emulator, parameters, { provider, options });
		expect(emulator.requests).toHaveLength(0);
		expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no', provider });
		expect(failure.message).toContain(message);
		expect(failure.message).toContain('Nothing was sent');
	});

	it.each(REFUSED_ON_CUSTOM)(
		'%s, on a custom model too: %s with %j',
		async (provider, modelId, options) => {
			const failure = await failureOf(
				emulator,
				{
					operation: 'generate',
					prompt: 'A boat',
					aspectRatio: '1:1',
					model: 'custom',
					modelId,
					download: false,
				},
				{ provider, options },
			);
			expect(emulator.requests).toHaveLength(0);
			expect(failure.message).toContain(NAMES[provider]);
		},
	);
});

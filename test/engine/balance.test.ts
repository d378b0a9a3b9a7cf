import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Provider } from '../emulator';
import { useEmulator } from '../emulator/useEmulator';
import { itemsOf, NODE, runSeedream, type SeedreamRun } from './seedream';
import { runTool } from './seedreamTool';
import type { RunResult } from './support';

const emulator = useEmulator({ taskMs: 20 });

const BALANCE: INodeParameters = { operation: 'getBalance' };
const TELLERS = ['evolink', 'novita'] as const;

const posted = () => emulator.requests.filter(({ method }) => method !== 'GET');
const asked = () => emulator.requestsOf('credits').length;

async function balanceOf(provider: Provider, run: SeedreamRun = {}): Promise<RunResult> {
	const result = await runSeedream(emulator, BALANCE, { provider, ...run });
	expect(result.error).toBeUndefined();
	expect(posted()).toEqual([]);
	return result;
}

describe('Get Balance at EvoLink gives what can be spent', () => {
	it.each([
		{
			what: 'all of the account, where the key may use as much',
			credits: { user: 500.5, token: 500.5 },
			balance: 500.5,
		},
		{ what: 'no more than the account has', credits: { user: 3.6, token: 90_000 }, balance: 3.6 },
		{ what: 'no more than the key may use', credits: { user: 90_000, token: 7.25 }, balance: 7.25 },
		{
			what: 'all of the account, where the key is unlimited',
			credits: { user: 900, token: 7, unlimited: true },
			balance: 900,
		},
		{
			what: 'all of the account, where an unlimited key says nothing',
			credits: { user: 900, token: 0, unlimited: true },
			balance: 900,
		},
		{
			what: 'nothing of an account that is empty, with an unlimited key',
			credits: { user: 0, token: 50, unlimited: true },
			balance: 0,
		},
		{ what: 'a debt, where there is one', credits: { user: -1.8, token: 50 }, balance: -1.8 },
	])('$what', async ({ credits, balance }) => {
		emulator.setCredits('test-key', credits);
		const result = await balanceOf('evolink');
		const { user, token, unlimited = false } = credits;
		expect(result.items(NODE)).toEqual([
			{
				json: {
					provider: 'evolink',
					balance,
					unit: 'credits',
					details: {
						token: { remaining_credits: token, unlimited_credits: unlimited, used_credits: 0 },
						user: { remaining_credits: user, used_credits: 0 },
					},
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(asked()).toBe(1);
	});

	it('what the account has, where the answer has no word of the key', async () => {
		emulator.addFault({ on: 'credits', body: { data: { user: { remaining_credits: 42 } } } });
		expect((await balanceOf('evolink')).items(NODE)).toMatchObject([
			{ json: { balance: 42, unit: 'credits' } },
		]);
	});

	it('what is left after images were made', async () => {
		await runSeedream(emulator, {
			operation: 'generate',
			prompt: 'A boat',
			numberOfImages: 2,
			download: false,
		});
		const [item] = (await runSeedream(emulator, BALANCE)).items(NODE);
		expect(item?.json.balance).toBe(100_000 - 3.6);
	});
});

describe('Get Balance at Novita gives dollars', () => {
	it.each([
		{ text: '123456', dollars: 12.3456 },
		{ text: '1', dollars: 0.0001 },
		{ text: '0', dollars: 0 },
		{ text: '-5000', dollars: -0.5 },
		{ text: 250_000, dollars: 25 },
	])('$text ten-thousandths are $dollars USD', async ({ text, dollars }) => {
		const details = { availableBalance: text, cashBalance: '7', creditLimit: '0' };
		emulator.addFault({ on: 'credits', body: details });
		expect((await balanceOf('novita')).items(NODE)).toEqual([
			{
				json: { provider: 'novita', balance: dollars, unit: 'USD', details },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('as its API tells them', async () => {
		emulator.setCredits('test-key', { user: 98_765 });
		expect((await balanceOf('novita')).items(NODE)).toMatchObject([
			{ json: { balance: 9.8765, details: { availableBalance: '98765' } } },
		]);
	});
});

describe('One account is one item', () => {
	it.each(TELLERS)(
		'however many items come in at %s, and it is linked to all of them',
		async (provider) => {
			const result = await balanceOf(provider, { items: itemsOf({ n: 1 }, { n: 2 }, { n: 3 }) });
			expect(result.items(NODE)).toHaveLength(1);
			expect(result.items(NODE)[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(asked()).toBe(1);
			expect(result.hints).toEqual([]);
		},
	);

	it('and none where no item comes in', async () => {
		expect((await balanceOf('evolink', { items: [] })).items(NODE)).toEqual([]);
		expect(emulator.requests).toEqual([]);
	});
});

describe('As the tool of an AI agent', () => {
	it.each(['invoked', 'engine'] as const)('it tells the model what is left (%s)', async (agent) => {
		emulator.setCredits('test-key', { user: 41.5 });
		const { heard } = await runTool(emulator, BALANCE, [{}], { agent });
		expect(heard.join()).toMatch(/"balance":41\.5,"unit":"credits"/);
		expect(posted()).toEqual([]);
	});
});

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../emulator';
import { until } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { dryRun } from './dryRun';
import { itemsOf, NODE, runSeedream, type SeedreamRun } from './seedream';
import { runTool } from './seedreamTool';
import type { RunResult } from './support';

const emulator = useEmulator({ taskMs: 20 });

const BOAT: INodeParameters = {
	operation: 'generate',
	prompt: 'A boat',
	aspectRatio: '1:1',
	resolution: '2K',
	download: false,
};
const SEED = 'Seed was left out: Seedream 4.0 on EvoLink has no such option.';
const SEEDED = { options: { seed: 7 } };

async function run(parameters: INodeParameters = {}, given: SeedreamRun = {}): Promise<RunResult> {
	return await runSeedream(emulator, { ...BOAT, ...parameters }, given);
}

/** Shown in the editor as a warning, above the node's output. */
const shown = (message: unknown) => ({ message, type: 'warning', location: 'outputPane' });

const warningsIn = (items: INodeExecutionData[]) => items.map(({ json }) => json.warnings);

describe('A warning is shown in the editor too', () => {
	it('as a hint of the run', async () => {
		const result = await run({}, SEEDED);
		expect(warningsIn(result.items(NODE))).toEqual([[SEED]]);
		expect(result.hints).toEqual([shown(SEED)]);
		expect(result.runData[NODE]?.[0]?.hints).toEqual(result.hints);
	});

	it.each(['image', 'task'])(
		'once, however many images and items carry it (output mode %s)',
		async (outputMode) => {
			const result = await run(
				{ numberOfImages: 3 },
				{ options: { seed: 7, outputMode }, items: itemsOf({}, {}, {}) },
			);
			const items = result.items(NODE);
			expect(items).toHaveLength(outputMode === 'image' ? 9 : 3);
			expect(warningsIn(items)).toEqual(items.map(() => [SEED]));
			expect(result.hints).toEqual([shown(SEED)]);
		},
	);

	it('each of several, in the order of the items', async () => {
		const result = await run(
			{ model: '={{ $json.model }}', modelId: 'unused' },
			{
				options: { seed: 7, promptPriority: 'fast' },
				items: itemsOf(
					{ model: 'seedream-4.5' },
					{ model: 'seedream-4.0' },
					{ model: 'seedream-4.5' },
				),
			},
		);
		expect(result.hints).toEqual(
			[
				'Prompt Priority was left out: Seedream 4.5',
				'Seed was left out: Seedream 4.5',
				'Seed was left out: Seedream 4.0',
			].map((start) => shown(expect.stringMatching(new RegExp(`^${start}`)))),
		);
	});

	it('also of what came of the request: fewer images, and a download that failed', async () => {
		emulator.addFault({ on: 'download', status: 404 });
		const result = await run({
			numberOfImages: 2,
			prompt: 'Boats [moderated-output:1]',
			download: true,
		});
		expect(result.hints).toEqual([
			shown('2 images were requested and 1 received.'),
			shown(expect.stringContaining('Image')),
		]);
	});

	it('of the items that are fine, where others have failed', async () => {
		const result = await run(
			{ prompt: '={{ $json.p }}' },
			{
				...SEEDED,
				items: itemsOf({ p: 'A boat' }, { p: '' }, { p: '[moderated]' }),
				node: { onError: 'continueRegularOutput' },
			},
		);
		expect(result.items(NODE).map(({ json }) => json.error !== undefined)).toEqual([
			false,
			true,
			true,
		]);
		expect(result.hints).toEqual([shown(SEED)]);
	});

	it.each(PROVIDERS)('of what Validate Only would send to %s', async (provider) => {
		const lite = { ...BOAT, model: 'seedream-5.0-lite' };
		const result = await dryRun(emulator, lite, { provider, ...SEEDED });
		expect(result.hints).toEqual([shown(expect.stringMatching(/^Seed was left out/))]);
	});

	it('when a task is submitted, and when it is got', async () => {
		const submitted = await run({ completion: 'submit' }, SEEDED);
		expect(submitted.hints).toEqual([shown(SEED)]);
		const taskId = String(submitted.items(NODE)[0]?.json.taskId);
		await until(() => (emulator.imagesMade() > 0 ? true : undefined));
		emulator.addFault({ on: 'download', status: 404 });
		const got = await runSeedream(emulator, { operation: 'getTask', taskId });
		expect(got.hints).toEqual(warningsIn(got.items(NODE)).flat().map(shown));
		expect(got.hints).toHaveLength(1);
	});

	it.each(['invoked', 'engine'] as const)(
		'to the model of an agent, in the item that it reads (%s)',
		async (agent) => {
			const { heard } = await runTool(emulator, BOAT, [{}], { agent, ...SEEDED });
			expect(heard.join()).toContain(SEED);
		},
	);
});

describe('Many warnings', () => {
	/** One warning for each of so many models. */
	async function hintsOf(count: number): Promise<RunResult['hints']> {
		const items = itemsOf(...Array.from({ length: count }, (_, n) => ({ id: `ep-${n}` })));
		const result = await dryRun(
			emulator,
			{ ...BOAT, model: 'custom', modelId: '={{ $json.id }}' },
			{ provider: 'byteplus', items },
		);
		expect(new Set(warningsIn(result.items(NODE)).flat()).size).toBe(count);
		return result.hints;
	}

	const model = (n: number) =>
		shown(`The limits of the model ep-${n} are not known here, so they were not checked.`);
	const tenModels = Array.from({ length: 10 }, (_, n) => model(n));

	it('ten are shown', async () => {
		expect(await hintsOf(10)).toEqual(tenModels);
	});

	it.each([11, 12, 40])(
		'of %d ten are shown, and one says how many more there are',
		async (count) => {
			const more = shown(expect.stringMatching(new RegExp(`^${count - 10} more.*"warnings"`)));
			expect(await hintsOf(count)).toEqual([...tenModels, more]);
		},
	);
});

describe('When all is well there is no hint, and the list of warnings is there and empty', () => {
	const FINE: ReadonlyArray<{
		what: string;
		parameters: INodeParameters;
		options?: INodeParameters;
	}> = [
		{ what: 'one image', parameters: {} },
		{ what: 'a set, one item for each image', parameters: { numberOfImages: 3 } },
		{
			what: 'a set, one item for the task',
			parameters: { numberOfImages: 3 },
			options: { outputMode: 'task' },
		},
		{
			what: 'files',
			parameters: { download: true, aspectRatio: '1:1', resolution: '2K' },
		},
		{
			what: 'an edit',
			parameters: { operation: 'edit', imageSource: 'url', imageUrls: 'https://example.com/a.png' },
		},
	];

	describe.each(PROVIDERS)('at %s', (provider) => {
		it.each(FINE)('$what', async ({ parameters, options }) => {
			const result = await run(parameters, { provider, options });
			expect(result.error?.message).toBeUndefined();
			const items = result.items(NODE);
			expect(items.length).toBeGreaterThan(0);
			expect(warningsIn(items)).toEqual(items.map(() => []));
			expect(result.hints).toEqual([]);
		});

		it('Validate Only', async () => {
			const result = await dryRun(emulator, BOAT, { provider });
			expect(warningsIn(result.items(NODE))).toEqual([[]]);
			expect(result.hints).toEqual([]);
		});
	});

	it.each(['image', 'task'])(
		'a task that is submitted, one that is open and one that has ended (output mode %s)',
		async (outputMode) => {
			emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
			const submitted = await run({ completion: 'submit' }, { options: { outputMode } });
			expect(warningsIn(submitted.items(NODE))).toEqual([[]]);
			const query = { operation: 'getTask', taskId: String(submitted.items(NODE)[0]?.json.taskId) };
			for (const waitUntilDone of [false, true]) {
				const got = await runSeedream(
					emulator,
					{ ...query, waitUntilDone },
					{ options: { outputMode } },
				);
				expect(got.items(NODE)).toMatchObject([
					{ json: { status: waitUntilDone ? 'completed' : 'processing' } },
				]);
				expect(warningsIn(got.items(NODE))).toEqual([[]]);
				expect(got.hints).toEqual([]);
			}
			expect(submitted.hints).toEqual([]);
		},
	);

	it('an error item has neither', async () => {
		const result = await run(
			{ prompt: '[moderated]' },
			{ node: { onError: 'continueRegularOutput' } },
		);
		expect(Object.keys(result.items(NODE)[0]?.json ?? {})).toEqual(['error']);
		expect(result.hints).toEqual([]);
	});
});

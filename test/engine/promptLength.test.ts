import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../nodes/shared/seedream/providers';
import { PROVIDERS, type Provider } from '../emulator';
import { useEmulator } from '../emulator/useEmulator';
import { fixtureOf } from '../providers';
import { fieldsIn } from '../providers/body';
import { dryRun, plannedIn, publicApi, warningsOf } from './dryRun';
import { itemsOf, NODE, paidBodies, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 20 });

const BOAT: INodeParameters = { operation: 'generate', aspectRatio: '1:1', download: false };
const CUSTOM: INodeParameters = { model: 'custom', modelId: 'ep-1' };

/** Written one after the other: Chinese has no blanks. */
const chinese = (count: number) => '船'.repeat(count);
const words = (count: number) => Array.from({ length: count }, (_, n) => String(n % 10)).join(' ');

/** What is said of the prompt alone. */
async function saidOf(
	prompt: string,
	provider: Provider,
	parameters: INodeParameters = {},
): Promise<string[]> {
	const run = { provider, items: itemsOf({ prompt }) };
	const warnings = await warningsOf(
		emulator,
		{ ...BOAT, prompt: '={{ $json.prompt }}', ...parameters },
		run,
	);
	return warnings.filter((warning) => !warning.includes('were not checked'));
}

const TOO_CHINESE = (count: number): unknown =>
	expect.stringMatching(new RegExp(`^Prompt has ${count} Chinese characters, and at most 300`));
const TOO_MANY_WORDS = (count: number): unknown =>
	expect.stringMatching(new RegExp(`^Prompt has ${count} words, and at most 600`));

describe.each(PROVIDERS)('A long prompt at %s', (provider) => {
	describe.each([
		{ of: 'a model from the list', model: {} },
		{ of: 'a model by its ID', model: CUSTOM },
	])('for $of', ({ model }) => {
		it.each([
			{ what: '300 Chinese characters', prompt: chinese(300), says: [] },
			{ what: '301 Chinese characters', prompt: chinese(301), says: [TOO_CHINESE(301)] },
			{ what: '600 words', prompt: words(600), says: [] },
			{
				what: '250 Chinese characters with 650 signs between',
				prompt: `${'船 ， '.repeat(250)}${'… '.repeat(400)}`,
				says: [],
			},
			{ what: '601 words', prompt: words(601), says: [TOO_MANY_WORDS(601)] },
			{
				what: '300 Chinese characters and 600 words',
				prompt: `${chinese(300)} ${words(600)}`,
				says: [],
			},
			{
				what: 'both above',
				prompt: `${words(601)} ${chinese(301)}`,
				says: [TOO_CHINESE(301), TOO_MANY_WORDS(601)],
			},
		])('$what: $says.length warnings', async ({ prompt, says }) => {
			expect(await saidOf(prompt, provider, model)).toEqual(says);
		});
	});

	it('in an edit, likewise', async () => {
		const edit = { operation: 'edit', imageSource: 'url', imageUrls: 'https://example.com/a.png' };
		expect(await saidOf(chinese(301), provider, edit)).toEqual([TOO_CHINESE(301)]);
	});

	it('is refused for none of that, and goes out whole, up to as many characters as may be', async () => {
		const fixture = fixtureOf(provider);
		const { spec } = findProvider(provider)?.models['seedream-4.0'] ?? {};
		for (const long of ['x'.repeat(20_000), words(8000), chinese(20_000)]) {
			const prompt = long.slice(0, spec?.promptCharacters?.max);
			const run = { credentials: publicApi(provider), items: itemsOf({ prompt }) };
			const [planned] = plannedIn(
				await dryRun(emulator, { ...BOAT, prompt: '={{ $json.prompt }}' }, run),
			);
			expect(fieldsIn(fixture, planned?.request.body).prompt).toBe(prompt);
		}
	});
});

describe('What counts', () => {
	it.each([
		{
			what: 'Chinese characters that are written with two code units',
			prompt: '𠀀'.repeat(301),
			says: [TOO_CHINESE(301)],
		},
		{
			what: 'Chinese characters with signs and blanks between them',
			prompt: `${'船，'.repeat(150)} ${'海。\n'.repeat(151)}`,
			says: [TOO_CHINESE(301)],
		},
		{ what: 'no signs between Chinese characters', prompt: `${'船，'.repeat(300)}`, says: [] },
		{
			what: 'words on lines of their own',
			prompt: words(601).replaceAll(' ', '\n'),
			says: [TOO_MANY_WORDS(601)],
		},
		{
			what: 'words with any number of blanks between them',
			prompt: `  ${words(600).replaceAll(' ', ' \t ')}\n`,
			says: [],
		},
		{
			what: 'words with signs as one each',
			prompt: Array.from({ length: 600 }, () => "it's").join(' '),
			says: [],
		},
	])('$what', async ({ prompt, says }) => {
		expect(await saidOf(prompt, 'novita')).toEqual(says);
	});

	it('is what the user wrote, not the number of images that is added to it', async () => {
		expect(await saidOf(words(600), 'novita', { numberOfImages: 4 })).toEqual([]);
	});
});

describe('A bound in tokens, which EvoLink states', () => {
	const tooLong = (count: number, tokens: number): unknown =>
		expect.stringMatching(
			new RegExp(`^Prompt has ${count} characters.*takes ${tokens} tokens and may refuse more`),
		);

	it.each([
		['seedream-4.0', 2000],
		['seedream-4.5', 2000],
		['seedream-5.0-lite', 2000],
		['seedream-5.0-pro', 4000],
		['seedream-5.0-flash', 4000],
	] as const)(
		'%s: a prompt with more characters than %d tokens is warned of, since nobody here can count these',
		async (model, tokens) => {
			expect(await saidOf('x'.repeat(tokens), 'evolink', { model })).toEqual([]);
			expect(await saidOf('x'.repeat(tokens + 1), 'evolink', { model })).toEqual([
				tooLong(tokens + 1, tokens),
			]);
		},
	);

	it('a prompt of 20,000 characters is sent: the provider has the last word', async () => {
		const prompt = 'boat '.repeat(400).trim();
		const result = await runSeedream(emulator, { ...BOAT, prompt });
		expect(result.items(NODE)).toMatchObject([{ json: { status: 'completed', warnings: [] } }]);

		const long = 'boat '.repeat(4000);
		await runSeedream(emulator, { ...BOAT, prompt: long });
		expect(paidBodies(emulator)).toMatchObject([{ prompt }, { prompt: long }]);
	});
});

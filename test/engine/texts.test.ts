import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { SeedreamApi } from '../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import { SeedreamTrigger } from '../../nodes/SeedreamTrigger/SeedreamTrigger.node';
import { displayedParameters, offeredFields } from './support';

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** Everything with a name in the panels, with where it is. */
function entries(properties: readonly Entry[], place: string): Array<[place: string, Entry]> {
	return properties.flatMap((entry) => {
		const here = `${place} › ${titleOf(entry)}`;
		const below = 'options' in entry ? (entry.options ?? []) : [];
		return [[here, entry], ...entries(below, here)] satisfies Array<[string, Entry]>;
	});
}

function titleOf(entry: Entry): string {
	return 'displayName' in entry && entry.displayName !== '' ? entry.displayName : entry.name;
}

const PANELS = [
	...entries(new Seedream().description.properties, 'Seedream'),
	...entries(new SeedreamTrigger().description.properties, 'Seedream Trigger'),
	...entries(new SeedreamApi().properties, 'Seedream API'),
];

/** Names of providers are written as they write themselves. */
const AS_IT_IS = new Set(['fal']);
/** Small words stay small within a title. */
const SMALL = /^(a|an|and|as|at|by|for|in|of|on|or|per|the|to|until|with)$/;

const isTitleCase = (title: string): boolean =>
	AS_IT_IS.has(title) ||
	title
		.split(/[\s,()]+/)
		.filter((word) => word !== '')
		.every((word, index) => /^[A-Z0-9]/.test(word) || (index > 0 && SMALL.test(word)));

const sentencesOf = (text: string): string[] => text.split(/(?<=[.:]) /);

/** Those for which the rule does not hold. */
const broken = (holds: (entry: Entry) => boolean): string[] =>
	PANELS.filter(([, entry]) => !holds(entry)).map(([place]) => place);

const texts = ({ description }: Entry & { description?: string }): string => description ?? '';

describe('The texts of the panels, by the style guide of n8n', () => {
	it('names are in title case', () => {
		expect(
			broken(
				(entry) => ('type' in entry && entry.type === 'notice') || isTitleCase(titleOf(entry)),
			),
		).toEqual([]);
	});

	it('descriptions are in sentence case, with a full stop only where there are several sentences', () => {
		const holds = (text: string): boolean =>
			/^([A-Z0-9]|n8n\b)/.test(text) && text.endsWith('.') === /\. /.test(text);
		expect(broken((entry) => texts(entry) === '' || holds(texts(entry)))).toEqual([]);
	});

	it('switches say whether', () => {
		const isSwitch = (entry: Entry): boolean => 'type' in entry && entry.type === 'boolean';
		expect(broken((entry) => !isSwitch(entry) || texts(entry).startsWith('Whether '))).toEqual([]);
	});

	it('placeholders give an example', () => {
		const placeholderOf = (entry: Entry): string | undefined =>
			'placeholder' in entry && entry.type !== 'collection' ? entry.placeholder : undefined;
		expect(broken((entry) => placeholderOf(entry)?.startsWith('e.g. ') ?? true)).toEqual([]);
	});

	it('what a user fills in is explained', () => {
		const isExplained = (entry: Entry): boolean =>
			!('type' in entry) ||
			['collection', 'notice'].includes(entry.type) ||
			['Operation', 'API Key'].includes(titleOf(entry)) ||
			texts(entry) !== '';
		expect(broken(isExplained)).toEqual([]);
	});

	it('no sentence is longer than thirty-five words', () => {
		const isShort = (text: string): boolean =>
			sentencesOf(text).every((sentence) => sentence.split(' ').length <= 35);
		expect(broken((entry) => isShort(texts(entry)))).toEqual([]);
	});
});

describe('What costs money is said where it is chosen', () => {
	const hintOf = (name: string, parameters: INodeParameters): string | undefined => {
		const shown = displayedParameters(new Seedream(), parameters);
		return shown.find((field) => field.name === name)?.hint;
	};

	it.each([
		['the number of images', 'numberOfImages', { operation: 'generate' }, /each input item/],
		['layers', 'model', { operation: 'decompose' }, /up to 17, .* up to 100/],
		[
			'a larger image',
			'resolution',
			{ operation: 'edit', model: 'seedream-5.0-pro' },
			/costs more/,
		],
		[
			'a larger image',
			'resolution',
			{ operation: 'generate', model: 'seedream-5.5' },
			/costs more/,
		],
	])('%s', (_, name, parameters, hint) => {
		expect(hintOf(name, parameters)).toMatch(hint);
	});

	it.each([
		['Skip Validation', 'skipValidation', /may bill/],
		['Additional Fields', 'additionalFields', /paid for/],
	])('%s', (_, name, hint) => {
		const offered = offeredFields(new Seedream(), 'options', { operation: 'generate' });
		expect(offered.find((field) => field.name === name)?.hint).toMatch(hint);
	});

	it('and not where it does not', () => {
		expect(hintOf('resolution', { operation: 'generate', model: 'seedream-4.0' })).toBeUndefined();
	});
});

import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import { displayedParameters, offeredFields, parameterIssues } from './support';

const node = new Seedream();

const namesFor = (parameters: INodeParameters) =>
	displayedParameters(node, parameters).map(({ name }) => name);
const choicesOf = (name: string, parameters: INodeParameters) =>
	displayedParameters(node, parameters).find((parameter) => parameter.name === name)?.options;

const FAMILIES = [
	'seedream-4.0',
	'seedream-4.5',
	'seedream-5.0-lite',
	'seedream-5.0-pro',
	'seedream-5.0-flash',
	'seedream-5.5',
];
const LAYER_FAMILIES = ['seedream-5.0-pro', 'seedream-5.0-flash', 'seedream-5.5'];
const OPERATIONS = ['generate', 'edit', 'decompose', 'getBalance', 'getTask'];

const RATIO_FIELDS = ['sizeMode', 'aspectRatio', 'resolution'];
const REFERENCE_FIELDS = ['imageSource', 'binaryPropertyNames', 'combineItems'];
const WAITING_FIELDS = ['completion', 'download', 'options'];

type Row = readonly [panel: string, parameters: INodeParameters, fields: string[]];

const PANELS: Row[] = [
	[
		'a new node',
		{},
		['operation', 'model', 'prompt', 'numberOfImages', ...RATIO_FIELDS, ...WAITING_FIELDS],
	],
	[
		'Generate on a model that makes one image',
		{ operation: 'generate', model: 'seedream-5.0-pro' },
		['operation', 'model', 'prompt', ...RATIO_FIELDS, ...WAITING_FIELDS],
	],
	[
		'Generate with a custom model',
		{ operation: 'generate', model: 'custom' },
		[
			'operation',
			'model',
			'modelId',
			'prompt',
			'numberOfImages',
			...RATIO_FIELDS,
			...WAITING_FIELDS,
		],
	],
	[
		'Generate with exact pixels',
		{ operation: 'generate', sizeMode: 'pixels' },
		[
			'operation',
			'model',
			'prompt',
			'numberOfImages',
			'sizeMode',
			'width',
			'height',
			...WAITING_FIELDS,
		],
	],
	[
		'Generate with a size as the provider decides',
		{ operation: 'generate', sizeMode: 'default' },
		['operation', 'model', 'prompt', 'numberOfImages', 'sizeMode', ...WAITING_FIELDS],
	],
	[
		'Generate, submit only',
		{ operation: 'generate', completion: 'submit' },
		[
			'operation',
			'model',
			'prompt',
			'numberOfImages',
			...RATIO_FIELDS,
			'completion',
			'callbackUrl',
			'options',
		],
	],
	[
		'Generate, submit with a callback',
		{ operation: 'generate', completion: 'submit', callbackUrl: 'https://example.com/hook' },
		[
			'operation',
			'model',
			'prompt',
			'numberOfImages',
			...RATIO_FIELDS,
			'completion',
			'callbackUrl',
			'callbackContext',
			'options',
		],
	],
	[
		'Edit',
		{ operation: 'edit' },
		[
			'operation',
			'model',
			...REFERENCE_FIELDS,
			'prompt',
			'numberOfImages',
			...RATIO_FIELDS,
			...WAITING_FIELDS,
		],
	],
	[
		'Edit with URLs',
		{ operation: 'edit', imageSource: 'url' },
		[
			'operation',
			'model',
			'imageSource',
			'imageUrls',
			'combineItems',
			'prompt',
			'numberOfImages',
			...RATIO_FIELDS,
			...WAITING_FIELDS,
		],
	],
	[
		'Edit with both on Flash',
		{ operation: 'edit', imageSource: 'both', model: 'seedream-5.0-flash' },
		[
			'operation',
			'model',
			'imageSource',
			'binaryPropertyNames',
			'imageUrls',
			'combineItems',
			'prompt',
			...RATIO_FIELDS,
			...WAITING_FIELDS,
		],
	],
	[
		'Decompose',
		{ operation: 'decompose' },
		[
			'operation',
			'model',
			'imageSource',
			'binaryPropertyNames',
			'prompt',
			'resolution',
			...WAITING_FIELDS,
		],
	],
	[
		'Decompose what a URL leads to, with a custom model',
		{ operation: 'decompose', imageSource: 'url', model: 'custom' },
		[
			'operation',
			'model',
			'modelId',
			'imageSource',
			'imageUrls',
			'prompt',
			'resolution',
			...WAITING_FIELDS,
		],
	],
	[
		'Get Task',
		{ operation: 'getTask' },
		['operation', 'taskId', 'waitUntilDone', 'download', 'options'],
	],
	['Get Balance', { operation: 'getBalance' }, ['operation']],
];

const OUTPUT_OPTIONS = [
	'concurrency',
	'failOnPartial',
	'maxWaitSeconds',
	'outputBinaryProperty',
	'outputMode',
	'pollIntervalSeconds',
];
const MAKING_OPTIONS = [
	'additionalFields',
	...OUTPUT_OPTIONS,
	'maxImages',
	'seed',
	'skipValidation',
	'user',
	'validateOnly',
	'watermark',
];
const SET_OPTIONS = [...MAKING_OPTIONS, 'stateCountInPrompt', 'stream'];
const PRO_OPTIONS = [...MAKING_OPTIONS, 'background', 'outputFormat'];

const OPTIONS: Row[] = [
	['Seedream 4.0', { model: 'seedream-4.0' }, [...SET_OPTIONS, 'promptPriority']],
	['Seedream 4.5', { model: 'seedream-4.5' }, SET_OPTIONS],
	[
		'Seedream 5.0 Lite',
		{ model: 'seedream-5.0-lite' },
		[...SET_OPTIONS, 'outputFormat', 'webSearch'],
	],
	['Seedream 5.0 Pro', { model: 'seedream-5.0-pro' }, [...PRO_OPTIONS, 'promptPriority']],
	['Seedream 5.0 Flash', { model: 'seedream-5.0-flash' }, PRO_OPTIONS],
	['Seedream 5.5', { model: 'seedream-5.5' }, PRO_OPTIONS],
	[
		'a custom model',
		{ model: 'custom' },
		[...SET_OPTIONS, 'background', 'outputFormat', 'promptPriority', 'webSearch'],
	],
];

const LAYER_OPTIONS = [
	'additionalFields',
	...OUTPUT_OPTIONS.filter((name) => name !== 'failOnPartial'),
	'maxImages',
	'outputFormat',
	'skipValidation',
	'validateOnly',
	'watermark',
];

/** `a` and `b` without regard to order. */
const sorted = (names: ReadonlyArray<string | number | boolean> = []) => names.map(String).sort();

describe('The panel shows exactly the fields that belong', () => {
	it.each(PANELS)('%s', (_, parameters, fields) => {
		expect(namesFor(parameters)).toEqual(fields);
	});

	it('no field twice, whatever is chosen', () => {
		for (const operation of OPERATIONS) {
			for (const model of [...FAMILIES, 'custom']) {
				const names = namesFor({ operation, model });
				expect(names).toEqual([...new Set(names)]);
			}
		}
	});

	it.each(OPTIONS)('under Options, for %s', (_, parameters, options) => {
		for (const operation of ['generate', 'edit']) {
			expect(sorted(choicesOf('options', { operation, ...parameters }))).toEqual(sorted(options));
		}
	});

	it.each([
		['seedream-5.0-pro', [...LAYER_OPTIONS, 'promptPriority']],
		['seedream-5.0-flash', LAYER_OPTIONS],
		['seedream-5.5', LAYER_OPTIONS],
		['custom', [...LAYER_OPTIONS, 'promptPriority']],
	])('under Options, for Decompose with %s: nothing about new images', (model, options) => {
		const shown = choicesOf('options', { operation: 'decompose', model });
		expect(sorted(shown)).toEqual(sorted(options));
	});

	it('under Options, for Get Task: nothing about making images', () => {
		expect(sorted(choicesOf('options', { operation: 'getTask' }))).toEqual(
			sorted(OUTPUT_OPTIONS.filter((name) => name !== 'failOnPartial')),
		);
	});
});

describe('Choices', () => {
	it('the operations', () => {
		expect(sorted(choicesOf('operation', {}))).toEqual(sorted(OPERATIONS));
	});

	it('the models', () => {
		expect(choicesOf('model', {})).toEqual([...FAMILIES, 'custom']);
		expect(choicesOf('model', { operation: 'decompose' })).toEqual([...LAYER_FAMILIES, 'custom']);
	});

	it('the resolutions of layers', () => {
		for (const model of LAYER_FAMILIES) {
			const resolutions = choicesOf('resolution', { operation: 'decompose', model });
			expect(resolutions).toEqual(['auto', '1K', '1.5K', '2K']);
		}
	});

	it.each([
		['seedream-5.0-pro', 'background', ['opaque', 'transparent'], 'opaque'],
		['seedream-5.5', 'background', ['auto', 'opaque', 'transparent'], 'auto'],
		['custom', 'background', ['auto', 'opaque', 'transparent'], 'auto'],
		['seedream-5.0-lite', 'outputFormat', ['jpeg', 'png'], 'jpeg'],
		['seedream-5.5', 'outputFormat', ['png', 'jpeg'], 'png'],
		['custom', 'outputFormat', ['jpeg', 'png'], 'jpeg'],
	])('of %s for %s: %j, and by itself %s', (model, name, choices, byItself) => {
		const offered = offeredFields(node, 'options', { operation: 'generate', model });
		const [field, ...others] = offered.filter((one) => one.name === name);
		expect(others).toEqual([]);
		expect(field?.options?.map((choice) => 'value' in choice && choice.value)).toEqual(choices);
		expect(field?.default).toBe(byItself);
	});

	it.each([
		['seedream-4.0', ['1K', '2K', '4K']],
		['seedream-4.5', ['2K', '4K']],
		['seedream-5.0-lite', ['2K', '3K', '4K']],
		['seedream-5.0-pro', ['1K', '1.5K', '2K']],
		['seedream-5.0-flash', ['1K', '1.5K', '2K']],
		['seedream-5.5', ['1K', '1.5K', '2K']],
		['custom', ['1K', '1.5K', '2K', '3K', '4K']],
	])('the resolutions of %s, and no other', (model, resolutions) => {
		for (const operation of ['generate', 'edit']) {
			expect(choicesOf('resolution', { operation, model })).toEqual(resolutions);
		}
	});

	it('the aspect ratios', () => {
		const ratios = [
			'auto',
			'1:1',
			'2:3',
			'3:2',
			'3:4',
			'4:3',
			'4:5',
			'5:4',
			'9:16',
			'16:9',
			'21:9',
			'9:21',
		];
		expect(sorted(choicesOf('aspectRatio', {}))).toEqual(sorted(ratios));
	});

	it('ways of completion: at least waiting here and submitting', () => {
		expect(choicesOf('completion', {})).toEqual(expect.arrayContaining(['poll', 'submit']));
	});
});

describe('Defaults', () => {
	/** Every list in the description, those in the Options too. */
	const lists = (properties: INodeProperties[]): INodeProperties[] =>
		properties.flatMap((property) => [
			...(property.type === 'options' ? [property] : []),
			...(property.type === 'collection'
				? lists((property.options ?? []).filter((option) => 'type' in option))
				: []),
		]);

	it('each is one of its own choices', () => {
		for (const { name, default: value, options = [] } of lists(node.description.properties)) {
			const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
			expect(values, name).toContain(value);
		}
	});

	it.each([
		['Generate', { operation: 'generate', prompt: 'A boat' }],
		['Edit', { operation: 'edit', prompt: 'A boat' }],
		['Get Task', { operation: 'getTask', taskId: 'task-unified-1' }],
	])('%s is ready to run with its one required text', (_, parameters) => {
		for (const model of FAMILIES)
			expect(parameterIssues(node, { ...parameters, model })).toBeNull();
	});

	it('Decompose is ready to run with nothing at all', () => {
		for (const model of LAYER_FAMILIES)
			expect(parameterIssues(node, { operation: 'decompose', model })).toBeNull();
	});

	it.each([
		['a prompt', { operation: 'generate' }, 'prompt'],
		['a task ID', { operation: 'getTask' }, 'taskId'],
	])('the editor asks for %s', (_, parameters, name) => {
		expect(parameterIssues(node, parameters)?.parameters).toHaveProperty(name);
	});

	it('an expression is as good as a choice', () => {
		const expression = '={{ $json.x }}';
		const parameters = {
			operation: 'edit',
			prompt: expression,
			model: expression,
			imageSource: expression,
			resolution: expression,
		};
		expect(parameterIssues(node, parameters)).toBeNull();
	});
});

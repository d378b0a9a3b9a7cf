import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { outputBinaryField, outputModeField } from '../../shared/n8n/output/outputFields';
import { MODEL_FAMILIES, MODEL_LIMITS, type ModelLimits } from '../../shared/seedream/models';

const MAKING = { '/operation': ['generate', 'edit'] };

/** Shown when images are made with a model that has the option, or with a custom one. */
function whereModelHas(hasOption: (limits: ModelLimits) => boolean): IDisplayOptions {
	const families = MODEL_FAMILIES.filter((family) => hasOption(MODEL_LIMITS[family]));
	return { show: { ...MAKING, '/model': [...families, 'custom'] } };
}

const ALL_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'json',
		default: '{}',
		description:
			"JSON that is merged into the body of the request, for fields of the provider's that this node does not know. They are not checked, and may change what is paid for.",
		displayOptions: { show: MAKING },
	},
	{
		displayName: 'Background',
		name: 'background',
		type: 'options',
		options: [
			{ name: 'Opaque', value: 'opaque' },
			{ name: 'Transparent', value: 'transparent' },
		],
		default: 'opaque',
		description:
			'Whether the image has a background. Transparent needs the PNG format; EvoLink also needs exactly one reference image with transparent parts.',
		displayOptions: whereModelHas((limits) => limits.background),
	},
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 5,
		description: 'How many requests and downloads may be under way at the same time',
	},
	{
		displayName: 'End User ID',
		name: 'user',
		type: 'string',
		default: '',
		description: 'Tells the provider on whose behalf the image is made, where it has such a field',
		displayOptions: { show: MAKING },
	},
	{
		displayName: 'Fail on Partial Result',
		name: 'failOnPartial',
		type: 'boolean',
		default: false,
		description:
			'Whether fewer images than requested count as a failure. The images that were made are paid for all the same.',
		displayOptions: { show: MAKING },
	},
	{
		displayName: 'Max Images',
		name: 'maxImages',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 15,
		description:
			'The most images that one run of this node may order, over all its items. More is refused before anything is sent.',
		displayOptions: { show: MAKING },
	},
	{
		displayName: 'Max Wait (Seconds)',
		name: 'maxWaitSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 600,
		description:
			'How long to wait for the images. After that the node fails: with the task ID for Get Task where the provider has tasks, else without the images, which may be billed all the same. A suspended workflow goes on with the task ID.',
	},
	outputBinaryField,
	{
		displayName: 'Output Format',
		name: 'outputFormat',
		type: 'options',
		options: [
			{ name: 'JPEG', value: 'jpeg' },
			{ name: 'PNG', value: 'png' },
		],
		default: 'jpeg',
		description: 'The file format of the images',
		displayOptions: whereModelHas((limits) => limits.outputFormats.length > 0),
	},
	outputModeField,
	{
		displayName: 'Poll Interval (Seconds)',
		name: 'pollIntervalSeconds',
		type: 'number',
		typeOptions: { minValue: 0.1 },
		default: 3,
		description: 'The pause before the provider is asked for the first time; later pauses are longer',
	},
	{
		displayName: 'Prompt Priority',
		name: 'promptPriority',
		type: 'options',
		options: [
			{ name: 'Standard', value: 'standard', description: 'Better images' },
			{ name: 'Fast', value: 'fast', description: 'Faster, and less faithful' },
		],
		default: 'standard',
		description: 'How much time the model takes to work on the prompt',
		displayOptions: whereModelHas((limits) => limits.promptPriorities.includes('fast')),
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		default: 0,
		description:
			'A number that makes results repeatable, where the model has such a field; elsewhere it is left out with a warning',
		displayOptions: { show: MAKING },
	},
	{
		displayName: 'Skip Validation',
		name: 'skipValidation',
		type: 'boolean',
		default: false,
		description:
			'Whether to send requests that go beyond the known limits of the model. What would be refused here becomes a warning, and may be billed by the provider.',
		displayOptions: { show: MAKING },
	},
	{
		displayName: 'State Count in Prompt',
		name: 'stateCountInPrompt',
		type: 'boolean',
		default: true,
		description:
			'Whether to add the number of images to the prompt when it is more than one. Switched off, the model decides how many it makes, often a single one.',
		displayOptions: whereModelHas((limits) => limits.images > 1),
	},
	{
		displayName: 'Stream',
		name: 'stream',
		type: 'boolean',
		default: false,
		description:
			'Whether to receive the images of a set one by one as they are made, where the provider can do that',
		displayOptions: whereModelHas((limits) => limits.stream),
	},
	{
		displayName: 'Validate Only',
		name: 'validateOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to check everything and show the requests that would be sent, without sending anything or paying',
		displayOptions: { show: MAKING },
	},
	{
		displayName: 'Watermark',
		name: 'watermark',
		type: 'boolean',
		default: false,
		description: 'Whether to let the provider add its watermark to the images',
		displayOptions: { show: MAKING },
	},
	{
		displayName: 'Web Search',
		name: 'webSearch',
		type: 'boolean',
		default: false,
		description: 'Whether the model may search the web for what the prompt is about',
		displayOptions: whereModelHas((limits) => limits.webSearch),
	},
];

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: ALL_OPTIONS,
};

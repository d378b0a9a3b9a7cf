import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../shared/n8n/parameterReader';
import {
	MODEL_FAMILIES,
	MODEL_SPECS,
	type ModelFamily,
	type ModelSpec,
} from '../../shared/seedream/models';
import type { ImageOptions } from '../../shared/seedream/request';
import { toMilliseconds } from '../../shared/seedream/time';
import { MAKES_IMAGES, maxWaitField, ORDERS_IMAGES } from './runOptions';

/** Shown when images are made with a model that has the option, or with a custom one. */
function whereModelHas(
	hasOption: (spec: ModelSpec) => boolean,
	{ show } = MAKES_IMAGES,
): IDisplayOptions {
	const families = MODEL_FAMILIES.filter((family) => hasOption(MODEL_SPECS[family]));
	return { show: { ...show, '/model': [...families, 'custom'] } };
}

/**
 * The field once for each set of choices that models have, what they make by themselves being the default: n8n shows the
 * one that applies. `likeCustom`: the model whose choices a custom one is offered.
 */
function fieldForEachChoice<Choice extends string>(
	field: INodeProperties,
	names: Readonly<Record<Choice, string>>,
	choicesOf: (spec: ModelSpec) => readonly Choice[],
	likeCustom: ModelFamily,
): INodeProperties[] {
	const keyOf = (family: ModelFamily): string => choicesOf(MODEL_SPECS[family]).join();
	return [...new Set(MODEL_FAMILIES.map(keyOf))].flatMap((key) => {
		const alike = MODEL_FAMILIES.filter((family) => keyOf(family) === key);
		const choices = alike[0] === undefined ? [] : choicesOf(MODEL_SPECS[alike[0]]);
		const [byItself] = choices;
		if (byItself === undefined) return [];
		const models = keyOf(likeCustom) === key ? [...alike, 'custom'] : alike;
		return {
			...field,
			options: choices.map((value) => ({ name: names[value], value })),
			default: byItself,
			displayOptions: { show: { ...field.displayOptions?.show, '/model': models } },
		};
	});
}

export const additionalFieldsField: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'json',
	default: '{}',
	description:
		"JSON that is merged into the body of the request, for fields of the provider's that this node does not know. They are not checked.",
	hint: 'They may change how much is paid for',
	displayOptions: ORDERS_IMAGES,
};

const backgroundField: INodeProperties = {
	displayName: 'Background',
	name: 'background',
	type: 'options',
	options: [],
	default: 'opaque',
	description:
		'Whether the image has a background. Transparent needs the PNG format; EvoLink also needs exactly one reference image with transparent parts. Auto: the model decides by the prompt.',
	displayOptions: MAKES_IMAGES,
};

export const backgroundFields = fieldForEachChoice(
	backgroundField,
	{ auto: 'Auto', opaque: 'Opaque', transparent: 'Transparent' },
	(spec) => spec.backgrounds,
	'seedream-5.5',
);

export const userField: INodeProperties = {
	displayName: 'End User ID',
	name: 'user',
	type: 'string',
	default: '',
	description: 'Tells the provider on whose behalf the image is made, where it has such a field',
	displayOptions: MAKES_IMAGES,
};

const outputFormatField: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	options: [],
	default: 'jpeg',
	description:
		'The file format of the images. Of layers it is the format of the base: all others are PNG.',
	displayOptions: ORDERS_IMAGES,
};

export const outputFormatFields = fieldForEachChoice(
	outputFormatField,
	{ jpeg: 'JPEG', png: 'PNG' },
	(spec) => spec.outputFormats,
	'seedream-5.0-pro',
);

export const promptPriorityField: INodeProperties = {
	displayName: 'Prompt Priority',
	name: 'promptPriority',
	type: 'options',
	options: [
		{ name: 'Standard', value: 'standard', description: 'Better images' },
		{ name: 'Fast', value: 'fast', description: 'Faster, and less faithful' },
	],
	default: 'standard',
	description: 'How much time the model takes to work on the prompt',
	displayOptions: whereModelHas((spec) => spec.promptPriorities.includes('fast'), ORDERS_IMAGES),
};

export const seedField: INodeProperties = {
	displayName: 'Seed',
	name: 'seed',
	type: 'number',
	default: 0,
	description:
		'A number that makes results repeatable, where the model has such a field; elsewhere it is left out with a warning',
	displayOptions: MAKES_IMAGES,
};

export const stateCountField: INodeProperties = {
	displayName: 'State Count in Prompt',
	name: 'stateCountInPrompt',
	type: 'boolean',
	default: true,
	description:
		'Whether to add the number of images to the prompt when it is more than one. Switched off, the model decides how many it makes, often a single one.',
	displayOptions: whereModelHas((spec) => spec.maxImages > 1),
};

export const streamField: INodeProperties = {
	displayName: 'Stream',
	name: 'stream',
	type: 'boolean',
	default: false,
	description:
		'Whether to receive the images of a set one by one as they are made, where the provider can do that',
	displayOptions: whereModelHas((spec) => spec.stream),
};

export const watermarkField: INodeProperties = {
	displayName: 'Watermark',
	name: 'watermark',
	type: 'boolean',
	default: false,
	description: 'Whether to let the provider add its watermark to the images',
	displayOptions: ORDERS_IMAGES,
};

export const webSearchField: INodeProperties = {
	displayName: 'Web Search',
	name: 'webSearch',
	type: 'boolean',
	default: false,
	description: 'Whether the model may search the web for what the prompt is about',
	displayOptions: whereModelHas((spec) => spec.webSearch),
};

/** What the images of one item are to be like; `reader` stands within the options. */
export function getImageOptions(reader: ParameterReader): ImageOptions {
	const outputFormat = reader.optionalChoice(outputFormatField, ['jpeg', 'png']);
	const background = reader.optionalChoice(backgroundField, ['opaque', 'transparent', 'auto']);
	const promptPriority = reader.optionalChoice(promptPriorityField, ['standard', 'fast']);
	const user = reader.text(userField).trim();
	// Providers are told of it only where the user has set it.
	const maxWaitSeconds = reader.number({ ...maxWaitField, default: 0 });
	const seed = reader.optionalNumber(seedField);
	return {
		...(promptPriority && { promptPriority }),
		...(outputFormat && { outputFormat }),
		...(background && { background }),
		...(user && { user }),
		...(seed !== undefined && { seed }),
		...(maxWaitSeconds > 0 && { maxWaitSeconds: toMilliseconds(maxWaitSeconds) / 1000 }),
		watermark: reader.flag(watermarkField),
		webSearch: reader.flag(webSearchField),
		stateCountInPrompt: reader.flag(stateCountField),
		stream: reader.flag(streamField),
		additionalFields: reader.jsonObject(additionalFieldsField),
	};
}

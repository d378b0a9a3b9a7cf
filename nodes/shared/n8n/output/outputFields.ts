import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../parameterReader';
import { isTool } from '../tool';

/** How the images of one item are handed on. */
export interface OutputOptions {
	download: boolean;
	outputMode: 'image' | 'task';
	binaryProperty: string;
	failOnPartial: boolean;
	/** Whether the model decides how many images there are, so that fewer than requested are no news. */
	mayBeFewer?: boolean;
	/** Whether the images are to be the layers of one. */
	expectsLayers?: boolean;
}

export const downloadField: INodeProperties = {
	displayName: 'Download Images',
	name: 'download',
	type: 'boolean',
	default: true,
	description:
		'Whether to put the images into binary fields. Links alone stop working within a day. An AI agent always gets links.',
};

export const outputBinaryField: INodeProperties = {
	displayName: 'Output Binary Field',
	name: 'outputBinaryProperty',
	type: 'string',
	default: 'data',
	description: 'The name of the output field to put the image in',
};

export const outputModeField: INodeProperties = {
	displayName: 'Output Mode',
	name: 'outputMode',
	type: 'options',
	options: [
		{ name: 'One Item per Image', value: 'image' },
		{ name: 'One Item per Task', value: 'task' },
	],
	default: 'image',
	description: 'Whether several images of one request come as several items or as one',
};

/** Only where images are made: elsewhere there is no such field, and its default is read. */
export const failOnPartialField: INodeProperties = {
	displayName: 'Fail on Partial Result',
	name: 'failOnPartial',
	type: 'boolean',
	default: false,
	description:
		'Whether fewer images than requested count as a failure. The images that were made are paid for all the same.',
};

/** An AI agent cannot take binary data, so a tool gives links only. */
export function getOutputOptions(
	context: IExecuteFunctions,
	reader: ParameterReader,
): OutputOptions {
	const options = reader.within({ name: 'options' });
	const download = reader.flag(downloadField);
	return {
		download: download && !isTool(context),
		outputMode: options.choice(outputModeField, ['image', 'task']),
		binaryProperty: options.text(outputBinaryField).trim() || 'data',
		failOnPartial: options.flag(failOnPartialField),
	};
}

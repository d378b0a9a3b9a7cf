import type { INodeProperties } from 'n8n-workflow';

/** The fields that `readDelivery` reads, the same for both nodes. */
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

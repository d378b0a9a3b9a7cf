import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../shared/n8n/parameterReader';
import { joinDataUris } from '../../shared/seedream/dataUri';

const imageSourceField: INodeProperties = {
	displayName: 'Image Source',
	name: 'imageSource',
	type: 'options',
	options: [
		{
			name: 'Binary Fields',
			value: 'binary',
			description: 'Images from the binary fields of the input item',
		},
		{
			name: 'URLs',
			value: 'url',
			description: 'Images that the provider fetches itself, or data URIs',
		},
		{
			name: 'Binary Fields and URLs',
			value: 'both',
			description: 'The images from the binary fields first, then those from the URLs',
		},
	],
	default: 'binary',
	description:
		'Where the reference images come from. With some models each of them is paid for too.',
};

const binaryPropertyNamesField: INodeProperties = {
	displayName: 'Input Binary Fields',
	name: 'binaryPropertyNames',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data, logo',
	hint: 'Use * for all binary fields of the item',
	description:
		'Names of the binary fields with the reference images, separated by commas. The model sees the images in this order.',
	displayOptions: { show: { imageSource: ['binary', 'both'] } },
};

const imageUrlsField: INodeProperties = {
	displayName: 'Image URLs',
	name: 'imageUrls',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. https://example.com/product.png',
	description:
		'One URL or data URI per line, or an expression that gives a list. The model sees the images in this order. URLs must be public: the provider opens them.',
	displayOptions: { show: { imageSource: ['url', 'both'] } },
};

export const combineItemsField: INodeProperties = {
	displayName: 'Combine All Input Items',
	name: 'combineItems',
	type: 'boolean',
	default: false,
	description:
		'Whether to put the images of all input items into one request instead of making one request for each item',
};

export const referenceFields = [
	imageSourceField,
	binaryPropertyNamesField,
	imageUrlsField,
	combineItemsField,
];

/** The same three for the one image of an item that is taken apart. */
export const layerSourceFields: INodeProperties[] = [
	{ ...imageSourceField, description: 'Where the image comes from' },
	{
		...binaryPropertyNamesField,
		displayName: 'Input Binary Field',
		placeholder: 'e.g. data',
		hint: undefined,
		description: 'The name of the binary field with the image. It must hold exactly one.',
	},
	{
		...imageUrlsField,
		displayName: 'Image URL',
		description:
			'The URL or data URI of the image, exactly one. A URL must be public: the provider opens it.',
	},
];

/** Where the reference images of an item are; the model sees the binary ones first. */
export interface ReferenceSources {
	/** Names of binary fields; `*` stands for all of the item's. */
	binaryPropertyNames: string[];
	/** Web addresses and data URIs. */
	urls: string[];
}

export const NO_REFERENCES: ReferenceSources = { binaryPropertyNames: [], urls: [] };

/** URLs contain no white space; a comma at the end is a separator, except the one within a data URI. */
const splitUrls = (text: string): string[] => joinDataUris(text.split(/(?<!;base64),?\s+/i));
const splitNames = (text: string): string[] => text.split(/[,\n]/);

export function getReferenceSources(reader: ParameterReader): ReferenceSources {
	const source = reader.choice(imageSourceField, ['binary', 'url', 'both']);
	return {
		binaryPropertyNames: source === 'url' ? [] : reader.list(binaryPropertyNamesField, splitNames),
		urls: source === 'binary' ? [] : reader.list(imageUrlsField, splitUrls),
	};
}

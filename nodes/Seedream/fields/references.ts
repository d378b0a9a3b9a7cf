import type { INodeProperties } from 'n8n-workflow';

export const referenceFields: INodeProperties[] = [
	{
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
		description: 'Where the reference images come from',
	},
	{
		displayName: 'Input Binary Fields',
		name: 'binaryPropertyNames',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data, logo',
		hint: 'Use * for all binary fields of the item',
		description:
			'Names of the binary fields with the reference images, separated by commas. The model sees the images in this order.',
		displayOptions: { show: { imageSource: ['binary', 'both'] } },
	},
	{
		displayName: 'Image URLs',
		name: 'imageUrls',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. https://example.com/product.png',
		description:
			'One URL or data URI per line, or an expression that gives a list. The model sees the images in this order. URLs must be public: the provider opens them.',
		displayOptions: { show: { imageSource: ['url', 'both'] } },
	},
	{
		displayName: 'Combine All Input Items',
		name: 'combineItems',
		type: 'boolean',
		default: false,
		description:
			'Whether to put the images of all input items into one request instead of making one request for each item',
	},
];

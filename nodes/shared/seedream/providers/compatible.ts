import { IDS_IN_CHINA, modelArkProvider, RELAYED_LAYERS } from './dialects/modelArk';
import { newApiHint } from './dialects/newApiErrors';

/**
 * Any other relay that speaks the dialect of the models' maker. Nothing more is known of it: not how
 * long its links live, nor whether an error in place of images is free.
 */
export const compatible = modelArkProvider({
	id: 'compatible',
	name: 'ModelArk-Compatible Relay',
	label: 'Other, ModelArk-Compatible',
	baseUrlDescription:
		'Where the API is, up to and without /images/generations, such as https://api.example.com/v1',
	modelIds: IDS_IN_CHINA,
	isSearchUndocumented: true,
	areErrorsFree: false,
	layerDoubt: RELAYED_LAYERS,
	hintFor: newApiHint,
});

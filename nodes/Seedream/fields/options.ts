import type { INodeProperties } from 'n8n-workflow';
import {
	failOnPartialField,
	outputBinaryField,
	outputModeField,
} from '../../shared/n8n/output/outputFields';
import {
	additionalFieldsField,
	backgroundFields,
	outputFormatFields,
	promptPriorityField,
	seedField,
	stateCountField,
	streamField,
	userField,
	watermarkField,
	webSearchField,
} from './imageOptions';
import {
	concurrencyField,
	MAKES_IMAGES,
	maxImagesField,
	maxWaitField,
	pollIntervalField,
	skipValidationField,
	validateOnlyField,
} from './runOptions';

/** The options in the order of their titles, as n8n's lists are. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		additionalFieldsField,
		...backgroundFields,
		concurrencyField,
		userField,
		{ ...failOnPartialField, displayOptions: MAKES_IMAGES },
		maxImagesField,
		maxWaitField,
		outputBinaryField,
		...outputFormatFields,
		outputModeField,
		pollIntervalField,
		promptPriorityField,
		seedField,
		skipValidationField,
		stateCountField,
		streamField,
		validateOnlyField,
		watermarkField,
		webSearchField,
	],
};

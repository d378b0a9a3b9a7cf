import type { IExecuteFunctions } from 'n8n-workflow';
import { getOutputOptions, type OutputOptions } from '../../shared/n8n/output/outputFields';
import { readParameters, type ReadParameters } from '../../shared/n8n/parameterReader';
import type { ImageRequest } from '../../shared/seedream/request';
import { getCallbackUrl } from '../fields/completion';
import { getImageOptions } from '../fields/imageOptions';
import { getModel } from '../fields/model';
import { optionsField } from '../fields/options';
import { getNumberOfImages, getPrompt } from '../fields/prompt';
import { getReferenceSources, NO_REFERENCES } from '../fields/references';
import { skipValidationField, validateOnlyField } from '../fields/runOptions';
import { getSize } from '../fields/size';
import { openReferences } from './references';
import type { RunContext } from './runContext';

/** What one input item asks for, and how. */
export interface ItemRequest {
	request: ImageRequest;
	output: OutputOptions;
	skipsValidation: boolean;
	isOnlyValidated: boolean;
}

/**
 * Reads one input item, reference images included. `resumeUrl`: where n8n takes the callbacks that
 * resume this execution.
 */
export async function getItemRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	operation: ImageRequest['operation'],
	run: RunContext,
	resumeUrl: string | undefined,
): Promise<ReadParameters<ItemRequest>> {
	const { completion } = run.settings;
	const read = readParameters(context, itemIndex, (reader) => {
		const options = reader.within(optionsField);
		const callbackUrl =
			completion === 'submit' ? getCallbackUrl(reader, run.credentials) : resumeUrl;
		return {
			asked: {
				operation,
				model: getModel(reader),
				prompt: getPrompt(reader),
				numberOfImages: getNumberOfImages(reader),
				size: getSize(reader),
				completion,
				...(callbackUrl !== undefined && { callbackUrl }),
				options: getImageOptions(options),
			},
			sources: operation === 'edit' ? getReferenceSources(reader) : NO_REFERENCES,
			output: getOutputOptions(context, reader),
			skipsValidation: options.flag(skipValidationField),
			isOnlyValidated: options.flag(validateOnlyField),
		};
	});
	const { asked, sources, ...how } = read.value;
	const references = await openReferences(context, itemIndex, sources);
	return {
		value: { request: { ...asked, references: references.value }, ...how },
		problems: [...read.problems, ...references.problems],
	};
}

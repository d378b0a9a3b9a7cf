import type { IExecuteFunctions } from 'n8n-workflow';
import { getOutputOptions, type OutputOptions } from '../../shared/n8n/output/outputFields';
import type { ParameterReader } from '../../shared/n8n/parameterReader';
import type { ImageRequest } from '../../shared/seedream/request';
import { getCallbackUrl } from '../fields/completion';
import { getImageOptions } from '../fields/imageOptions';
import { getModel } from '../fields/model';
import { optionsField } from '../fields/options';
import { getNumberOfImages, getPrompt } from '../fields/prompt';
import { getReferenceSources, NO_REFERENCES, type ReferenceSources } from '../fields/references';
import { skipValidationField, validateOnlyField } from '../fields/runOptions';
import { getSize } from '../fields/size';
import type { RunContext } from './runContext';

/** What one input item asks for, before its reference images are looked into. */
export interface ItemRequest {
	request: Omit<ImageRequest, 'references'>;
	sources: ReferenceSources;
	output: OutputOptions;
	skipsValidation: boolean;
	isOnlyValidated: boolean;
}

/** `resumeUrl`: where n8n takes the callbacks that resume this execution. */
export function getItemRequest(
	context: IExecuteFunctions,
	reader: ParameterReader,
	operation: ImageRequest['operation'],
	run: RunContext,
	resumeUrl: string | undefined,
): ItemRequest {
	const { completion } = run.settings;
	const callbackUrl = completion === 'submit' ? getCallbackUrl(reader, run.credentials) : resumeUrl;
	const options = reader.within(optionsField);
	return {
		request: {
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
}

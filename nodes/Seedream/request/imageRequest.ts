import type { IExecuteFunctions } from 'n8n-workflow';
import {
	readParameters,
	type ParameterReader,
	type ReadParameters,
} from '../../shared/n8n/parameterReader';
import { withScope } from '../../shared/seedream/callbackUrl';
import type { ImageOperation, ImageRequest } from '../../shared/seedream/request';
import { chooseModel } from '../../shared/seedream/validation/chooseModel';
import { getCallbackUrl } from '../fields/completion';
import { getImageOptions } from '../fields/imageOptions';
import { getLayerModel, getModel } from '../fields/model';
import { optionsField } from '../fields/options';
import { getNumberOfImages, getPrompt } from '../fields/prompt';
import { getReferenceSources, NO_REFERENCES } from '../fields/references';
import { validateOnlyField } from '../fields/runOptions';
import { getLayerSize, getSize } from '../fields/size';
import { openReferences } from './references';
import type { RunContext } from './runContext';

/** What one input item asks for. */
export interface ItemRequest {
	request: ImageRequest;
	/** Whether the requests are only to be shown: one item that says so holds for all. */
	isOnlyValidated: boolean;
}

/**
 * Reads one input item, reference images included. `resumeUrl`: where n8n takes the callbacks that
 * resume this execution.
 */
export async function getItemRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	operation: ImageOperation,
	run: RunContext,
	resumeUrl: string | undefined,
): Promise<ReadParameters<ItemRequest>> {
	const { completion } = run.settings;
	const asked = readParameters(context, itemIndex, (reader) => {
		const wish = operation === 'decompose' ? getLayerWish(reader) : getImageWish(reader);
		const { provider } = run.credentials;
		const { modelId } = chooseModel({ operation, ...wish }, provider);
		const scope = provider.tasks?.scopeOf?.(modelId);
		const callbackUrl =
			completion === 'submit'
				? getCallbackUrl(reader, run.credentials, scope)
				: resumeUrl && withScope(resumeUrl, scope);
		const request = {
			operation,
			completion,
			...(callbackUrl !== undefined && { callbackUrl }),
			...wish,
		};
		const sources = operation === 'generate' ? NO_REFERENCES : getReferenceSources(reader);
		return { request, sources };
	});
	const references = await openReferences(context, itemIndex, asked.value.sources);
	const how = readParameters(context, itemIndex, (reader) => {
		const within = reader.within(optionsField);
		return { options: getImageOptions(within), isOnlyValidated: within.flag(validateOnlyField) };
	});
	const { options, isOnlyValidated } = how.value;
	return {
		value: {
			request: { ...asked.value.request, references: references.value, options },
			isOnlyValidated,
		},
		problems: [asked, references, how].flatMap(({ problems }) => problems),
	};
}

type Wish = Pick<ImageRequest, 'model' | 'prompt' | 'numberOfImages' | 'size'>;

function getImageWish(reader: ParameterReader): Wish {
	return {
		model: getModel(reader),
		prompt: getPrompt(reader),
		numberOfImages: getNumberOfImages(reader),
		size: getSize(reader),
	};
}

function getLayerWish(reader: ParameterReader): Wish {
	return {
		model: getLayerModel(reader),
		prompt: getPrompt(reader),
		size: getLayerSize(reader),
	};
}

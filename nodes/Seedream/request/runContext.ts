import type { IExecuteFunctions } from 'n8n-workflow';
import { readParameters, type ParameterReader } from '../../shared/n8n/parameterReader';
import {
	getSeedreamCredentials,
	type SeedreamCredentials,
} from '../../shared/n8n/transport/credentials';
import { asObject } from '../../shared/seedream/objects';
import type { Completion, ImageOperation } from '../../shared/seedream/request';
import { syntaxProblem, type Problem } from '../../shared/seedream/validation/problem';
import { getCompletion } from '../fields/completion';
import { optionsField } from '../fields/options';
import { combineItemsField } from '../fields/references';
import { getMaxImages, getPace, type Pace } from '../fields/runOptions';

/** How one node run works through its items. */
export interface RunSettings extends Pace {
	completion: Completion;
	continueOnFail: boolean;
}

/** What is the same for all requests of a node run that makes images. */
export interface RunContext {
	credentials: SeedreamCredentials;
	settings: RunSettings;
	/** Whether the images of all items go into one request. */
	isCombined: boolean;
	/** The most images that the run may order; Infinity where there is no limit. */
	maxImages: number;
	/** What is wrong with the settings of the run, and so with each of its requests. */
	problems: readonly Problem[];
	/** What the user should know about the settings of the run. */
	warnings: readonly string[];
}

/**
 * Settings that hold for the whole run are those of the first item.
 * @throws NodeOperationError when the credentials cannot be used.
 */
export async function getRunContext(
	context: IExecuteFunctions,
	operation: ImageOperation,
): Promise<RunContext> {
	const first = readParameters(context, 0, (reader) => ({
		settings: getRunSettings(context, reader),
		isCombined: operation === 'edit' && reader.flag(combineItemsField),
	}));
	const { maxImages, problems, warnings } = getMaxImagesOfRun(context);
	return {
		...first.value,
		credentials: await getSeedreamCredentials(context),
		maxImages,
		problems: [...first.problems, ...problems],
		warnings,
	};
}

export function getRunSettings(context: IExecuteFunctions, reader: ParameterReader): RunSettings {
	return {
		completion: getCompletion(reader),
		...getPace(reader.within(optionsField)),
		continueOnFail: context.continueOnFail(),
	};
}

/** Where an expression gives each item a number of its own, the smallest holds: there is one run. */
function getMaxImagesOfRun(
	context: IExecuteFunctions,
): Pick<RunContext, 'maxImages' | 'problems' | 'warnings'> {
	const read = context
		.getInputData()
		.map((_, item) =>
			readParameters(context, item, (reader) => getMaxImages(reader.within(optionsField))),
		);
	// NaN, of what is no number, is not smaller than anything; its problem refuses every request.
	const maxImages = read.reduce((least, { value }) => (value < least ? value : least), Infinity);
	const texts = new Set(read.flatMap(({ problems }) => problems.map(({ text }) => text)));
	const isSilent = maxImages === Infinity && texts.size === 0 && isMaxImagesExpression(context);
	return {
		maxImages,
		problems: [...texts].map(syntaxProblem),
		warnings: isSilent
			? ['Max Images is an expression that gives nothing, so there is no limit.']
			: [],
	};
}

function isMaxImagesExpression(context: IExecuteFunctions): boolean {
	const { maxImages } = asObject(context.getNode().parameters.options) ?? {};
	return typeof maxImages === 'string' && maxImages.startsWith('=');
}

import { callbackUrlProblems } from '../callbackUrl';
import type { Provider, ResolvedRequest } from '../providers/provider';
import type { ReferenceImage } from '../references';
import { MAX_IMAGES, promptWithCount, type ImageRequest } from '../request';
import { resolveSize, type ResolvedSize } from '../resolveSize';
import { chooseModel, type ChosenModel } from './chooseModel';
import { checkLimits } from './limits';
import { fitOptions, optionsOfAnyModel } from './options';
import { layerProblems } from './layerChecks';
import { syntaxProblem, type Problem } from './problem';
import { promptWarnings } from './promptLength';
import { referenceProblems, referenceWarnings } from './referenceChecks';
import { sizeWordProblems } from './sizeWords';

/** A request that was looked at from every side. It is fit to be sent when there is no problem. */
export interface ValidatedRequest {
	request: ResolvedRequest<ReferenceImage>;
	problems: Problem[];
	warnings: string[];
}

/** Finds every problem of a request at once. `apiBaseUrl` decides whether private URLs make sense. */
export function validateRequest(
	request: ImageRequest,
	provider: Provider,
	apiBaseUrl: string,
): ValidatedRequest {
	const model = chooseModel(request, provider);
	const { spec } = model;
	const sizing = provider.sizingOf(model.modelId);
	const sized = { name: provider.name, sizing };
	const { size, warnings: sizeWarnings } = resolveSize(request.size, sized, spec);
	const name = model.name === undefined ? provider.name : `${model.name} on ${provider.name}`;
	const fitted = fitOptions(request, spec ?? optionsOfAnyModel(model.offered), provider, name);
	const prompt = promptToSend(request, provider);
	const limits = limitFindings(request, prompt, model, provider, size);
	const isModelKnown = model.problems.length === 0;
	return {
		request: {
			operation: request.operation,
			prompt,
			...(request.numberOfImages !== undefined && { numberOfImages: request.numberOfImages }),
			modelId: model.modelId,
			...(spec && { spec }),
			size,
			references: request.references,
			...(request.callbackUrl !== undefined && { callbackUrl: request.callbackUrl }),
			options: fitted.options,
		},
		problems: [
			...model.problems,
			...promptProblems(request),
			...countProblems(request),
			...sizeSyntaxProblems(request),
			...(isModelKnown ? sizeWordProblems(request.size, sizing, spec, name) : []),
			...referenceProblems(request, provider),
			...(isModelKnown ? layerProblems(request, model.modelId, provider) : []),
			...callbackProblems(request, provider, apiBaseUrl),
			...limits.problems,
			...(isModelKnown ? fitted.problems : []),
		],
		warnings: [
			...completionWarnings(request, provider),
			...sizeWarnings,
			...referenceWarnings(request, spec, provider, apiBaseUrl),
			...(isModelKnown ? fitted.warnings : []),
			...limits.warnings,
		],
	};
}

/** Where nothing is said of the layers that are wanted, nothing is what goes to the model. */
function promptToSend(request: ImageRequest, { countIsLimit }: Provider): string {
	if (request.prompt.trim() === '') return '';
	return countIsLimit ? promptWithCount(request) : request.prompt;
}

/** Nothing is known of a custom model; a model that is not offered is a problem of its own. */
function limitFindings(
	request: ImageRequest,
	sentPrompt: string,
	{ modelId, spec, name, problems }: ChosenModel,
	provider: Provider,
	size: ResolvedSize,
): { problems: Problem[]; warnings: string[] } {
	if (problems.length > 0) return { problems: [], warnings: [] };
	if (!spec || name === undefined)
		return { problems: [], warnings: uncheckedWarnings(request, modelId) };
	return checkLimits(request, spec, { model: name, provider: provider.name }, size, sentPrompt);
}

function uncheckedWarnings({ prompt }: ImageRequest, modelId: string): string[] {
	return [
		`The limits of the model ${modelId} are not known here, so they were not checked.`,
		...promptWarnings(prompt, undefined, modelId),
	];
}

function promptProblems(request: ImageRequest): Problem[] {
	return request.operation !== 'decompose' && request.prompt.trim() === ''
		? [syntaxProblem('Prompt is empty. Describe the image that is wanted.')]
		: [];
}

function countProblems({ numberOfImages = 1 }: ImageRequest): Problem[] {
	if (Number.isInteger(numberOfImages) && numberOfImages >= 1) return [];
	const nearest = Math.min(Math.max(1, Math.round(numberOfImages) || 1), MAX_IMAGES);
	return [
		syntaxProblem(
			`Number of Images is ${numberOfImages}, and it must be a whole number from 1 to ${MAX_IMAGES}. The nearest is ${nearest}.`,
		),
	];
}

function sizeSyntaxProblems({ size }: ImageRequest): Problem[] {
	if (size.mode !== 'pixels') return [];
	const sides = { Width: size.width, Height: size.height };
	return Object.entries(sides)
		.filter(([, side]) => !Number.isInteger(side) || side < 1)
		.map(([name, side]) =>
			syntaxProblem(`${name} is ${side}, and it must be a whole number of pixels above 0.`),
		);
}

function callbackProblems(
	request: ImageRequest,
	provider: Provider,
	apiBaseUrl: string,
): Problem[] {
	if (request.callbackUrl === undefined || !provider.tasks) return [];
	const { callbackUrls } = provider.tasks;
	return callbackUrlProblems(request.callbackUrl, apiBaseUrl, callbackUrls).map(syntaxProblem);
}

function completionWarnings({ completion }: ImageRequest, provider: Provider): string[] {
	if (completion === 'poll' || provider.tasks) return [];
	return [`${provider.name} answers with the finished images: there is no task and no callback.`];
}

import { callbackUrlProblems } from '../callbackUrl';
import { checkLimits } from './limits';
import { modelName, type ModelLimits } from '../models';
import { fitOptions, optionsOfAnyModel } from './options';
import { syntaxProblem, type Problem } from './problem';
import type { Provider } from '../providers/provider';
import { promptWarnings } from './promptLength';
import { referenceProblems, referenceWarnings } from './referenceChecks';
import { MOST_IMAGES, promptWithCount, type ImageRequest, type ModelChoice } from '../request';
import { chooseWireSize, type WireSize } from '../resolveSize';

/** A request that was looked at from every side. It is fit to be sent when there is no problem. */
export interface CheckedRequest {
	/** With the options that the model takes. */
	request: ImageRequest;
	/** As it goes to the model. */
	prompt: string;
	modelId: string;
	/** Absent for a custom model. */
	limits?: ModelLimits;
	size: WireSize;
	problems: Problem[];
	warnings: string[];
}

/** Finds every problem of a request at once. `apiBaseUrl` decides whether private URLs make sense. */
export function checkRequest(
	request: ImageRequest,
	provider: Provider,
	apiBaseUrl: string,
): CheckedRequest {
	const model = chooseModel(request.model, provider);
	const limits = 'limits' in model ? model.limits : undefined;
	const { wireSize: size, warnings: sizeWarnings } = chooseWireSize(request.size, provider, limits);
	const prompt = provider.countIsLimit ? promptWithCount(request) : request.prompt;
	const general = [
		...promptProblems(request),
		...countProblems(request),
		...sizeSyntaxProblems(request),
		...referenceProblems(request, provider),
		...callbackProblems(request, provider, apiBaseUrl),
	];
	const warnings = [
		...completionWarnings(request, provider),
		...sizeWarnings,
		...referenceWarnings(request, limits, provider, apiBaseUrl),
	];
	const asked = { request, prompt, size };
	if ('problem' in model) {
		return { ...asked, modelId: '', problems: [model.problem, ...general], warnings };
	}
	const { modelId } = model;
	const name = 'name' in model ? `${model.name} on ${provider.name}` : provider.name;
	const options = limits ?? optionsOfAnyModel(provider);
	const fitted = fitOptions(request, options, provider, name);
	const checked = 'name' in model
		? checkLimits(request, model.limits, { model: model.name, provider: provider.name }, size)
		: { problems: [], warnings: uncheckedWarnings(request, modelId) };
	return {
		...asked,
		request: { ...request, options: fitted.options },
		modelId,
		...(limits && { limits }),
		problems: [...general, ...checked.problems, ...fitted.problems],
		warnings: [...warnings, ...fitted.warnings, ...checked.warnings],
	};
}

function uncheckedWarnings({ prompt }: ImageRequest, modelId: string): string[] {
	return [
		`The limits of the model ${modelId} are not known here, so they were not checked.`,
		...promptWarnings(prompt, undefined, modelId),
	];
}

type ChosenModel =
	| { problem: Problem }
	| { modelId: string; limits?: undefined }
	| { modelId: string; limits: ModelLimits; name: string };

function chooseModel(choice: ModelChoice, provider: Provider): ChosenModel {
	if ('customId' in choice) {
		const modelId = choice.customId.trim();
		if (modelId) return { modelId };
		return { problem: syntaxProblem(`Model ID is empty. Enter ${provider.name}'s ID of the model.`) };
	}
	const model = provider.models[choice.family];
	const name = modelName(choice.family);
	if (model) {
		return { modelId: model.id, limits: model.limits, name };
	}
	const offered = Object.keys(provider.models).join(', ');
	return {
		problem: syntaxProblem(
			`${provider.name} does not offer ${name}. Choose one of ${offered}, or Custom with an ID of ${provider.name}'s own.`,
		),
	};
}

function promptProblems(request: ImageRequest): Problem[] {
	return request.prompt.trim() === ''
		? [syntaxProblem('Prompt is empty. Describe the image that is wanted.')]
		: [];
}

function countProblems({ numberOfImages }: ImageRequest): Problem[] {
	if (Number.isInteger(numberOfImages) && numberOfImages >= 1) return [];
	const nearest = Math.min(Math.max(1, Math.round(numberOfImages) || 1), MOST_IMAGES);
	return [
		syntaxProblem(
			`Number of Images is ${numberOfImages}, and it must be a whole number from 1 to ${MOST_IMAGES}. The nearest is ${nearest}.`,
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

function callbackProblems(request: ImageRequest, provider: Provider, apiBaseUrl: string): Problem[] {
	if (request.callbackUrl === undefined || !provider.tasks) return [];
	return callbackUrlProblems(request.callbackUrl, apiBaseUrl).map(syntaxProblem);
}

function completionWarnings({ completion }: ImageRequest, provider: Provider): string[] {
	if (completion === 'poll' || provider.tasks) return [];
	return [
		`${provider.name} answers with the finished images: there is no task and no callback.`,
	];
}

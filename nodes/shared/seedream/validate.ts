import { callbackUrlProblems } from './callbackUrl';
import { limitProblems, limitWarnings } from './limits';
import { modelName, type ModelLimits } from './models';
import { fitOptions, optionsOfAnyModel } from './options';
import { syntaxProblem, type Problem } from './problem';
import type { Provider } from './providers/provider';
import { formatList, type BinaryReference, type ReferenceImage } from './references';
import type { ImageRequest, ModelChoice } from './request';
import { chooseWireSize, type WireSize } from './wireSize';

/** A request that was looked at from every side. It is fit to be sent when there is no problem. */
export interface CheckedRequest {
	/** With the options that the model takes. */
	request: ImageRequest;
	modelId: string;
	/** Absent for a custom model. */
	limits?: ModelLimits;
	size: WireSize;
	problems: Problem[];
	warnings: string[];
}

/** Most images that any Seedream model makes in one request (ModelArk docs 1541523). */
const MOST_IMAGES = 15;

/** Finds every problem of a request at once. `apiBaseUrl` decides whether private callback URLs make sense. */
export function checkRequest(
	request: ImageRequest,
	provider: Provider,
	apiBaseUrl: string,
): CheckedRequest {
	const model = chooseModel(request.model, provider);
	const limitsOrNone = 'limits' in model ? model.limits : undefined;
	const { wireSize: size, warnings: sizeWarnings } = chooseWireSize(
		request.size,
		provider.sizing,
		limitsOrNone,
	);
	const general = [
		...promptProblems(request),
		...countProblems(request),
		...sizeSyntaxProblems(request),
		...referenceSyntaxProblems(request, provider),
		...callbackProblems(request, provider, apiBaseUrl),
	];
	const warnings = [...completionWarnings(request, provider), ...sizeWarnings];
	if ('problem' in model) {
		return { request, modelId: '', size, problems: [model.problem, ...general], warnings };
	}
	const { modelId, limits } = model;
	if (!limits) {
		const unchecked = `The limits of the model ${modelId} are not known here, so they were not checked.`;
		const fitted = fitOptions(request, optionsOfAnyModel(provider), provider, provider.name);
		return {
			request: { ...request, options: fitted.options },
			modelId,
			size,
			problems: [...general, ...fitted.problems],
			warnings: [unchecked, ...warnings, ...fitted.warnings],
		};
	}
	const fitted = fitOptions(request, limits, provider, model.name);
	return {
		request: { ...request, options: fitted.options },
		modelId,
		limits,
		size,
		problems: [...general, ...limitProblems(request, limits, model.name), ...fitted.problems],
		warnings: [
			...warnings,
			...fitted.warnings,
			...limitWarnings(request, limits, model.name),
		],
	};
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
		return { modelId: model.id, limits: model.limits, name: `${name} on ${provider.name}` };
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
	if (size.mode === 'ratio') return [];
	const sides = { Width: size.width, Height: size.height };
	return Object.entries(sides)
		.filter(([, side]) => !Number.isInteger(side) || side < 1)
		.map(([name, side]) =>
			syntaxProblem(`${name} is ${side}, and it must be a whole number of pixels above 0.`),
		);
}

function referenceSyntaxProblems(request: ImageRequest, provider: Provider): Problem[] {
	const { operation, references } = request;
	if (operation === 'edit' && references.length === 0) {
		return [syntaxProblem('There is no image to edit. Give a binary field or an image URL.')];
	}
	return references.flatMap((reference) => transportProblems(reference, provider));
}

function transportProblems(reference: ReferenceImage, provider: Provider): Problem[] {
	if (reference.kind === 'url') {
		const isUrl = /^https?:\/\/[^\s/]+/i.test(reference.url) && URL.canParse(reference.url);
		if (isUrl) return [];
		return [
			syntaxProblem(
				`The image URL "${shorten(reference.url)}" is not one that a provider can open. It must begin with https:// or http://.`,
			),
		];
	}
	const transport = provider.referenceTransport;
	if (transport.kind === 'urlOnly') {
		return [syntaxProblem(`${reference.label} cannot be sent: ${transport.reason}`)];
	}
	if (transport.kind === 'upload') {
		return uploadProblems(reference, transport.upload.formats, provider);
	}
	return [];
}

function uploadProblems(
	{ header, label }: BinaryReference,
	formats: Parameters<typeof formatList>[0],
	provider: Provider,
): Problem[] {
	if (!header || formats.includes(header.format)) return [];
	return [
		syntaxProblem(
			`${label} is ${header.format.toUpperCase()}, and ${provider.name}'s file host takes ${formatList(formats)} only. Convert it first, or give the image as a URL.`,
		),
	];
}

function callbackProblems(request: ImageRequest, provider: Provider, apiBaseUrl: string): Problem[] {
	if (request.callbackUrl === undefined || !provider.tasks) return [];
	return callbackUrlProblems(request.callbackUrl, apiBaseUrl).map(syntaxProblem);
}

function completionWarnings({ completion }: ImageRequest, provider: Provider): string[] {
	if (completion === 'poll' || provider.tasks) return [];
	return [
		`${provider.name} answers with the finished images, so they are here already; there is no task and no callback.`,
	];
}

function shorten(text: string): string {
	return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

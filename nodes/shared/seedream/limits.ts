import type { ModelLimits } from './models';
import { limitProblem, type Problem } from './problem';
import { binaryReferenceProblems } from './references';
import { promptOnTheWire, type ImageRequest } from './request';
import { area, formatSize, nearestSize, sizeProblems } from './sizes';

/** A token is never more than this many characters on average, in any language. */
const MOST_CHARACTERS_PER_TOKEN = 6;

/** What goes beyond a model's limits, each with the value, the limit and what would do. */
export function limitProblems(
	request: ImageRequest,
	limits: ModelLimits,
	model: string,
): Problem[] {
	return [
		...promptLengthProblems(request, limits, model),
		...imageCountProblems(request, limits, model),
		...sizeLimitProblems(request, limits, model),
		...referenceCountProblems(request, limits, model),
		...request.references.flatMap((reference) =>
			reference.kind === 'binary' ? binaryReferenceProblems(reference, limits.references) : [],
		),
	].map(limitProblem);
}

/** What a model may refuse, where nobody knows for sure. */
export function limitWarnings(
	request: ImageRequest,
	limits: ModelLimits,
	model: string,
): string[] {
	return [
		...promptLengthWarnings(request, limits, model),
		...referenceCountWarnings(request, limits, model),
	];
}

function promptLengthProblems(request: ImageRequest, limits: ModelLimits, model: string): string[] {
	const { length } = promptOnTheWire(request);
	const most = (limits.promptTokens ?? Infinity) * MOST_CHARACTERS_PER_TOKEN;
	if (length <= most) return [];
	return [
		`Prompt has ${length} characters, and ${model} takes ${limits.promptTokens} tokens, which is never more than ${most} characters. Shorten it.`,
	];
}

function promptLengthWarnings(request: ImageRequest, limits: ModelLimits, model: string): string[] {
	const { length } = promptOnTheWire(request);
	const { promptTokens } = limits;
	if (promptTokens === undefined || length <= promptTokens) return [];
	return [
		`Prompt has ${length} characters; ${model} takes ${promptTokens} tokens and may refuse more.`,
	];
}

function imageCountProblems(request: ImageRequest, limits: ModelLimits, model: string): string[] {
	const { numberOfImages: count } = request;
	if (!(count > limits.images)) return [];
	const images = limits.images === 1 ? '1 image' : `at most ${limits.images} images`;
	return [
		`Number of Images is ${count}, and ${model} makes ${images} in one request. The nearest is ${limits.images}.`,
	];
}

function sizeLimitProblems({ size }: ImageRequest, limits: ModelLimits, model: string): string[] {
	if (size.mode === 'ratio') {
		if (limits.resolutions.includes(size.resolution)) return [];
		return [
			`Resolution is ${size.resolution}, and ${model} makes ${limits.resolutions.join(', ')}. Choose one of these.`,
		];
	}
	if (!(area(size) > 0)) return [];
	const nearest = formatSize(nearestSize(size, limits.size));
	return sizeProblems(size, limits.size).map(
		(problem) => `Size ${problem} for ${model}. The nearest that would do is ${nearest}.`,
	);
}

function referenceCountProblems(
	request: ImageRequest,
	limits: ModelLimits,
	model: string,
): string[] {
	const count = request.references.length;
	const problems: string[] = [];
	if (count > limits.references.count) {
		problems.push(
			`There are ${count} reference images, and ${model} takes at most ${limits.references.count}. Leave out ${count - limits.references.count}.`,
		);
	}
	const total = count + request.numberOfImages;
	if (count > 0 && total > limits.imagesAndReferences) {
		const left = Math.max(0, limits.imagesAndReferences - count);
		problems.push(
			`Number of Images and reference images are ${request.numberOfImages} + ${count} = ${total}, and ${model} takes at most ${limits.imagesAndReferences} together. With these references, at most ${left} can be made.`,
		);
	}
	return problems;
}

function referenceCountWarnings(
	{ references }: ImageRequest,
	limits: ModelLimits,
	model: string,
): string[] {
	const { undisputedCount = Infinity } = limits.references;
	if (references.length <= undisputedCount) return [];
	return [
		`There are ${references.length} reference images; sources differ on whether ${model} takes more than ${undisputedCount}.`,
	];
}

import type { LimitName, ModelSpec } from '../models';
import type { ImageRequest } from '../request';
import type { ResolvedSize } from '../resolveSize';
import { area, formatSize, nearestSize, sizeProblems } from '../sizes';
import { limitProblem, type Problem } from './problem';
import { promptWarnings } from './promptLength';
import { referenceLimitProblems } from './referenceLimits';

/** A model at a provider, as the user knows them. */
interface Names {
	/** `Seedream 4.0`. */
	model: string;
	provider: string;
}

/** Who demands a limit: `Seedream 4.0 on EvoLink`, or only `Seedream 4.0`. */
type NameFor = (limit: LimitName) => string;

/**
 * What goes beyond a model's limits, each with the value, the limit and what would do. Where the
 * provider does not demand a limit itself it is a warning: the provider may make the images all the same.
 */
export function checkLimits(
	request: ImageRequest,
	spec: ModelSpec,
	{ model, provider }: Names,
	size: ResolvedSize,
	sentPrompt = request.prompt,
): { problems: Problem[]; warnings: string[] } {
	const here = `${model} on ${provider}`;
	const isDemanded = (limit?: LimitName): boolean =>
		limit === undefined || spec.notDemanded?.includes(limit) !== true;
	const nameFor: NameFor = (limit) => (isDemanded(limit) ? here : model);
	const found = [
		...promptProblems(sentPrompt, spec, nameFor),
		...imageCountProblems(request, spec, nameFor),
		...(size.kind === 'none' ? [] : sizeLimitProblems(request, spec, nameFor)),
		...referenceCountProblems(request, spec, nameFor),
		...request.references.flatMap((reference) =>
			reference.kind === 'binary' ? referenceLimitProblems(reference, spec.references) : [],
		),
	];
	return {
		problems: found.filter(({ limit }) => isDemanded(limit)),
		warnings: [
			...found
				.filter(({ limit }) => !isDemanded(limit))
				.map(
					({ text }) =>
						`${provider} does not demand this, so it is no more than a warning: ${text}`,
				),
			...promptWarnings(request.prompt, spec.promptTokens, here),
			...disputedCountWarnings(request, spec, here),
		],
	};
}

/** Of the prompt as it is sent, in which the number of images may stand too. */
function promptProblems(
	prompt: string,
	{ promptCharacters }: ModelSpec,
	nameFor: NameFor,
): Problem[] {
	const { min = 0, max = Infinity } = promptCharacters ?? {};
	const length = Array.from(prompt).length;
	if (prompt === '' || (length >= min && length <= max)) return [];
	const bound = length > max ? `at most ${max}` : `at least ${min}`;
	const text = `Prompt has ${length} characters, and ${nameFor('prompt')} takes ${bound}. Make it ${length > max ? 'shorter' : 'longer'}.`;
	return [limitProblem(text, 'prompt')];
}

function imageCountProblems(request: ImageRequest, spec: ModelSpec, nameFor: NameFor): Problem[] {
	const { numberOfImages: count } = request;
	if (count === undefined || !(count > spec.maxImages)) return [];
	const images = spec.maxImages === 1 ? '1 image' : `at most ${spec.maxImages} images`;
	const text = `Number of Images is ${count}, and ${nameFor('images')} makes ${images} in one request. The nearest is ${spec.maxImages}.`;
	return [limitProblem(text, 'images')];
}

function sizeLimitProblems({ size }: ImageRequest, spec: ModelSpec, nameFor: NameFor): Problem[] {
	if (size.mode === 'default') return [];
	if (size.mode !== 'pixels') {
		const isOffered =
			size.resolution === 'auto'
				? !spec.demandsResolution
				: spec.resolutions.includes(size.resolution);
		if (isOffered) return [];
		const text = `Resolution is ${size.resolution}, and ${nameFor('resolution')} makes ${spec.resolutions.join(', ')}. Choose one of these.`;
		return [limitProblem(text, 'resolution')];
	}
	if (!(area(size) > 0)) return [];
	const nearest = formatSize(nearestSize(size, spec.size));
	return sizeProblems(size, spec.size).map((problem) =>
		limitProblem(
			`Size ${problem} for ${nameFor('size')}. The nearest that would do is ${nearest}.`,
			'size',
		),
	);
}

function referenceCountProblems(
	request: ImageRequest,
	spec: ModelSpec,
	nameFor: NameFor,
): Problem[] {
	const count = request.references.length;
	const found: Problem[] = [];
	if (count > spec.references.count) {
		const text = `There are ${count} reference images, and ${nameFor('referenceCount')} takes at most ${spec.references.count}. Leave out ${count - spec.references.count}.`;
		found.push(limitProblem(text, 'referenceCount'));
	}
	const wanted = request.numberOfImages ?? 1;
	const total = count + wanted;
	if (count > 0 && total > spec.imagesAndReferences) {
		const left = Math.max(0, spec.imagesAndReferences - count);
		const text = `Number of Images and reference images are ${wanted} + ${count} = ${total}, and ${nameFor('imagesAndReferences')} takes at most ${spec.imagesAndReferences} together. With these references, at most ${left} can be made.`;
		found.push(limitProblem(text, 'imagesAndReferences'));
	}
	return found;
}

function disputedCountWarnings(
	{ references }: ImageRequest,
	spec: ModelSpec,
	model: string,
): string[] {
	const { safeCount = Infinity } = spec.references;
	if (references.length <= safeCount) return [];
	return [
		`There are ${references.length} reference images; sources differ on whether ${model} takes more than ${safeCount}.`,
	];
}

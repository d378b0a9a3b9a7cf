import type { LimitName, ModelLimits } from '../models';
import { limitProblem, type Finding, type Problem } from './problem';
import { promptWarnings } from './promptLength';
import { referenceFindings } from '../references';
import type { ImageRequest } from '../request';
import type { WireSize } from '../resolveSize';
import { area, formatSize, nearestSize, sizeProblems } from '../sizes';

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
	limits: ModelLimits,
	{ model, provider }: Names,
	size: WireSize,
): { problems: Problem[]; warnings: string[] } {
	const here = `${model} on ${provider}`;
	const isDemanded = (limit: LimitName): boolean => limits.notDemanded?.includes(limit) !== true;
	const nameFor: NameFor = (limit) => (isDemanded(limit) ? here : model);
	const findings = [
		...imageCountFindings(request, limits, nameFor),
		...(size.kind === 'none' ? [] : sizeFindings(request, limits, nameFor)),
		...referenceCountFindings(request, limits, nameFor),
		...request.references.flatMap((reference) =>
			reference.kind === 'binary' ? referenceFindings(reference, limits.references) : [],
		),
	];
	return {
		problems: findings.filter(({ limit }) => isDemanded(limit)).map(({ text }) => limitProblem(text)),
		warnings: [
			...findings
				.filter(({ limit }) => !isDemanded(limit))
				.map(({ text }) => `${provider} does not demand this, so it is no more than a warning: ${text}`),
			...promptWarnings(request.prompt, limits.promptTokens, here),
			...disputedCountWarnings(request, limits, here),
		],
	};
}

function imageCountFindings(request: ImageRequest, limits: ModelLimits, nameFor: NameFor): Finding[] {
	const { numberOfImages: count } = request;
	if (!(count > limits.images)) return [];
	const images = limits.images === 1 ? '1 image' : `at most ${limits.images} images`;
	const text = `Number of Images is ${count}, and ${nameFor('images')} makes ${images} in one request. The nearest is ${limits.images}.`;
	return [{ limit: 'images', text }];
}

function sizeFindings({ size }: ImageRequest, limits: ModelLimits, nameFor: NameFor): Finding[] {
	if (size.mode === 'default') return [];
	if (size.mode === 'ratio') {
		if (limits.resolutions.includes(size.resolution)) return [];
		const text = `Resolution is ${size.resolution}, and ${nameFor('resolution')} makes ${limits.resolutions.join(', ')}. Choose one of these.`;
		return [{ limit: 'resolution', text }];
	}
	if (!(area(size) > 0)) return [];
	const nearest = formatSize(nearestSize(size, limits.size));
	return sizeProblems(size, limits.size).map((problem) => ({
		limit: 'size',
		text: `Size ${problem} for ${nameFor('size')}. The nearest that would do is ${nearest}.`,
	}));
}

function referenceCountFindings(
	request: ImageRequest,
	limits: ModelLimits,
	nameFor: NameFor,
): Finding[] {
	const count = request.references.length;
	const findings: Finding[] = [];
	if (count > limits.references.count) {
		const text = `There are ${count} reference images, and ${nameFor('referenceCount')} takes at most ${limits.references.count}. Leave out ${count - limits.references.count}.`;
		findings.push({ limit: 'referenceCount', text });
	}
	const total = count + request.numberOfImages;
	if (count > 0 && total > limits.imagesAndReferences) {
		const left = Math.max(0, limits.imagesAndReferences - count);
		const text = `Number of Images and reference images are ${request.numberOfImages} + ${count} = ${total}, and ${nameFor('imagesAndReferences')} takes at most ${limits.imagesAndReferences} together. With these references, at most ${left} can be made.`;
		findings.push({ limit: 'imagesAndReferences', text });
	}
	return findings;
}

function disputedCountWarnings(
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

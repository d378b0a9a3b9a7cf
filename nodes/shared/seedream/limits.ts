import type { ModelLimits } from './models';
import { limitProblem, type Finding, type Problem } from './problem';
import { promptWarnings } from './promptLength';
import { referenceFindings } from './references';
import type { ImageRequest } from './request';
import { area, formatSize, nearestSize, sizeProblems } from './sizes';

/** A model at a provider, as the user knows them. */
interface Named {
	/** Both: `Seedream 4.0 on EvoLink`. */
	model: string;
	provider: string;
}

/**
 * What goes beyond a model's limits, each with the value, the limit and what would do. Where the
 * provider does not demand a limit itself it is a warning: the provider may make the images all the same.
 */
export function checkLimits(
	request: ImageRequest,
	limits: ModelLimits,
	{ model, provider }: Named,
): { problems: Problem[]; warnings: string[] } {
	const findings = [
		...imageCountFindings(request, limits, model),
		...sizeFindings(request, limits, model),
		...referenceCountFindings(request, limits, model),
		...request.references.flatMap((reference) =>
			reference.kind === 'binary' ? referenceFindings(reference, limits.references) : [],
		),
	];
	const isDemanded = ({ limit }: Finding): boolean => limits.notDemanded?.includes(limit) !== true;
	return {
		problems: findings.filter(isDemanded).map(({ text }) => limitProblem(text)),
		warnings: [
			...findings
				.filter((finding) => !isDemanded(finding))
				.map(({ text }) => `${provider} does not demand this, so it is no more than a warning: ${text}`),
			...promptWarnings(request.prompt, limits.promptTokens, model),
			...disputedCountWarnings(request, limits, model),
		],
	};
}

function imageCountFindings(request: ImageRequest, limits: ModelLimits, model: string): Finding[] {
	const { numberOfImages: count } = request;
	if (!(count > limits.images)) return [];
	const images = limits.images === 1 ? '1 image' : `at most ${limits.images} images`;
	const text = `Number of Images is ${count}, and ${model} makes ${images} in one request. The nearest is ${limits.images}.`;
	return [{ limit: 'images', text }];
}

function sizeFindings({ size }: ImageRequest, limits: ModelLimits, model: string): Finding[] {
	if (size.mode === 'default') return [];
	if (size.mode === 'ratio') {
		if (limits.resolutions.includes(size.resolution)) return [];
		const text = `Resolution is ${size.resolution}, and ${model} makes ${limits.resolutions.join(', ')}. Choose one of these.`;
		return [{ limit: 'resolution', text }];
	}
	if (!(area(size) > 0)) return [];
	const nearest = formatSize(nearestSize(size, limits.size));
	return sizeProblems(size, limits.size).map((problem) => ({
		limit: 'size',
		text: `Size ${problem} for ${model}. The nearest that would do is ${nearest}.`,
	}));
}

function referenceCountFindings(
	request: ImageRequest,
	limits: ModelLimits,
	model: string,
): Finding[] {
	const count = request.references.length;
	const findings: Finding[] = [];
	if (count > limits.references.count) {
		const text = `There are ${count} reference images, and ${model} takes at most ${limits.references.count}. Leave out ${count - limits.references.count}.`;
		findings.push({ limit: 'referenceCount', text });
	}
	const total = count + request.numberOfImages;
	if (count > 0 && total > limits.imagesAndReferences) {
		const left = Math.max(0, limits.imagesAndReferences - count);
		const text = `Number of Images and reference images are ${request.numberOfImages} + ${count} = ${total}, and ${model} takes at most ${limits.imagesAndReferences} together. With these references, at most ${left} can be made.`;
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

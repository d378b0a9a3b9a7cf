import {
	formatList,
	type BinaryReference,
	type ImageHeader,
	type ReferenceLimits,
} from '../references';
import { limitProblem, type Problem } from './problem';

/** What is wrong with one reference image, each with the value, the limit and the way out. */
export function referenceLimitProblems(
	reference: BinaryReference,
	limits: ReferenceLimits,
): Problem[] {
	const { label, header, bytes } = reference;
	if (bytes > limits.bytes) {
		const size = `${label} has ${megabytes(bytes)} MB, and the most is ${megabytes(limits.bytes)} MB`;
		return [limitProblem(`${size}. Make it smaller or compress it first.`, 'referenceFile')];
	}
	if (!header) {
		const text = `${label} is not an image that can be read, whatever its name says. Use a file in one of these formats: ${formatList(limits.formats)}.`;
		return [limitProblem(text, 'referenceFormat')];
	}
	if (!limits.formats.includes(header.format)) {
		const text = `${label} is ${header.format.toUpperCase()}, and what is taken is ${formatList(limits.formats)}. Convert it first.`;
		return [limitProblem(text, 'referenceFormat')];
	}
	return sideProblems(label, header, limits).map((text) => limitProblem(text, 'referenceFile'));
}

function sideProblems(label: string, header: ImageHeader, limits: ReferenceLimits): string[] {
	const { width, height } = header;
	const size = `${label} is ${width}x${height} pixels`;
	const ratio = Math.max(width, height) / Math.min(width, height);
	const problems: string[] = [];
	if (Math.min(width, height) < limits.minSide) {
		problems.push(
			`${size}, and each side must have at least ${limits.minSide} pixels. Use a larger image.`,
		);
	}
	if (ratio > limits.ratio) {
		problems.push(
			`${size}, a side ratio of 1:${Number(ratio.toFixed(2))}, and the widest is 1:${limits.ratio}. Crop it first.`,
		);
	}
	if (width * height < (limits.minArea ?? 0)) {
		problems.push(
			`${size}, ${width * height} in all, and the least is ${limits.minArea}. Use a larger image.`,
		);
	}
	if (width * height > limits.maxArea) {
		problems.push(
			`${size}, ${width * height} in all, and the most is ${limits.maxArea}. Make it smaller first.`,
		);
	}
	return problems;
}

/** Rounded up, so that a file above a limit never seems to be at it. */
function megabytes(bytes: number): number {
	return Math.ceil((bytes / (1024 * 1024)) * 100) / 100;
}

import type { LayerResolution } from './layers';
import type { ModelSpec } from './models';
import { presetSize, type OwnSizes, type Shape } from './presets';
import type { SizeChoice } from './request';
import { formatSize, type AspectRatio, type Resolution, type Size } from './sizes';

/** How a provider is told the size. */
export type Sizing =
	| {
			kind: 'ratio';
			/** Those that it takes; absent: all. */
			shapes?: readonly AspectRatio[];
			/** Shapes that not all of its pages name. */
			disputedShapes?: readonly AspectRatio[];
			/** Whether it takes exact pixels too. */
			takesPixels: boolean;
			/** What is sent where nothing is said of the size, as it demands one. */
			demanded?: Readonly<{ aspectRatio: AspectRatio; resolution: Resolution }>;
	  }
	| {
			kind: 'pixels';
			/** The shapes that it documents sizes for. */
			shapes: readonly Shape[];
			/** The resolutions that it takes as a word, with which the model chooses the shape. */
			tiers: readonly Resolution[];
			/** Sizes that it documents itself, where they are not the model's. */
			ownSizes?: OwnSizes;
	  };

/** The size as it goes on the wire; `none`: nothing is said about it. */
export type ResolvedSize =
	| { kind: 'none' }
	| { kind: 'ratio'; aspectRatio: AspectRatio; resolution: Resolution }
	| { kind: 'tier'; resolution: LayerResolution }
	| ({ kind: 'pixels' } & Size);

/** How one provider is told the size; `name` names it to the user. */
interface Sized {
	name: string;
	sizing: Sizing;
}

/**
 * Puts the wish into the provider's terms. With a tier alone a model takes the shape from the
 * prompt (ModelArk docs 1541523), so a wanted shape becomes explicit pixels.
 */
export function resolveSize(
	size: SizeChoice,
	{ name, sizing }: Sized,
	spec: ModelSpec | undefined,
): { size: ResolvedSize; warnings: string[] } {
	if (size.mode === 'default') return sizeOfProvider(name, sizing);
	if (size.mode === 'tier') {
		return { size: { kind: 'tier', resolution: size.resolution }, warnings: [] };
	}
	if (size.mode === 'pixels') {
		// Where it cannot be told them the request is refused, and no limit is to be named besides.
		if (sizing.kind === 'ratio' && !sizing.takesPixels) {
			return { size: { kind: 'none' }, warnings: [] };
		}
		return { size: { kind: 'pixels', width: size.width, height: size.height }, warnings: [] };
	}
	const { aspectRatio, resolution } = size;
	if (sizing.kind === 'ratio') {
		const disputed = `${name}'s pages differ on whether the aspect ratio ${aspectRatio} is taken.`;
		return {
			size: { kind: 'ratio', aspectRatio, resolution },
			warnings: sizing.disputedShapes?.includes(aspectRatio) ? [disputed] : [],
		};
	}
	if (aspectRatio !== 'auto') {
		const pixels = presetSize(aspectRatio, resolution, spec, sizing.ownSizes);
		const borrowed = `Aspect Ratio ${aspectRatio} is not among the shapes that ${name} documents: it is sent as ${formatSize(pixels)}.`;
		return {
			size: { kind: 'pixels', ...pixels },
			warnings: sizing.shapes.includes(aspectRatio) ? [] : [borrowed],
		};
	}
	if (sizing.tiers.includes(resolution)) {
		return { size: { kind: 'tier', resolution }, warnings: [] };
	}
	if (sizing.tiers.length === 0) {
		const left = `Aspect Ratio is Auto, so no size is sent: ${name} takes sizes in pixels only, and chooses shape and resolution itself. For ${resolution}, choose an aspect ratio.`;
		return { size: { kind: 'none' }, warnings: [left] };
	}
	const square = presetSize('1:1', resolution, spec, sizing.ownSizes);
	const warning = `Aspect Ratio Auto is sent as ${formatSize(square)}: ${name} takes ${resolution} in pixels only. Choose an aspect ratio if a square is not wanted.`;
	return { size: { kind: 'pixels', ...square }, warnings: [warning] };
}

/** Nothing, or what a provider that cannot do without takes by itself. */
function sizeOfProvider(name: string, sizing: Sizing): { size: ResolvedSize; warnings: string[] } {
	if (sizing.kind !== 'ratio' || !sizing.demanded) return { size: { kind: 'none' }, warnings: [] };
	const { aspectRatio, resolution } = sizing.demanded;
	const said = `${name} demands a size, so its own is sent: ${aspectRatio} at ${resolution}.`;
	return { size: { kind: 'ratio', aspectRatio, resolution }, warnings: [said] };
}

/** The field `size` as `2K` or `2048x1152`, for providers that take both in it; no field for no size. */
export function sizeField(size: ResolvedSize): { size?: string } {
	if (size.kind === 'none') return {};
	return { size: size.kind === 'pixels' ? formatSize(size) : size.resolution };
}

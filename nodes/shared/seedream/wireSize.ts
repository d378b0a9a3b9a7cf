import type { ModelLimits } from './models';
import { presetSize } from './presets';
import type { SizeChoice } from './request';
import { formatSize, type AspectRatio, type Resolution, type Size } from './sizes';

/** How a provider is told the size. */
export type Sizing =
	| { kind: 'ratio' }
	/** `tiers`: the resolutions that it takes as a word, with which the model chooses the shape. */
	| { kind: 'pixels'; tiers: readonly Resolution[] };

/** The size as it goes on the wire. */
export type WireSize =
	| { kind: 'ratio'; aspectRatio: AspectRatio; resolution: Resolution }
	| { kind: 'tier'; resolution: Resolution }
	| ({ kind: 'pixels' } & Size);

/**
 * Puts the wish into the provider's terms. With a tier alone a model takes the shape from the
 * prompt (ModelArk docs 1541523), so a wanted shape becomes explicit pixels.
 */
export function chooseWireSize(
	size: SizeChoice,
	sizing: Sizing,
	limits: ModelLimits | undefined,
): { wireSize: WireSize; warnings: string[] } {
	if (size.mode === 'pixels') {
		return { wireSize: { kind: 'pixels', width: size.width, height: size.height }, warnings: [] };
	}
	const { aspectRatio, resolution } = size;
	if (sizing.kind === 'ratio') {
		return { wireSize: { kind: 'ratio', aspectRatio, resolution }, warnings: [] };
	}
	if (aspectRatio !== 'auto') {
		return { wireSize: { kind: 'pixels', ...presetSize(aspectRatio, resolution, limits) }, warnings: [] };
	}
	if (sizing.tiers.includes(resolution)) {
		return { wireSize: { kind: 'tier', resolution }, warnings: [] };
	}
	const square = presetSize('1:1', resolution, limits);
	const warning = `Aspect Ratio Auto became ${formatSize(square)}: this provider needs the size in pixels.`;
	return { wireSize: { kind: 'pixels', ...square }, warnings: [warning] };
}

/** `2K` or `2048x1152`, for providers that take both in one field. */
export function tierOrPixels(size: WireSize): string {
	return size.kind === 'pixels' ? formatSize(size) : size.resolution;
}

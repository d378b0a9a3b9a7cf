import { MODEL_FAMILIES, type ModelFamily } from '../../nodes/shared/seedream/models';
import { findProvider } from '../../nodes/shared/seedream/providers';
import type { SizeChoice } from '../../nodes/shared/seedream/request';
import type {
	ResolvedRequest,
	Provider,
	ProviderModel,
} from '../../nodes/shared/seedream/providers/provider';
import {
	ASPECT_RATIOS,
	RESOLUTIONS,
	type AspectRatio,
	type Resolution,
	type Size,
} from '../../nodes/shared/seedream/sizes';
import { validateRequest } from '../../nodes/shared/seedream/validation/validate';
import { API, aRequest, type RequestWishes } from '../unit/support';

/** What the product knows of a provider. */
export function providerOf(id: string): Provider {
	const provider = findProvider(id);
	if (!provider) throw new Error(`The registry has no provider ${id}`);
	return provider;
}

/** One model of a provider. */
export interface Sold extends ProviderModel {
	family: ModelFamily;
}

export function modelsOf(provider: Provider): Sold[] {
	return MODEL_FAMILIES.flatMap((family) => {
		const model = provider.models[family];
		return model ? [{ family, ...model }] : [];
	});
}

/** One model in one resolution that its limits offer. */
interface ResolutionCase {
	model: Sold;
	resolution: Resolution;
}

function resolutionCases(provider: Provider): ResolutionCase[] {
	return modelsOf(provider).flatMap((model) =>
		model.spec.resolutions.map((resolution) => ({ model, resolution })),
	);
}

/** One model in one resolution and one shape, as a wish. */
export interface ShapeCase extends ResolutionCase {
	aspectRatio: AspectRatio;
	wishes: RequestWishes;
	/** The case as a person would name it. */
	name: string;
}

/** Every shape on offer at every resolution of every model. */
export function shapeCases(provider: Provider): ShapeCase[] {
	return resolutionCases(provider).flatMap(({ model, resolution }) =>
		ASPECT_RATIOS.map((aspectRatio) => ({
			model,
			resolution,
			aspectRatio,
			wishes: {
				model: { family: model.family },
				size: { mode: 'ratio', aspectRatio, resolution },
			},
			name: `${model.family} at ${resolution}, ${aspectRatio}`,
		})),
	);
}

/** What makes a provider's plan, with one URL for each reference image that is wished for. */
export function orderOf(provider: Provider, wishes: RequestWishes): ResolvedRequest {
	const checked = validateRequest(aRequest(wishes), provider, API);
	const references = checked.request.references.map((_, index) => `https://x.test/${index}.png`);
	return { ...checked.request, references };
}

/** The texts in a value, at any depth. */
export function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

/** Exact pixels in a body, in the forms that providers take: `2048x1152`, `2048*1152`, or sides with names. */
export function pixelsIn(value: unknown): Size | undefined {
	for (const text of textsIn(value)) {
		const [, width, height] = /^(\d+)[x*](\d+)$/.exec(text) ?? [];
		if (width && height) return { width: Number(width), height: Number(height) };
	}
	return namedSides(value);
}

function namedSides(value: unknown): Size | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if ('width' in value && 'height' in value) {
		return { width: Number(value.width), height: Number(value.height) };
	}
	return Object.values(value)
		.map(namedSides)
		.find((size) => size !== undefined);
}

/** Whether a size has the shape, as near as the presets of the models do. */
export function hasShape({ width, height }: Size, aspectRatio: AspectRatio): boolean {
	const [across = NaN, down = NaN] = aspectRatio.split(':').map(Number);
	return Math.abs(width / height / (across / down) - 1) < 0.02;
}

/** Whether a model is told this shape. */
export function isTaken(provider: Provider, modelId: string, shape: AspectRatio): boolean {
	const sizing = provider.sizingOf(modelId);
	return sizing.kind === 'pixels' || !sizing.shapes || sizing.shapes.includes(shape);
}

/** The size that a problem names as the nearest that would do; `resolution`: where it names a shape alone. */
export function nearestIn(problem: string, resolution: Resolution = '2K'): SizeChoice {
	const [, shape, at] = /nearest is (\d+:\d+)(?: at ([\d.]+K))?/.exec(problem) ?? [];
	const aspectRatio = ASPECT_RATIOS.find((ratio) => ratio === shape);
	const named = RESOLUTIONS.find((one) => one === at) ?? resolution;
	if (aspectRatio) return { mode: 'ratio', aspectRatio, resolution: named };
	const [, width, height] = /nearest[^.]* (\d+)x(\d+)/.exec(problem) ?? [];
	return { mode: 'pixels', width: Number(width), height: Number(height) };
}

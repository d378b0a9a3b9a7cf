import type { ModelSpec } from '../models';
import type { SizeChoice } from '../request';
import type { Sizing } from '../resolveSize';
import { area, formatSize, nearestResolution, nearestShape, ratioOf } from '../sizes';
import { limitProblem, syntaxProblem, type Problem } from './problem';

/**
 * Why a size cannot be said in the words of a provider that takes shapes and resolutions, each with
 * the nearest that can. `spec`: absent for a custom model, which may take shapes that are not known here.
 */
export function sizeWordProblems(
	size: SizeChoice,
	sizing: Sizing,
	spec: ModelSpec | undefined,
	model: string,
): Problem[] {
	if (sizing.kind !== 'ratio') return [];
	const { shapes, takesPixels } = sizing;
	if (size.mode === 'pixels' && !takesPixels) {
		return [syntaxProblem(pixelsText(size, shapes, spec, model))];
	}
	if (size.mode !== 'ratio' || !shapes || !spec || shapes.includes(size.aspectRatio)) return [];
	return [limitProblem(shapeText(size.aspectRatio, shapes, model))];
}

type Shapes = readonly NonNullable<(Sizing & { kind: 'ratio' })['shapes']>[number][];

function pixelsText(
	size: SizeChoice & { mode: 'pixels' },
	shapes: Shapes = ['1:1'],
	spec: ModelSpec | undefined,
	model: string,
): string {
	const asked = `Size is ${formatSize(size)}, and ${model} takes a shape and a resolution only`;
	const shape = nearestShape(size.width / size.height, shapes);
	const resolution = nearestResolution(area(size), spec?.resolutions ?? []);
	const nearest = [shape, resolution].filter(Boolean).join(' at ');
	return `${asked}. Set Size to Aspect Ratio; the nearest is ${nearest}.`;
}

function shapeText(shape: Shapes[number], shapes: Shapes, model: string): string {
	const taken = `${model} takes ${shapes.join(', ')}`;
	if (shape === 'auto') return `Aspect Ratio is Auto, and ${taken}. Choose one of these.`;
	const nearest = nearestShape(ratioOf(shape), shapes);
	return `Aspect Ratio is ${shape}, and ${taken}. The nearest is ${nearest}.`;
}

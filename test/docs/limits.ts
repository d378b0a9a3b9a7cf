import { LAYER_FAMILIES, LAYER_SPECS } from '../../nodes/shared/seedream/layers';
import {
	MODEL_FAMILIES,
	MODEL_SPECS,
	modelName,
	type ModelFamily,
	type ModelSpec,
} from '../../nodes/shared/seedream/models';
import { presetSize } from '../../nodes/shared/seedream/presets';
import { PROVIDERS } from '../../nodes/shared/seedream/providers';
import { ASPECT_RATIOS, formatSize, type Resolution } from '../../nodes/shared/seedream/sizes';
import type { Table } from './markdown';

// What the tables of limits must say, without their heads. Nothing in it is a word of one language.

const NONE = '–';

const count = (value: number): string => value.toLocaleString('en-US');
const short = (family: ModelFamily): string => modelName(family).replace('Seedream ', '');
const list = (values: readonly string[]): string => values.join(', ') || NONE;
const capital = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1);

/** The table of models in the README. */
export function modelRows(): Table {
	return MODEL_FAMILIES.map((family) => {
		const spec = MODEL_SPECS[family];
		const layers = LAYER_FAMILIES.find((one) => one === family);
		return [
			short(family),
			count(spec.maxImages),
			count(spec.references.count),
			list(spec.resolutions),
			pixelsOf(spec),
			list(spec.outputFormats.map((format) => format.toUpperCase())),
			list(optionsOf(spec)),
			layers ? count(LAYER_SPECS[layers].maxImages) : NONE,
		];
	});
}

function optionsOf(spec: ModelSpec): string[] {
	return [
		...(spec.backgrounds.length > 0
			? [`*Background* (${spec.backgrounds.map(capital).join(', ')})`]
			: []),
		...(spec.promptPriorities.includes('fast') ? ['*Prompt Priority*'] : []),
		...(spec.stream ? ['*Stream*'] : []),
		...(spec.webSearch ? ['*Web Search*'] : []),
	];
}

/** From the least to the most pixels of an image, and what else its sides must keep to. */
function pixelsOf({ size }: ModelSpec): string {
	const { area, ratio, side, minSide = 1 } = size;
	return [
		`${count(area.min)} – ${count(area.max)}`,
		...(ratio === 16 ? [] : [`1:${ratio}`]),
		...(side === undefined ? [] : [`sides ${count(minSide)} – ${count(side)}`]),
	].join(', ');
}

/** The table of reference images: of each model, and of those that take an image apart. */
export function referenceRows(): Table {
	return [
		...MODEL_FAMILIES.map((family) => referenceRow(short(family), MODEL_SPECS[family])),
		...LAYER_FAMILIES.map((family) =>
			referenceRow(`${short(family)}, *Decompose Image*`, LAYER_SPECS[family]),
		),
	];
}

function referenceRow(name: string, { references }: ModelSpec): string[] {
	const { bytes, formats, minSide, ratio, minArea = minSide ** 2, maxArea } = references;
	return [
		name,
		count(references.count),
		`${bytes / 1024 ** 2} MB`,
		list(formats.map((format) => format.toUpperCase())),
		`${minSide}`,
		`1:${ratio}`,
		`${count(minArea)} – ${count(maxArea)}`,
	];
}

/** A table of sizes: of the models that make sets, or of those that make one image. */
export function sizeRows(presets: ModelSpec['presets'], resolutions: readonly Resolution[]): Table {
	const shapes = ASPECT_RATIOS.filter((shape) => shape !== 'auto');
	const specs = Object.values(MODEL_SPECS).filter((spec) => spec.presets === presets);
	return shapes.map((shape) => [
		shape,
		...resolutions.map((resolution) => {
			const spec = specs.find(({ resolutions: all }) => all.includes(resolution));
			return spec ? formatSize(presetSize(shape, resolution, spec)) : NONE;
		}),
	]);
}

/** The table of what a provider takes that is not what the models' maker takes. */
export function providerRows(): Table {
	return PROVIDERS.flatMap(({ name, models }) =>
		MODEL_FAMILIES.flatMap((family) => {
			const spec = models[family]?.spec;
			const cells = spec ? ownLimits(spec, MODEL_SPECS[family]) : [];
			return cells.some((cell) => cell !== NONE) ? [[name, short(family), ...cells]] : [];
		}),
	);
}

function ownLimits(own: ModelSpec, makers: ModelSpec): string[] {
	const readings: Array<(spec: ModelSpec) => string> = [
		(spec) => count(spec.maxImages),
		({ references }) => count(references.count),
		(spec) => list(spec.resolutions),
		pixelsOf,
		({ promptCharacters }) =>
			promptCharacters ? `${promptCharacters.min ?? 1} – ${count(promptCharacters.max)}` : NONE,
	];
	return readings.map((reading) => (reading(own) === reading(makers) ? NONE : reading(own)));
}

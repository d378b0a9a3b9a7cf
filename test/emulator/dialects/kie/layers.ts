import { ApiRefusal } from '../../apiError';
import type { Effects } from '../../faults';
import { layersIn } from '../../layers';
import { makeLayerSet } from '../../layerSet';
import type { LayerSetMember } from '../../layerSet';
import { isModeratedPrompt } from '../../prompts';
import { MEGABYTE, openReferences } from '../../references';
import type { ReferenceRule } from '../../references';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';
import { baseSizeOf, LAYER_TIERS } from '../shared/layerSizes';
import type { Choice } from './facts';
import type { Input } from './input';
import { choiceIn, countIn, formatIn, linkIn, promptIn } from './input';
import type { KieJob } from './job';

export interface KieLayerModel {
	/** The model line of the vendor. */
	readonly line: string;
	/**
	 * Whether it tells of the layers. Flash was seen to answer with links alone, the base first
	 * (ComfyUI-Kie-API, its page of the node for Flash).
	 */
	readonly tells: boolean;
	/** Beside the base. */
	readonly most: number;
	/** Whether `max_images` says how many images may come at the most. */
	readonly isCapped?: boolean;
}

/** The models that take a picture apart; of 5.5 the page is known, and what it adds to the others. */
export const LAYER_MODELS: ReadonlyMap<string, KieLayerModel> = new Map([
	['seedream/5-pro-layer-decomposition', { line: '5.0-pro', tells: true, most: 16 }],
	['seedream/5-flash-layer-decomposition', { line: '5.0-flash', tells: false, most: 16 }],
	['seedream/5-5-layer-decomposition', { line: '5.5', tells: true, most: 99, isCapped: true }],
]);

/** Kie.ai docs, market/seedream/5-pro-layer-decomposition. */
const PICTURE: ReferenceRule = {
	maxCount: 1,
	formats: ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'],
	maxBytes: 30 * MEGABYTE,
	maxRatio: 16,
	minArea: 262_144,
	dataUris: false,
};

const SIZE: Choice<string> = {
	field: 'size',
	words: new Map(LAYER_TIERS.map((tier) => [tier, tier])),
	byDefault: 'auto',
};

interface LayerRequest {
	readonly link: string;
	readonly prompt: string;
	readonly size: string;
	readonly format: 'jpeg' | 'png';
	/** Images that may come at the most, the base among them. */
	readonly limit: number;
}

/** A picture that is taken apart. As nobody knows into how many, the most are held in advance. */
export function layerJob(model: KieLayerModel, input: Input): KieJob {
	const request = {
		link: linkIn(input, 'image_url', PICTURE),
		prompt: input.prompt === undefined ? '' : promptIn(input, { min: 0, max: 5000 }),
		size: choiceIn(input, SIZE),
		format: formatIn(input, 'jpeg'),
		limit: limitOf(model, input),
	};
	return {
		line: model.line,
		prompt: request.prompt,
		limit: request.limit,
		makeImages: async (state, effects) => await takeApart(state, model, request, effects),
	};
}

function limitOf({ most, isCapped }: KieLayerModel, input: Input): number {
	const all = 1 + most;
	return isCapped && input.max_images !== undefined ? countIn(input, 'max_images', all) : all;
}

/** Where it tells of the layers, the same links stand in both lists, but not in the same order. */
async function takeApart(
	state: EmulatorState,
	{ tells }: KieLayerModel,
	{ link, prompt, size: tier, format, limit }: LayerRequest,
	effects: Effects,
): Promise<TaskImages> {
	const [picture] = await openReferences(state, 'image_url', [link], PICTURE);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const size = baseSizeOf(tier, picture);
	const layers = layersIn(prompt, limit - 1, size);
	const members = makeLayerSet(state, {
		provider: 'kie',
		prompt,
		layers,
		size,
		format,
		picture,
		effects,
	});
	if (!tells) return { links: [...members].sort(byHeight).map(({ url }) => url) };
	return { links: members.map(({ url }) => url).reverse(), data: members.map(dataOf) };
}

function byHeight(one: LayerSetMember, other: LayerSetMember): number {
	return (one.layer?.zIndex ?? 0) - (other.layer?.zIndex ?? 0);
}

function dataOf({ url, image, layer }: LayerSetMember): Readonly<Record<string, unknown>> {
	const { size, format } = image.spec;
	const file = { size: `${size.width}x${size.height}`, output_format: format, url };
	if (layer === undefined) return { z_index: 0, ...file };
	const { zIndex, name, description, box } = layer;
	return { z_index: zIndex, ...file, bounding_box: box, name, description };
}

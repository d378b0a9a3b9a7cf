import { z } from 'zod/v4';
import { ApiRefusal } from '../../apiError';
import { checkOneOf, readBody, text } from '../../checks';
import type { Effects } from '../../faults';
import { layersIn } from '../../layers';
import { makeLayerSet } from '../../layerSet';
import type { LayerSetMember } from '../../layerSet';
import { isModeratedPrompt } from '../../prompts';
import { checkReferences, MEGABYTE, openReferences } from '../../references';
import type { ReferenceRule } from '../../references';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';
import { baseSizeOf, LAYER_TIERS } from '../shared/layerSizes';
import type { EvolinkJob } from './job';
import { checkCallback } from './request';

/** The models that take a picture apart: nothing but the name asks for that. */
export const LAYER_MODELS: Readonly<
	Record<string, { readonly line: string; readonly priorities: readonly string[] }>
> = {
	'doubao-seedream-5.0-pro-layerize': { line: '5.0-pro', priorities: ['standard', 'fast'] },
	'doubao-seedream-5.0-flash-layerize': { line: '5.0-flash', priorities: ['standard'] },
};

/** Whether the model that the body names is one of these by its name, be there such a model or not. */
export function asksForLayers(body: unknown): boolean {
	return z.looseObject({ model: z.string().endsWith('-layerize') }).safeParse(body).success;
}

/** EvoLink docs, image-series/seedream-5.0-pro-layerize and -flash-layerize: all fields there are. */
const Body = z.strictObject({
	model: text,
	image_urls: z.array(z.string()).length(1, 'exactly 1 image URL is needed'),
	prompt: text.optional(),
	quality: z.string().optional(),
	prompt_priority: z.string().optional(),
	output_format: z.enum(['jpeg', 'png']).optional(),
	callback_url: z.string().optional(),
});

type Body = z.infer<typeof Body>;

const PICTURE: ReferenceRule = {
	maxCount: 1,
	formats: ['jpeg', 'png'],
	maxBytes: 30 * MEGABYTE,
	maxRatio: 16,
	minArea: 262_144,
	dataUris: false,
};

const MOST_LAYERS = 16;

/** A picture that is taken apart. As nobody knows into how many, the most are paid in advance. */
export function layerJob(body: unknown, allowPrivateCallbacks: boolean): EvolinkJob {
	const fields = readBody(Body, body);
	const { model, prompt = '' } = fields;
	const facts = LAYER_MODELS[model];
	if (facts === undefined) throw new ApiRefusal({ is: 'modelUnknown', model });
	checkOneOf('quality', fields.quality, LAYER_TIERS);
	checkOneOf('prompt_priority', fields.prompt_priority, facts.priorities);
	checkReferences('image_urls', fields.image_urls, PICTURE);
	checkCallback(fields.callback_url, allowPrivateCallbacks);
	return {
		model,
		line: facts.line,
		prompt,
		limit: 1 + MOST_LAYERS,
		callbackUrl: fields.callback_url,
		makeImages: (state, effects) => takeApart(state, fields, effects),
	};
}

/** The same links stand in both lists, but not in the same order. */
async function takeApart(
	state: EmulatorState,
	{ prompt = '', quality = 'auto', output_format: format = 'jpeg', image_urls: urls }: Body,
	effects: Effects,
): Promise<TaskImages> {
	const [picture] = await openReferences(state, 'image_urls', urls, PICTURE);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const size = baseSizeOf(quality, picture);
	const layers = layersIn(prompt, MOST_LAYERS, size);
	const spec = { provider: 'evolink', prompt, layers, size, format, picture, effects };
	const members = makeLayerSet(state, spec);
	return { links: members.map(({ url }) => url).reverse(), data: members.map(dataOf) };
}

/**
 * The page does not print the key of the link; EvoLink's own client reads `image_url`. What stands
 * beside the documented fields is made up, as nobody says that there is nothing.
 */
function dataOf({ url, layer }: LayerSetMember): Readonly<Record<string, unknown>> {
	if (layer === undefined) return { image_url: url, z_index: 0 };
	const { zIndex, name, description, box } = layer;
	const place = { z_index: zIndex, name, description, bounding_box: box };
	return { image_url: url, ...place, layer_type: 'graphic' };
}

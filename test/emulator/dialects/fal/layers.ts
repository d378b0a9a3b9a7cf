import { z } from 'zod/v4';
import { ApiRefusal } from '../../apiError';
import type { Effects } from '../../faults';
import { layersIn } from '../../layers';
import { linksOf } from '../../imageSet';
import { makeLayerSet } from '../../layerSet';
import type { LayerSetMember } from '../../layerSet';
import { isModeratedPrompt } from '../../prompts';
import { checkReferences, openReferences } from '../../references';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';
import { baseSizeOf } from '../shared/layerSizes';
import { PICTURE } from './facts';
import type { FalLayerModel } from './facts';
import { fileOf } from './files';
import { failingJob } from './job';
import type { FalJob } from './job';
import { errorOf, errorsIn } from './modelErrors';

/** The pages of the `layerize` models on fal.ai. */
const Input = z.object({
	image_url: z.string(),
	prompt: z.string().default(''),
	image_size: z.enum(['auto', 'auto_1K', 'auto_1.5K', 'auto_2K']).default('auto'),
	sync_mode: z.boolean().default(false),
});

type Input = z.infer<typeof Input>;

/** A picture that is taken apart. */
export function layerJob(
	facts: FalLayerModel,
	body: Readonly<Record<string, unknown>>,
	prompt: string,
): FalJob {
	const parsed = Input.safeParse(body);
	if (!parsed.success) return failingJob(prompt, errorsIn(parsed.error, body));
	return {
		prompt,
		limit: 1 + facts.most,
		makeImages: async (state, effects) => await takeApart(state, facts, parsed.data, effects),
		formatError: (error) => errorOf(error, prompt),
	};
}

/** The same files stand in both lists, but not in the same order. */
async function takeApart(
	state: EmulatorState,
	facts: FalLayerModel,
	{ image_url: url, prompt, image_size: tier, sync_mode: isEmbedded }: Input,
	effects: Effects,
): Promise<TaskImages> {
	checkReferences('image_url', [url], PICTURE);
	const [picture] = await openReferences(state, 'image_url', [url], PICTURE);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const size = baseSizeOf(tier.replace('auto_', ''), picture);
	const found = layersIn(prompt, facts.most, size);
	const spec = {
		provider: 'fal',
		prompt,
		layers: found,
		size,
		format: 'png' as const,
		picture,
		effects,
	};
	const members = makeLayerSet(state, spec);
	const layers = [];
	for (const member of members)
		layers.push({ image: await fileOf(state, member, isEmbedded), ...placeOf(member, facts) });
	const images = layers.map(({ image }) => image).reverse();
	return { links: linksOf(members), data: [{ images, layers }] };
}

/**
 * The base has no place and no name. That 5.5 tells the text of a layer is documented, but not how:
 * `text` is made up.
 */
function placeOf({ layer }: LayerSetMember, { line }: FalLayerModel): Record<string, unknown> {
	if (layer === undefined) return { z_index: 0 };
	const { zIndex, name, description, box } = layer;
	const place = { z_index: zIndex, name, description, bounding_box: box };
	return line === '5.5' ? { ...place, text: { content: name } } : place;
}

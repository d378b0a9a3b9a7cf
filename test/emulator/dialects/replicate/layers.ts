import { ApiRefusal } from '../../apiError';
import type { Effects } from '../../faults';
import { layersIn } from '../../layers';
import { makeLayerSet } from '../../layerSet';
import type { LayerSetMember } from '../../layerSet';
import { isModeratedPrompt } from '../../prompts';
import { openReferences } from '../../references';
import type { ReferenceRule } from '../../references';
import type { EmulatorState } from '../../state';
import { baseSizeOf } from '../shared/layerSizes';
import type { Input, ReplicateModel } from './facts';
import { failure } from './images';
import { MOST_LAYERS } from './request';

/** The maker's rule for a picture that is taken apart: less than for others. */
const LEAST_PIXELS = 262_144;

/**
 * Takes a picture apart (Replicate, bytedance/seedream-5-pro, `layer_decomposition`). What is told
 * of the layers beside their links is not documented: nothing here. The base is first.
 */
export async function takeApart(
	state: EmulatorState,
	{ references, defaultFormat }: ReplicateModel,
	input: Input,
	effects: Effects,
): Promise<string[]> {
	const { prompt = '', size: tier = '2K', output_format: format = defaultFormat } = input;
	const links = input.image_input ?? [];
	if (links.length !== 1) throw failure('layer_decomposition needs exactly one image');
	const rule: ReferenceRule = { ...references, minArea: LEAST_PIXELS };
	const [picture] = await openReferences(state, 'image_input', links, rule);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const size = baseSizeOf(tier, picture);
	const layers = layersIn(prompt, MOST_LAYERS, size);
	const spec = { provider: 'replicate', prompt, layers, size, format, picture, effects };
	return makeLayerSet(state, spec)
		.sort((a, b) => placeOf(a) - placeOf(b))
		.map(({ url }) => url);
}

function placeOf({ layer }: LayerSetMember): number {
	return layer?.zIndex ?? 0;
}

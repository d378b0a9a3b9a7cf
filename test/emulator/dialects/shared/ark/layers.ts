import { badField } from '../../../apiError';
import { rejectUnsupportedFields } from '../../../checks';
import type { Call } from '../../../http';
import { layersIn } from '../../../layers';
import { makeLayerSet } from '../../../layerSet';
import type { LayerSetMember } from '../../../layerSet';
import { checkReferences, MEGABYTE, openReferences } from '../../../references';
import type { ReferenceRule } from '../../../references';
import type { EmulatorState } from '../../../state';
import { createPaid } from '../../../synchronous';
import { baseSizeOf, LAYER_TIERS } from '../layerSizes';
import { listOf } from '../seedreamFields';
import { dataOf, now, usageOf } from './answer';
import type { AnsweredRequest } from './answer';
import { REFERENCES } from './models';
import type { LayerFacts } from './models';
import type { AskedModel } from './request';

/** ModelArk docs 1541523, `layer_decomposition`: the one picture; Comfy docs: never heic or heif. */
const PICTURE: ReferenceRule = {
	...REFERENCES,
	maxCount: 1,
	maxBytes: 30 * MEGABYTE,
	minArea: 262_144,
};

/** Comfy docs, byteplus: these are errors if they are there. */
const NOT_WITH_LAYERS = [
	'sequential_image_generation',
	'sequential_image_generation_options',
	'tools',
	'stream',
	'background',
];

/**
 * Takes a picture apart and gives the answer: the base and every layer, or an error. Each of the
 * images is charged.
 */
export async function takeApart(
	provider: string,
	state: EmulatorState,
	call: Call,
	key: string,
	asked: AskedModel,
	rules: LayerFacts,
): Promise<unknown> {
	const { body, facts } = asked;
	rejectUnsupportedFields(body, NOT_WITH_LAYERS, `${body.model} with layer_decomposition`);
	const tier = tierOf(body.size ?? 'auto');
	const picture = await openPicture(state, listOf(body.image));
	const size = baseSizeOf(tier, picture);
	const { prompt = '', output_format: format = facts.defaultFormat } = body;
	const layers = layersIn(prompt, rules.most, size);
	const { effects } = call;
	const spec = { provider, prompt, layers, size, format, picture, effects };
	const count = 1 + layers.length;
	const members = await createPaid(state, call, key, { provider, prompt, count }, () =>
		makeLayerSet(state, spec),
	);
	await state.scheduler.sleep(state.settings.taskMs);
	return await answerOf(state, asked, rules, members);
}

async function openPicture(state: EmulatorState, links: readonly string[]) {
	if (links.length === 0) throw badField('image', 'exactly one image is needed', 'missing');
	checkReferences('image', links, PICTURE);
	const [picture] = await openReferences(state, 'image', links, PICTURE);
	return picture;
}

/** Neither pixels nor a ratio: the picture has one. */
function tierOf(size: string): string {
	const tier = LAYER_TIERS.find((name) => name.toLowerCase() === size.toLowerCase());
	if (tier === undefined)
		throw badField(
			'size',
			`size must be one of ${LAYER_TIERS.join(', ')} with layer_decomposition`,
		);
	return tier;
}

/** In `data` the images lie in any order: only `z_index` says which is where. */
async function answerOf(
	state: EmulatorState,
	{ body, facts }: AskedModel,
	rules: LayerFacts,
	members: readonly LayerSetMember[],
): Promise<unknown> {
	const request: AnsweredRequest = {
		model: body.model,
		facts,
		inputs: 1,
		transparent: false,
		asBase64: body.response_format === 'b64_json',
		searches: false,
	};
	const data: unknown[] = [];
	for (const member of members) {
		const image = await dataOf(state, request, member);
		data.push({ ...image, ...placeOf(member, rules) });
	}
	return { model: body.model, created: now(), data, usage: usageOf(request, members) };
}

function placeOf({ layer }: LayerSetMember, rules: LayerFacts): Record<string, unknown> {
	if (layer === undefined) return { z_index: 0 };
	const { zIndex, name, description, box } = layer;
	return { z_index: zIndex, name, description, bounding_box: box, ...rules.undocumented(layer) };
}

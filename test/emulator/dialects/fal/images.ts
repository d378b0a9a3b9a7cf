import { randomInt } from 'node:crypto';
import { z } from 'zod/v4';
import { ApiRefusal } from '../../apiError';
import type { Effects } from '../../faults';
import { linksOf, makeImageSet } from '../../imageSet';
import { countFor, isModeratedPrompt } from '../../prompts';
import { checkReferences, openReferences } from '../../references';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';
import { MOST_REFERENCES, PRESETS } from './facts';
import type { FalModel } from './facts';
import { fileOf } from './files';
import { failingJob } from './job';
import type { FalJob } from './job';
import { errorOf, errorsIn } from './modelErrors';
import { sizeOf } from './sizes';

const upToSix = z.int().min(1).max(6).default(1);
/** A side that is left out is 512 (fal's own client, `ImageSize`). */
const side = z.int().min(1).default(512);

function inputOf(facts: FalModel, isEdit: boolean, isNamedSize: boolean) {
	const names = z.enum([...Object.keys(PRESETS), ...facts.autoSizes]);
	const pixels = z.object({ width: side, height: side });
	return z.object({
		prompt: z.string(),
		image_urls: isEdit ? z.array(z.string()).min(1) : z.array(z.string()).default([]),
		image_size: (isNamedSize ? names : pixels).optional(),
		num_images: upToSix,
		max_images: upToSix,
		seed: z.int().optional(),
		output_format: z.enum(['jpeg', 'png']).default('png'),
		background: z.enum(['auto', 'transparent', 'opaque']).default('auto'),
		sync_mode: z.boolean().default(false),
	});
}

type Input = z.infer<ReturnType<typeof inputOf>>;

/** Images that are made from a prompt, with references or without. */
export function imageJob(
	model: string,
	facts: FalModel,
	body: Readonly<Record<string, unknown>>,
	prompt: string,
): FalJob {
	const isEdit = model.endsWith('/edit');
	const schema = inputOf(facts, isEdit, typeof body.image_size === 'string');
	const parsed = schema.safeParse(knownFields(body, facts, isEdit));
	if (!parsed.success) return failingJob(prompt, errorsIn(parsed.error, body));
	const input = parsed.data;
	if (input.background === 'transparent' && input.output_format === 'jpeg') {
		const msg = 'a transparent background needs png';
		return failingJob(prompt, [{ loc: ['body', 'output_format'], msg, type: 'value_error' }]);
	}
	return {
		prompt,
		limit: input.num_images * input.max_images,
		makeImages: async (state, effects) => await makeImages(state, facts, input, effects),
		formatError: (error) => errorOf(error, prompt),
	};
}

/** A model does not look at fields that it does not know. */
function knownFields(
	body: Readonly<Record<string, unknown>>,
	{ fields }: FalModel,
	isEdit: boolean,
): Record<string, unknown> {
	const known = isEdit ? [...fields, 'image_urls'] : fields;
	return Object.fromEntries(Object.entries(body).filter(([name]) => known.includes(name)));
}

async function makeImages(
	state: EmulatorState,
	facts: FalModel,
	input: Input,
	effects: Effects,
): Promise<TaskImages> {
	const { prompt, background, output_format: format } = input;
	const urls = input.image_urls.slice(-MOST_REFERENCES);
	checkReferences('image_urls', urls, facts.references);
	const references = await openReferences(state, 'image_urls', urls, facts.references);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const asksForIt = background === 'auto' && /\btransparent background\b/i.test(prompt);
	const members = makeImageSet(state, {
		provider: 'fal',
		prompt,
		count: countOf(facts, input),
		size: sizeOf(input.image_size, facts, references[0]),
		format,
		transparent: background === 'transparent' || (asksForIt && format === 'png'),
		references,
		effects,
	});
	const images = [];
	for (const member of members)
		if (member.made) images.push(await fileOf(state, member, input.sync_mode));
	const seed = input.seed ?? randomInt(2 ** 31);
	return { links: linksOf(members), data: [{ images, ...(facts.tellsSeed && { seed }) }] };
}

/** Each run of the model makes one image, or as many as the prompt asks for too. */
function countOf({ mostTogether }: FalModel, input: Input): number {
	const wanted = input.num_images * countFor(input.prompt, input.max_images);
	if (mostTogether === undefined) return wanted;
	return Math.max(1, Math.min(wanted, mostTogether - input.image_urls.length));
}

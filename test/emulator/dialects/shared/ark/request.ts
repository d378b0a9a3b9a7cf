import { z } from 'zod/v4';
import { badField, ApiRefusal } from '../../../apiError';
import { checkOneOf, readBody, rejectUnsupportedFields, text } from '../../../checks';
import { checkReferences, checkTogether, MAX_IMAGES_TOGETHER } from '../../../references';
import type { Size } from '../../../sizes';
import { imageField, limitOf, listOf, responseFormat, setFields, sizeOf } from '../seedreamFields';
import { FOUR } from './models';
import type { ArkModel } from './models';

/** The ids that a provider has for the models. */
export type ArkModels = Readonly<Record<string, ArkModel>>;

const format = z.enum(['png', 'jpeg']).optional();

/** ModelArk docs 1541523. `n` is ignored upstream, not refused (vercel/ai issue 17121). */
const Body = z.strictObject({
	model: text,
	prompt: text.optional(),
	image: imageField,
	size: z.string().optional(),
	response_format: responseFormat,
	watermark: z.boolean().optional(),
	...setFields,
	stream: z.boolean().optional(),
	optimize_prompt_options: z
		.strictObject({ mode: z.string().optional(), thinking: z.string().optional() })
		.optional(),
	output_format: format,
	tools: z.array(z.strictObject({ type: z.literal('web_search') })).optional(),
	background: z.string().optional(),
	layer_decomposition: z.boolean().optional(),
	n: z.unknown().optional(),
});

type Body = z.infer<typeof Body>;

/** A body whose fields its model has. */
export interface AskedModel {
	readonly body: Body;
	readonly facts: ArkModel;
}

/** A request that is accepted, read. */
export interface ArkRequest {
	readonly model: string;
	readonly facts: ArkModel;
	readonly prompt: string;
	readonly references: readonly string[];
	readonly inputs: number;
	readonly limit: number;
	readonly size: Size;
	readonly format: 'png' | 'jpeg';
	readonly transparent: boolean;
	readonly asBase64: boolean;
	readonly stream: boolean;
	readonly searches: boolean;
}

export function readModel(json: unknown, models: ArkModels): AskedModel {
	const body = readBody(Body, json);
	const { model } = body;
	// An endpoint id (`ep-…`) stands for a model that its owner chose; here it stands for 4.0.
	const facts = models[model] ?? (model.startsWith('ep-') ? FOUR : undefined);
	if (facts === undefined) throw new ApiRefusal({ is: 'modelUnknown', model });
	rejectUnsupportedFields(body, facts.unsupportedFields, model);
	checkOneOf(
		'optimize_prompt_options.mode',
		body.optimize_prompt_options?.mode,
		facts.fastPrompts ? ['standard', 'fast'] : ['standard'],
	);
	return { body, facts };
}

export function readRequest({ body, facts }: AskedModel): ArkRequest {
	const { model, prompt } = body;
	if (prompt === undefined) throw badField('prompt', 'a prompt is needed', 'missing');
	const references = listOf(body.image);
	const limit = limitOf(body, MAX_IMAGES_TOGETHER - references.length);
	checkReferences('image', references, facts.references);
	checkTogether('sequential_image_generation_options.max_images', references.length, limit);
	const transparent = isTransparent(body, prompt, facts);
	return {
		model,
		facts,
		prompt,
		references,
		inputs: references.length,
		limit,
		size: sizeOf(body.size ?? '2048x2048', prompt, facts),
		format: transparent ? 'png' : (body.output_format ?? facts.defaultFormat),
		transparent,
		asBase64: body.response_format === 'b64_json',
		stream: body.stream ?? false,
		searches: (body.tools ?? []).length > 0,
	};
}

/**
 * `auto` leaves it to the model, which goes by the prompt and the format. Nothing says that the
 * origin asks for an input image, as EvoLink does.
 */
function isTransparent(body: Body, prompt: string, facts: ArkModel): boolean {
	const { background = facts.backgrounds[0], output_format: output = facts.defaultFormat } = body;
	checkOneOf('background', background, facts.backgrounds);
	if (background === 'auto') return output === 'png' && /\btransparent\b/i.test(prompt);
	if (background === 'transparent' && body.output_format === 'jpeg')
		throw badField('output_format', 'a transparent background needs png');
	return background === 'transparent';
}

import { z } from 'zod/v4';
import { badField, ApiRefusal } from '../../apiError';
import { checkOneOf, readBody, rejectUnsupportedFields, text } from '../../checks';
import { checkReferences } from '../../references';
import { sizeFromTable, checkSize, parsePixels } from '../../sizes';
import type { Size } from '../../sizes';
import { isPrivateHost, parseHttpUrl } from '../../urls';
import { MODELS, RATIOS } from './facts';
import type { EvolinkModel } from './facts';

const format = z.enum(['jpeg', 'png']).optional();

/**
 * Every field of any Seedream model (EvoLink docs, image-series/seedream). Which of them a model
 * has is in the facts.
 */
const Body = z.strictObject({
	model: text,
	prompt: text,
	n: z.int().min(1).max(15).optional(),
	size: z.string().optional(),
	quality: z.string().optional(),
	prompt_priority: z.string().optional(),
	image_urls: z.array(z.string()).optional(),
	callback_url: z.string().optional(),
	model_params: z
		.strictObject({
			output_format: format,
			tools: z.array(z.strictObject({ type: z.literal('web_search') })).optional(),
		})
		.optional(),
	output_format: format,
	watermark: z.boolean().optional(),
	background: z.enum(['opaque', 'transparent']).optional(),
});

type Body = z.infer<typeof Body>;

/** A request that EvoLink accepts, read. */
export interface EvolinkRequest {
	readonly model: string;
	readonly facts: EvolinkModel;
	readonly prompt: string;
	readonly limit: number;
	readonly size: Size;
	readonly format: 'jpeg' | 'png';
	readonly transparent: boolean;
	readonly imageUrls: readonly string[];
	readonly callbackUrl: string | undefined;
}

export function readRequest(body: unknown, allowPrivateCallbacks: boolean): EvolinkRequest {
	const fields = readBody(Body, body);
	const { model, prompt } = fields;
	const facts = MODELS[model];
	if (facts === undefined) throw new ApiRefusal({ is: 'modelUnknown', model });
	rejectUnsupportedFields(fields, facts.unsupportedFields, model);
	checkOneOf('quality', fields.quality, Object.keys(facts.qualities));
	checkOneOf('prompt_priority', fields.prompt_priority, facts.priorities);
	checkPrompt(prompt, facts);
	const imageUrls = fields.image_urls ?? [];
	const limit = fields.n ?? 1;
	checkReferences('image_urls', imageUrls, facts.references);
	checkCallback(fields.callback_url, allowPrivateCallbacks);
	const transparent = isTransparent(fields, imageUrls);
	return {
		model,
		facts,
		prompt,
		limit,
		size: sizeOf(fields, facts),
		format: transparent
			? 'png'
			: (fields.output_format ?? fields.model_params?.output_format ?? 'jpeg'),
		transparent,
		imageUrls,
		callbackUrl: fields.callback_url,
	};
}

/** Real tokens cannot be counted here; four characters are about one. */
function checkPrompt(prompt: string, facts: EvolinkModel): void {
	const tokens = Math.ceil(prompt.length / 4);
	if (tokens > facts.promptTokens) {
		throw badField('prompt', `prompt is too long: ${tokens} tokens, at most ${facts.promptTokens}`);
	}
}

/** `auto` leaves the ratio to the model; this one likes squares. */
function sizeOf({ size = 'auto', quality }: Body, facts: EvolinkModel): Size {
	const table = facts.qualities[quality ?? facts.defaultQuality];
	if (table === undefined) throw badField('quality', 'unknown quality');
	if (RATIOS.includes(size)) return sizeFromTable(table, size);
	const pixels = parsePixels(size);
	if (pixels === undefined)
		throw badField('size', `size must be one of ${RATIOS.join(', ')} or WIDTHxHEIGHT`);
	checkSize('size', pixels, facts.size);
	return pixels;
}

/** `transparent` keeps the transparency of the one input image, so it needs that image, and png. */
function isTransparent(
	{ background, output_format: output }: Body,
	imageUrls: readonly string[],
): boolean {
	if (background !== 'transparent') return false;
	if (imageUrls.length !== 1)
		throw badField('background', 'background=transparent needs exactly 1 input image');
	if (output === 'jpeg')
		throw badField('output_format', 'background=transparent needs output_format=png');
	return true;
}

/** An address that EvoLink calls back: https, and none of its own network. */
export function checkCallback(callbackUrl: string | undefined, allowPrivate: boolean): void {
	if (callbackUrl === undefined) return;
	const badUrl = (why: string) => badField('callback_url', why);
	if (callbackUrl.length > 2048) throw badUrl('callback_url must not exceed 2048 characters');
	const url = parseHttpUrl(callbackUrl);
	if (url === undefined) throw badUrl('callback_url is not a valid URL');
	if (allowPrivate && isPrivateHost(url)) return;
	if (url.protocol !== 'https:') throw badUrl('callback_url must use HTTPS');
	if (isPrivateHost(url)) throw badUrl('callback_url must not point to an internal address');
}

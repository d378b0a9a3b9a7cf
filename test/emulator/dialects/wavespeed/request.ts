import { z } from 'zod/v4';
import { badField } from '../../apiError';
import { checkOneOf, readBody, rejectUnsupportedFields, text } from '../../checks';
import { checkReferences } from '../../references';
import type { Size } from '../../sizes';
import { isPrivateHost, parseHttpUrl } from '../../urls';
import { RATIOS, sizeInPixels, sizeOfRatio } from './facts';
import type { Endpoint } from './facts';

export const format = z.enum(['jpeg', 'png']).optional();
export const optimization = z.enum(['standard', 'fast']).optional();

/** Every field of any image model. Which of them a path has is in the facts. */
const Body = z.strictObject({
	prompt: text,
	images: z.array(z.string()).min(1).optional(),
	size: z.string().optional(),
	aspect_ratio: z.enum(RATIOS).optional(),
	resolution: z.string().optional(),
	max_images: z.int().min(1).max(15).optional(),
	output_format: format,
	prompt_optimization_mode: optimization,
	background: z.enum(['auto', 'transparent', 'opaque']).optional(),
	enable_sync_mode: z.boolean().optional(),
	enable_base64_output: z.boolean().optional(),
});

type Body = z.infer<typeof Body>;

export interface ImageRequest {
	readonly prompt: string;
	readonly images: readonly string[];
	/** Undefined where it is that of the picture. */
	readonly size: Size | undefined;
	readonly limit: number;
	readonly format: 'jpeg' | 'png';
	readonly transparent: boolean;
	readonly waits: boolean;
	readonly asBase64: boolean;
}

const MOST_PICTURES = 10;

export function readRequest(path: string, { model, edits, sets }: Endpoint, body: unknown) {
	const fields = readBody(Body, body);
	const own = [
		'prompt',
		...model.fields,
		...(edits ? ['images'] : []),
		...(sets ? ['max_images'] : []),
	];
	const others = Object.keys(Body.shape).filter((field) => !own.includes(field));
	rejectUnsupportedFields(fields, others, path);
	checkOneOf('resolution', fields.resolution, model.resolutions);
	const { images = [] } = fields;
	if (edits && images.length === 0) throw badField('images', 'images is required', 'missing');
	checkReferences('images', images, { maxCount: MOST_PICTURES, dataUris: true });
	const request: ImageRequest = {
		prompt: fields.prompt,
		images,
		size: sizeOf(fields, model.resolutions.length > 0, edits && model.followsPicture),
		limit: fields.max_images ?? 1,
		format: fields.output_format ?? model.defaultFormat,
		transparent: fields.background === 'transparent',
		waits: fields.enable_sync_mode ?? false,
		asBase64: fields.enable_base64_output ?? false,
	};
	return request;
}

function sizeOf(
	{ size = '', aspect_ratio: ratio = '1:1', resolution = '1k' }: Body,
	byRatio: boolean,
	followsPicture: boolean,
): Size | undefined {
	if (byRatio) return sizeOfRatio(ratio, resolution);
	if (size === '' && followsPicture) return undefined;
	return sizeInPixels(size || '2048*2048');
}

/** WaveSpeedAI docs, How to Use Webhooks: "must be a publicly accessible HTTPS endpoint". */
export function webhookIn(query: URLSearchParams, allowPrivate: boolean): string | undefined {
	const webhook = query.get('webhook');
	if (webhook === null) return undefined;
	const url = parseHttpUrl(webhook);
	const isPrivate = url !== undefined && isPrivateHost(url);
	const isTaken = isPrivate ? allowPrivate : url?.protocol === 'https:';
	if (!isTaken) throw badField('webhook', 'webhook must be a publicly accessible HTTPS URL');
	return webhook;
}

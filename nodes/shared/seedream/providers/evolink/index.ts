import { z } from 'zod/v4';
import { MODEL_LIMITS, type ModelFamily } from '../../models';
import { failure, success, type Outcome } from '../../result';
import type { HttpAnswer } from '../../http';
import { jsonObject } from '../../json';
import type { ImageFormat } from '../../references';
import type { AspectRatio } from '../../sizes';
import { lifetime, readStatus, type ImageTask } from '../../task';
import { sizeField, type WireSize } from '../../resolveSize';
import { requestIdOf, unreadable } from '../dialects/errorHints';
import { CREDITS_PATH, readCredits } from './credits';
import { evolinkAdvice } from './errors';
import { evolinkUpload } from './upload';
import { largestOf } from '../dialects/imageCount';
import { readImageList } from '../dialects/imageList';
import type { Order, Provider, ProviderModel } from '../provider';

/** Hours for which result links live (EvoLink docs, image-series/seedream). */
const LINK_HOURS = 24;

/** On the models' pages and not in task-management/error-codes (EvoLink docs). */
const DISPUTED_FORMATS: readonly ImageFormat[] = ['tiff', 'heic', 'heif'];

/** In the docs since July 2026, and not on older pages. */
const DISPUTED_SHAPES: readonly AspectRatio[] = ['9:21'];

/** EvoLink docs, image-series/seedream: prompts of at most 2000 tokens, 4000 on 5.0 Pro. */
const MODELS: Record<ModelFamily, ProviderModel> = {
	'seedream-4.0': model('seedream-4.0', 2000),
	'seedream-4.5': model('seedream-4.5', 2000),
	'seedream-5.0-lite': model('seedream-5.0-lite', 2000),
	'seedream-5.0-pro': model('seedream-5.0-pro', 4000),
	'seedream-5.0-flash': model('seedream-5.0-flash', 4000),
};

function model(family: ModelFamily, promptTokens: number): ProviderModel {
	const limits = MODEL_LIMITS[family];
	const isOneImageModel = limits.images === 1;
	return {
		id: `doubao-${family}`,
		limits: {
			...limits,
			promptTokens,
			references: { ...limits.references, disputedFormats: DISPUTED_FORMATS },
			watermark: isOneImageModel,
			...(limits.background && { transparencyOfReference: 'demanded' }),
			stream: false,
		},
	};
}

function createBody(order: Order): Record<string, unknown> {
	const { request, prompt, limits, modelId, references, size } = order;
	const { options } = request;
	return {
		model: modelId,
		prompt,
		...imageCount(order),
		...sizeFields(size),
		...(options.promptPriority === 'fast' && { prompt_priority: 'fast' }),
		...(references.length > 0 && { image_urls: references }),
		...(request.callbackUrl && { callback_url: request.callbackUrl }),
		...((limits?.watermark ?? options.watermark) && { watermark: options.watermark }),
		...outputFields(order),
	};
}

/** 5.0 Pro and Flash have no field for the number of images. */
function imageCount({ request, limits }: Order): Record<string, unknown> {
	const isOnlyOne = limits ? limits.images === 1 : request.numberOfImages === 1;
	return isOnlyOne ? {} : { n: request.numberOfImages };
}

function sizeFields(size: WireSize): Record<string, unknown> {
	if (size.kind === 'ratio') return { size: size.aspectRatio, quality: size.resolution };
	return sizeField(size);
}

/** 5.0 Lite has these in `model_params`, 5.0 Pro and Flash, and so a custom model, at the top. */
function outputFields({ request, limits }: Order): Record<string, unknown> {
	const { outputFormat, background, webSearch } = request.options;
	const format = outputFormat && { output_format: outputFormat };
	const modelParams = {
		...(limits?.webSearch && format),
		...(webSearch && { tools: [{ type: 'web_search' }] }),
	};
	return {
		...(!limits?.webSearch && format),
		...(background && { background }),
		...(Object.keys(modelParams).length > 0 && { model_params: modelParams }),
	};
}

/** The ID is all that is needed to keep a task that was paid for. */
const taskSchema = z.looseObject({
	id: z.union([z.string().min(1), z.number().transform(String)]),
	status: z.string().optional().catch(undefined),
	model: z.string().optional().catch(undefined),
	created: z.number().optional().catch(undefined),
	progress: z.number().optional().catch(undefined),
	task_info: z
		.looseObject({ estimated_time: z.number().optional().catch(undefined) })
		.optional()
		.catch(undefined),
	results: z.unknown(),
	result_data: z.unknown(),
	error: z
		.looseObject({
			code: z.union([z.string(), z.number()]).optional().catch(undefined),
			message: z.string().optional().catch(undefined),
		})
		.nullish()
		.catch(undefined),
	usage: z.unknown(),
});

/** Reads a task as the create request, the query and the callback give it. */
function readTask(answer: HttpAnswer): Outcome<ImageTask> {
	const parsed = taskSchema.safeParse(answer.body);
	if (!parsed.success) return failure(unreadable('evolink', 'EvoLink', answer));
	const body = parsed.data;
	const usage = jsonObject(body.usage);
	const results = readImageList(body.results);
	const { images, failedImages } =
		results.images.length > 0 ? results : readImageList(body.result_data);
	return success({
		id: body.id,
		provider: 'evolink',
		status: readStatus(body.status ?? ''),
		images,
		failedImages,
		...lifetime(body.created, LINK_HOURS),
		...(body.model && { model: body.model }),
		...(body.progress !== undefined && { progress: body.progress }),
		...(body.task_info?.estimated_time !== undefined && {
			estimatedSeconds: body.task_info.estimated_time,
		}),
		...(body.error && { problem: readProblem(body.error) }),
		...(usage && { usage }),
		...(requestIdOf(answer) && { requestId: requestIdOf(answer) }),
	});
}

function readProblem(error: { code?: string | number; message?: string }): ImageTask['problem'] {
	return {
		message: error.message ?? 'EvoLink gives no reason',
		...(error.code !== undefined && { code: String(error.code) }),
	};
}

/** EvoLink: asynchronous tasks and callbacks. Facts: EvoLink docs, image-series and task-management. */
export const evolink: Provider = {
	id: 'evolink',
	name: 'EvoLink',
	baseUrl: 'https://api.evolink.ai',
	testPath: CREDITS_PATH,
	balance: { path: CREDITS_PATH, read: readCredits },
	models: MODELS,
	referenceTransport: { kind: 'upload', upload: evolinkUpload },
	takesUser: false,
	countIsLimit: true,
	sizing: { kind: 'ratio', disputedShapes: DISPUTED_SHAPES },
	tasks: {
		idProblem: (taskId) =>
			taskId.startsWith('task-unified-')
				? undefined
				: `"${taskId}" is not a task ID of EvoLink: they begin with task-unified-`,
		plan: (taskId) => ({ method: 'GET', path: `/v1/tasks/${encodeURIComponent(taskId)}` }),
		read: readTask,
	},
	planCreate: (order) => ({
		method: 'POST',
		path: '/v1/images/generations',
		headers: { 'Idempotency-Key': order.idempotencyKey },
		body: createBody(order),
	}),
	mostImages: ({ n }) => largestOf(n),
	readCreate: readTask,
	...evolinkAdvice,
};

import { z } from 'zod/v4';
import { unreadableResponseError } from '../../commonErrors';
import { requestIdOf, type HttpResponse } from '../../http';
import { LAYER_SPECS, type LayerFamily } from '../../layers';
import { MODEL_SPECS, type ModelFamily } from '../../models';
import { asObject } from '../../objects';
import { once } from '../../once';
import type { ImageFormat } from '../../references';
import { sizeField, type ResolvedSize } from '../../resolveSize';
import { failure, success, type Result } from '../../result';
import type { AspectRatio } from '../../sizes';
import { lifetime, parseStatus, type ImageTask, type TaskWithId } from '../../task';
import { largestOf } from '../dialects/imageCount';
import { parseBothLists } from '../dialects/imageList';
import { doubtWithout } from '../dialects/layerModels';
import { lenientNumber, lenientProblem, lenientText } from '../dialects/lenient';
import type { LayerPlan, Provider, ProviderModel, ResolvedRequest } from '../provider';
import { CREDITS_PATH, parseCredits } from './credits';
import { evolinkHint, parseEvolinkError } from './errors';
import { evolinkUpload } from './upload';

/** Hours for which result links live (EvoLink docs, image-series/seedream). */
const LINK_HOURS = 24;

/** On the models' pages and not in task-management/error-codes (EvoLink docs). */
const DISPUTED_FORMATS: readonly ImageFormat[] = ['tiff', 'heic', 'heif'];

/** All that the layerize models take. */
const SURE_FORMATS: readonly ImageFormat[] = ['jpeg', 'png'];

/** In the docs since July 2026, and not on older pages. */
const DISPUTED_SHAPES: readonly AspectRatio[] = ['9:21'];

/** EvoLink docs, image-series/seedream: prompts of at most 2000 tokens, 4000 on 5.0 Pro. */
const MODELS: Partial<Record<ModelFamily, ProviderModel>> = {
	'seedream-4.0': model('seedream-4.0', 2000),
	'seedream-4.5': model('seedream-4.5', 2000),
	'seedream-5.0-lite': model('seedream-5.0-lite', 2000),
	'seedream-5.0-pro': model('seedream-5.0-pro', 4000),
	'seedream-5.0-flash': model('seedream-5.0-flash', 4000),
};

function model(family: ModelFamily, promptTokens: number): ProviderModel {
	const spec = MODEL_SPECS[family];
	const isOneImageModel = spec.maxImages === 1;
	return {
		id: `doubao-${family}`,
		spec: {
			...spec,
			promptTokens,
			references: { ...spec.references, disputedFormats: DISPUTED_FORMATS },
			watermark: isOneImageModel,
			...(spec.backgrounds.length > 0 && { transparencyOfReference: 'demanded' }),
			stream: false,
		},
	};
}

/** EvoLink docs, image-series/seedream-5.0-pro-layerize and seedream-5.0-flash-layerize: the model is the switch. */
const LAYERS: LayerPlan = {
	models: {
		'seedream-5.0-pro': layerModel('seedream-5.0-pro'),
		'seedream-5.0-flash': layerModel('seedream-5.0-flash'),
	},
	refusedFields: ['size', 'n', 'watermark', 'background', 'model_params'],
	doubt: doubtWithout('layerize', 'EvoLink'),
};

function layerModel(family: LayerFamily): ProviderModel {
	const spec = LAYER_SPECS[family];
	const references = { ...spec.references, formats: SURE_FORMATS, disputedFormats: [] };
	return {
		id: `doubao-${family}-layerize`,
		spec: { ...spec, references, watermark: false },
	};
}

function createBody(request: ResolvedRequest): Record<string, unknown> {
	const { prompt, spec, modelId, references, size, callbackUrl, options } = request;
	return {
		model: modelId,
		...(prompt && { prompt }),
		...imageCount(request),
		...sizeFields(size),
		...(options.promptPriority === 'fast' && { prompt_priority: 'fast' }),
		...(references.length > 0 && { image_urls: references }),
		...(callbackUrl && { callback_url: callbackUrl }),
		...((spec?.watermark ?? options.watermark) && { watermark: options.watermark }),
		...outputFields(request),
	};
}

/** 5.0 Pro and Flash have no field for the number of images. */
function imageCount({ numberOfImages, spec }: ResolvedRequest): Record<string, unknown> {
	if (numberOfImages === undefined) return {};
	const isOnlyOne = spec ? spec.maxImages === 1 : numberOfImages === 1;
	return isOnlyOne ? {} : { n: numberOfImages };
}

function sizeFields(size: ResolvedSize): Record<string, unknown> {
	if (size.kind === 'ratio') return { size: size.aspectRatio, quality: size.resolution };
	if (size.kind === 'tier') return { quality: size.resolution };
	return sizeField(size);
}

/** 5.0 Lite has these in `model_params`, 5.0 Pro and Flash, and so a custom model, at the top. */
function outputFields({ options, spec }: ResolvedRequest): Record<string, unknown> {
	const { outputFormat, background, webSearch } = options;
	const format = outputFormat && { output_format: outputFormat };
	const modelParams = {
		...(spec?.webSearch && format),
		...(webSearch && { tools: [{ type: 'web_search' }] }),
	};
	return {
		...(!spec?.webSearch && format),
		...(background && { background }),
		...(Object.keys(modelParams).length > 0 && { model_params: modelParams }),
	};
}

/** The ID is all that is needed to keep a task that was paid for. */
const taskSchema = once(() =>
	z.looseObject({
		id: z.union([z.string().min(1), z.number().transform(String)]),
		status: lenientText(),
		model: lenientText(),
		created: lenientNumber(),
		progress: lenientNumber(),
		task_info: z.looseObject({ estimated_time: lenientNumber() }).optional().catch(undefined),
		results: z.unknown(),
		result_data: z.unknown(),
		error: lenientProblem(),
		usage: z.unknown(),
	}),
);

/** Reads a task as the create request, the query and the callback give it. */
function parseTask(response: HttpResponse): Result<ImageTask> {
	const parsed = taskSchema().safeParse(response.body);
	if (!parsed.success) return failure(unreadableResponseError(evolink, response));
	const body = parsed.data;
	const usage = asObject(body.usage);
	const { images, failedImages } = parseBothLists(body.results, body.result_data);
	return success({
		id: body.id,
		provider: evolink.id,
		status: parseStatus(body.status ?? ''),
		images,
		failedImages,
		...lifetime((body.created ?? NaN) * 1000, LINK_HOURS),
		...(body.model && { model: body.model }),
		...(body.progress !== undefined && { progress: body.progress }),
		...(body.task_info?.estimated_time !== undefined && {
			estimatedSeconds: body.task_info.estimated_time,
		}),
		...(body.error && { problem: parseProblem(body.error) }),
		...(usage && { usage }),
		...(requestIdOf(response) && { requestId: requestIdOf(response) }),
	});
}

/** A report says which task and how it stands; an answer to a request may say less. */
const reportSchema = once(() => z.looseObject({ id: z.string(), status: z.string() }));

/** A callback carries the task as the query gives it (EvoLink docs, image-series/seedream, `callback_url`). */
function parseReport(body: unknown): TaskWithId | undefined {
	const report = reportSchema().safeParse(body);
	const task = parseTask({ status: 200, headers: {}, body, text: '' });
	return report.success && task.ok ? { ...task.value, id: report.data.id } : undefined;
}

function parseProblem(error: { code?: string | number; message?: string }): ImageTask['problem'] {
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
	balance: { path: CREDITS_PATH, parse: parseCredits },
	models: MODELS,
	layers: LAYERS,
	referenceTransport: { kind: 'upload', upload: evolinkUpload },
	supportsUser: false,
	countIsLimit: true,
	sizingOf: () => ({ kind: 'ratio', disputedShapes: DISPUTED_SHAPES, takesPixels: true }),
	tasks: {
		idProblem: (taskId) =>
			taskId.startsWith('task-unified-')
				? undefined
				: `"${taskId}" is not a task ID of EvoLink: they begin with task-unified-`,
		buildRequest: (taskId) => ({ method: 'GET', path: `/v1/tasks/${encodeURIComponent(taskId)}` }),
		parseResponse: parseTask,
		callbackUrls: { isHttpsOnly: true, maxCharacters: 2048 },
		parseReport,
	},
	idempotencyHeader: 'Idempotency-Key',
	buildRequest: (request) => ({
		method: 'POST',
		path: '/v1/images/generations',
		body: createBody(request),
	}),
	maxImages: ({ n }) => largestOf(n),
	parseResponse: parseTask,
	parseError: (response) => parseEvolinkError(evolink, response),
	hintForTask: evolinkHint,
};

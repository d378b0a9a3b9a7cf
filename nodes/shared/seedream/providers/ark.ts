import type { HttpAnswer } from '../http';
import { MODEL_FAMILIES, MODEL_LIMITS, type ModelFamily, type ModelLimits } from '../models';
import { failure, success, type Outcome } from '../outcome';
import { RESOLUTIONS } from '../sizes';
import { lifetime, type ImageTask } from '../task';
import { LATER, requestIdOf, unreadable } from './advice';
import { arkFields } from './arkFields';
import { readErrorBody, refusal } from './errorBody';
import { isEventStream, readEvents } from './events';
import { modelArkAdvice } from './modelArkErrors';
import type { Order, Provider, ProviderId } from './provider';
import { readSyncAnswer } from './syncAnswer';

/** Hours for which result links live (ModelArk docs 1541523). */
const LINK_HOURS = 24;

/** Older pages allow no more reference images than this on 4.0 and 4.5 (ModelArk docs 1824121). */
const UNDISPUTED_REFERENCES = 10;

interface Region {
	id: ProviderId;
	name: string;
	baseUrl: string;
	models: Partial<Record<ModelFamily, string>>;
}

function createBody(order: Order): Record<string, unknown> {
	const { promptPriority, outputFormat, background, webSearch, stream } = order.request.options;
	return {
		...arkFields(order),
		...(promptPriority === 'fast' && { optimize_prompt_options: { mode: 'fast' } }),
		...(outputFormat && { output_format: outputFormat }),
		...(background && { background }),
		...(webSearch && { tools: [{ type: 'web_search' }] }),
		...(stream && { stream: true }),
	};
}

function region({ id, name, baseUrl, models }: Region): Provider {
	const readCreate = (answer: HttpAnswer): Outcome<ImageTask> => {
		if (isEventStream(answer.text)) return readStream(answer);
		const task = readSyncAnswer(id, answer, LINK_HOURS);
		if (task) return success(task);
		const { code, message } = readErrorBody(answer.body);
		if (code ?? message) return failure({ ...readError(answer), billed: 'no' });
		return failure(unreadable(id, name, answer));
	};

	const readStream = (answer: HttpAnswer): Outcome<ImageTask> => {
		const { isComplete, error, created, model, usage, ...list } = readEvents(answer.text);
		const isEmpty = list.images.length + list.failedImages.length === 0;
		if (isEmpty && error !== undefined) {
			return failure({ ...readError({ ...answer, body: { error } }), billed: 'no' });
		}
		if (isEmpty) return failure(unreadable(id, name, answer));
		const requestId = requestIdOf(answer);
		return success({
			provider: id,
			status: 'completed',
			...list,
			...lifetime(created, LINK_HOURS),
			...(model && { model }),
			...(usage && { usage }),
			...(requestId && { requestId }),
			...(!isComplete && { remarks: [endedEarly(error)] }),
		});
	};

	const readError = (answer: HttpAnswer): ReturnType<Provider['readError']> =>
		refusal(id, name, answer, modelArkAdvice);

	return {
		id,
		name,
		baseUrl,
		testPath: '/models',
		models: Object.fromEntries(
			MODEL_FAMILIES.flatMap((family) => {
				const modelId = models[family];
				return modelId ? [[family, { id: modelId, limits: limitsOf(family) }]] : [];
			}),
		),
		takesUser: false,
		sizing: { kind: 'pixels', tiers: RESOLUTIONS },
		referenceTransport: { kind: 'dataUri' },
		planCreate: (order) => ({
			method: 'POST',
			path: '/images/generations',
			body: createBody(order),
			...(order.request.options.stream && { isStream: true }),
		}),
		readCreate,
		readError,
		adviceForTask: (code) => modelArkAdvice(code) ?? LATER,
	};
}

function endedEarly(error: unknown): string {
	const { code, message } = readErrorBody({ error });
	const reason = [code, message].filter(Boolean).join(': ');
	return `The stream of images ended early${reason && ` (${reason})`}. What had arrived by then is kept.`;
}

function limitsOf(family: ModelFamily): ModelLimits {
	const limits = MODEL_LIMITS[family];
	const isDisputed = family === 'seedream-4.0' || family === 'seedream-4.5';
	if (!isDisputed) return limits;
	return { ...limits, references: { ...limits.references, undisputedCount: UNDISPUTED_REFERENCES } };
}

/** The models' maker outside China (docs.byteplus.com/en/docs/ModelArk). */
export const byteplus = region({
	id: 'byteplus',
	name: 'BytePlus ModelArk',
	baseUrl: 'https://ark.ap-southeast.bytepluses.com/api/v3',
	models: {
		'seedream-4.0': 'seedream-4-0-250828',
		'seedream-4.5': 'seedream-4-5-251128',
		'seedream-5.0-lite': 'seedream-5-0-260128',
		'seedream-5.0-pro': 'dola-seedream-5-0-pro-260628',
	},
});

/** The models' maker in China (volcengine.com/docs/82379). */
export const volcengine = region({
	id: 'volcengine',
	name: 'Volcengine Ark',
	baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
	models: {
		'seedream-4.0': 'doubao-seedream-4-0-250828',
		'seedream-4.5': 'doubao-seedream-4-5-251128',
		'seedream-5.0-lite': 'doubao-seedream-5-0-260128',
		'seedream-5.0-pro': 'doubao-seedream-5-0-pro-260628',
		'seedream-5.0-flash': 'doubao-seedream-5-0-flash-260915',
	},
});

import type { HttpAnswer } from '../../http';
import { MODEL_FAMILIES, MODEL_LIMITS, type ModelFamily, type ModelLimits } from '../../models';
import { MAKER_SHAPES } from '../../presets';
import { RESOLUTIONS } from '../../sizes';
import { LATER } from './errorHints';
import { arkFields } from './arkFields';
import { refusal } from './errorBody';
import { mostOfNestedSet } from './imageCount';
import { modelArkAdvice } from './modelArkErrors';
import type { Order, Provider, ProviderId } from '../provider';
import { readSyncAnswer, type Seller } from './syncAnswer';

/** Hours for which result links live (ModelArk docs 1541523). */
const LINK_HOURS = 24;

/** Older pages allow no more reference images than this on 4.0 and 4.5 (ModelArk docs 1824121). */
const UNDISPUTED_REFERENCES = 10;

interface Region {
	id: ProviderId;
	name: string;
	baseUrl: string;
	/** Whether its pages say nothing of the web search that those of the other region describe. */
	isSearchUndocumented: boolean;
	models: Partial<Record<ModelFamily, string>>;
}

function createBody(order: Order): Record<string, unknown> {
	const { promptPriority, outputFormat, background, webSearch } = order.request.options;
	return {
		...arkFields(order),
		...(promptPriority === 'fast' && { optimize_prompt_options: { mode: 'fast' } }),
		...(outputFormat && { output_format: outputFormat }),
		...(background && { background }),
		...(webSearch && { tools: [{ type: 'web_search' }] }),
	};
}

function region({ id, name, baseUrl, isSearchUndocumented, models }: Region): Provider {
	const readError = (answer: HttpAnswer): ReturnType<Provider['readError']> =>
		refusal(id, name, answer, modelArkAdvice);
	const seller: Seller = { id, name, linkHours: LINK_HOURS, errorsAreFree: true, readError };

	return {
		id,
		name,
		baseUrl,
		testPath: '/models',
		models: Object.fromEntries(
			MODEL_FAMILIES.flatMap((family) => {
				const modelId = models[family];
				return modelId ? [[family, { id: modelId, limits: limitsOf(family, isSearchUndocumented) }]] : [];
			}),
		),
		takesUser: false,
		countIsLimit: true,
		sizing: { kind: 'pixels', shapes: MAKER_SHAPES, tiers: RESOLUTIONS },
		referenceTransport: { kind: 'dataUri' },
		planCreate: (order) => ({
			method: 'POST',
			path: '/images/generations',
			body: createBody(order),
			...(order.request.options.stream && { isStream: true }),
		}),
		mostImages: mostOfNestedSet,
		readCreate: (answer) => readSyncAnswer(seller, answer),
		readError,
		adviceForTask: (code) => modelArkAdvice(code) ?? LATER,
	};
}

function limitsOf(family: ModelFamily, isSearchUndocumented: boolean): ModelLimits {
	const limits = { ...MODEL_LIMITS[family], isSearchUndocumented };
	const isDisputed = family === 'seedream-4.0' || family === 'seedream-4.5';
	if (!isDisputed) return limits;
	return { ...limits, references: { ...limits.references, undisputedCount: UNDISPUTED_REFERENCES } };
}

/** The models' maker outside China (docs.byteplus.com/en/docs/ModelArk). */
export const byteplus = region({
	id: 'byteplus',
	name: 'BytePlus ModelArk',
	baseUrl: 'https://ark.ap-southeast.bytepluses.com/api/v3',
	isSearchUndocumented: true,
	models: {
		'seedream-4.0': 'seedream-4-0-250828',
		'seedream-4.5': 'seedream-4-5-251128',
		'seedream-5.0-lite': 'seedream-5-0-260128',
		'seedream-5.0-pro': 'dola-seedream-5-0-pro-260628',
		'seedream-5.0-flash': 'seedream-5-0-flash-260915',
	},
});

/** The models' maker in China (volcengine.com/docs/82379). */
export const volcengine = region({
	id: 'volcengine',
	name: 'Volcengine Ark',
	baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
	isSearchUndocumented: false,
	models: {
		'seedream-4.0': 'doubao-seedream-4-0-250828',
		'seedream-4.5': 'doubao-seedream-4-5-251128',
		'seedream-5.0-lite': 'doubao-seedream-5-0-260128',
		'seedream-5.0-pro': 'doubao-seedream-5-0-pro-260628',
		'seedream-5.0-flash': 'doubao-seedream-5-0-flash-260915',
	},
});

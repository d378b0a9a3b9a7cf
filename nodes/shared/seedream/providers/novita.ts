import { z } from 'zod/v4';
import type { HttpAnswer } from '../http';
import { jsonObject } from '../json';
import { lookUp } from '../lookUp';
import { MODEL_LIMITS, type LimitName, type ModelLimits } from '../models';
import { failure, success, type Outcome } from '../result';
import { MAKER_SHAPES, type OwnSizes } from '../presets';
import type { ImageTask } from '../task';
import { sizeField } from '../resolveSize';
import { fixAndRunAgain, LATER, requestIdOf, tryLater, unreadable, type Advice } from './dialects/errorHints';
import { imageSetFields } from './dialects/arkFields';
import { refusal } from './dialects/errorBody';
import { isEventStream } from './dialects/events';
import { mostOfNestedSet, mostOfSet } from './dialects/imageCount';
import { readImageList } from './dialects/imageList';
import { modelArkAdvice } from './dialects/modelArkErrors';
import type { Balance, Order, Provider } from './provider';
import { readEventStream, type Seller } from './dialects/syncAnswer';

const OLDEST_MODEL = 'seedream-4.0';

/** Novita has no field for these, on any model. */
const NO_EXTRAS: Partial<ModelLimits> = {
	promptPriorities: ['standard'],
	outputFormats: [],
	webSearch: false,
	stream: false,
};

const LIMITS_4_0 = MODEL_LIMITS['seedream-4.0'];
const LIMITS_4_5 = MODEL_LIMITS['seedream-4.5'];
const LIMITS_5_0_LITE = MODEL_LIMITS['seedream-5.0-lite'];

/** The page of 4.0 says what files it takes, those of the later models the formats alone. */
const FILES_NOT_STATED: readonly LimitName[] = ['imagesAndReferences', 'referenceFile'];

/** novita.ai/docs/api-reference, model-apis-seedream-4-0, -4.5 and -5.0-lite. */
const MODELS: Provider['models'] = {
	'seedream-4.0': {
		id: OLDEST_MODEL,
		limits: {
			...LIMITS_4_0,
			...NO_EXTRAS,
			notDemanded: ['imagesAndReferences'],
			size: { area: { min: 1_048_576, max: 16_777_216 }, ratio: 16 },
			references: { ...LIMITS_4_0.references, count: 10, formats: ['jpeg', 'png'], ratio: 3 },
		},
	},
	'seedream-4.5': {
		id: 'seedream-4.5',
		limits: { ...LIMITS_4_5, ...NO_EXTRAS, notDemanded: FILES_NOT_STATED },
	},
	'seedream-5.0-lite': {
		id: 'seedream-5.0-lite',
		limits: {
			...LIMITS_5_0_LITE,
			...NO_EXTRAS,
			notDemanded: FILES_NOT_STATED,
			resolutions: ['2K', '3K'],
			size: { area: { min: 3_686_400, max: 10_404_496 }, ratio: 16 },
		},
	},
};

/** novita.ai/docs/api-reference, model-apis-seedream-4-0, recommended sizes; the later models take them too. */
const OWN_SIZES: OwnSizes = {
	'2K': {
		'16:9': { width: 2560, height: 1440 },
		'9:16': { width: 1440, height: 2560 },
		'21:9': { width: 3024, height: 1296 },
	},
};

/** The model stands in the path. 4.0 has names of its own for references and for the count. */
function createBody(order: Order): Record<string, unknown> {
	const { request, prompt, references, modelId, size } = order;
	const isOldest = modelId === OLDEST_MODEL;
	return {
		prompt,
		...(references.length > 0 && { [isOldest ? 'images' : 'image']: references }),
		...sizeField(size),
		watermark: request.options.watermark,
		...(isOldest ? imageSetFieldsOfOldest(request.numberOfImages) : imageSetFields(request.numberOfImages)),
	};
}

function imageSetFieldsOfOldest(numberOfImages: number): Record<string, unknown> {
	if (numberOfImages === 1) return {};
	return { sequential_image_generation: 'auto', max_images: numberOfImages };
}

const answerSchema = z.looseObject({ images: z.unknown() });

function readCreate(answer: HttpAnswer): Outcome<ImageTask> {
	if (isEventStream(answer.text)) return readEventStream(SELLER, answer);
	const list = readImageList(answerSchema.safeParse(answer.body).data?.images ?? []);
	if (list.images.length + list.failedImages.length === 0) {
		return failure(unreadable('novita', 'Novita AI', answer));
	}
	const requestId = requestIdOf(answer);
	return success({
		provider: 'novita',
		status: 'completed',
		...list,
		...(requestId && { requestId }),
	});
}

const CHECK_KEY = fixAndRunAgain('Check the API key in the credentials.');
const TOP_UP = fixAndRunAgain('Top up the balance of your Novita account, then run again.');
const CHECK_REFERENCES = fixAndRunAgain('Use reference images of a format and size that the model takes.');
const NOT_ALLOWED = fixAndRunAgain('Your Novita account may not use this model. Ask Novita to open it, or choose another.');

/** novita.ai/docs/api-reference/basic-error-code. The reason counts, not the HTTP status. */
const BY_REASON: Readonly<Record<string, Advice>> = {
	INVALID_API_KEY: CHECK_KEY,
	MISSING_API_KEY: CHECK_KEY,
	FAILED_TO_AUTH: CHECK_KEY,
	BILLING_AUTH_FAILED: CHECK_KEY,
	BILLING_BALANCE_NOT_ENOUGH: TOP_UP,
	NOT_ENOUGH_BALANCE: TOP_UP,
	FEATURE_NOT_ALLOWED: NOT_ALLOWED,
	API_NOT_ALLOWED: NOT_ALLOWED,
	ACCESS_DENY: NOT_ALLOWED,
	NEED_REAL_NAME_VERIFY: fixAndRunAgain('Verify your identity in your Novita account first.'),
	IMAGE_FILE_EXCEEDS_MAX_SIZE: CHECK_REFERENCES,
	INVALID_IMAGE_FORMAT: CHECK_REFERENCES,
	IMAGE_EXCEEDS_MAX_RESOLUTION: CHECK_REFERENCES,
	INVALID_IMAGE_SIZE: fixAndRunAgain('Choose a size that the model takes.'),
	ILLEGAL_PROMPT: fixAndRunAgain('The prompt was refused by moderation. Change its wording; the same prompt will be refused again.'),
	ILLEGAL_IMAGE_CONTENT: fixAndRunAgain('A reference image was refused by moderation. Use another image; the same one will be refused again.'),
	RATE_LIMIT_EXCEEDED: tryLater('The images per minute of this model are used up. Lower the Concurrency option, or run again in a minute.'),
};

function adviceFor(code: string | undefined, message?: string): Advice | undefined {
	return lookUp(BY_REASON, code) ?? modelArkAdvice(code, message);
}

/** Ten-thousandths of a dollar, in which the balance is told (novita.ai/docs/api-reference/basic-get-user-balance). */
const UNITS_PER_DOLLAR = 10_000;

const balanceSchema = z.looseObject({ availableBalance: z.union([z.string().trim().min(1), z.number()]) });

function readBalance(body: unknown): Balance | undefined {
	const amount = Number(balanceSchema.safeParse(body).data?.availableBalance) / UNITS_PER_DOLLAR;
	return Number.isNaN(amount) ? undefined : { amount, unit: 'USD', details: jsonObject(body) ?? {} };
}

const BALANCE_PATH = '/openapi/v1/billing/balance/detail';

const SELLER: Seller = {
	id: 'novita',
	name: 'Novita AI',
	errorsAreFree: false,
	readError: (answer) => refusal('novita', 'Novita AI', answer, adviceFor),
};

/** Novita AI (novita.ai/docs/api-reference). Answers a request with the finished images. */
export const novita: Provider = {
	id: SELLER.id,
	name: SELLER.name,
	baseUrl: 'https://api.novita.ai',
	testPath: BALANCE_PATH,
	balance: { path: BALANCE_PATH, read: readBalance },
	models: MODELS,
	takesUser: false,
	countIsLimit: true,
	sizing: { kind: 'pixels', shapes: MAKER_SHAPES, tiers: ['1K', '2K', '3K', '4K'], ownSizes: OWN_SIZES },
	referenceTransport: { kind: 'dataUri' },
	planCreate: (order) => ({
		method: 'POST',
		path: `/v3/${encodeURIComponent(order.modelId)}`,
		body: createBody(order),
	}),
	mostImages: (body, modelId) =>
		modelId === OLDEST_MODEL ? mostOfSet(body, body.max_images) : mostOfNestedSet(body),
	readCreate,
	readError: (answer) => SELLER.readError(answer),
	adviceForTask: (code) => adviceFor(code) ?? LATER,
};

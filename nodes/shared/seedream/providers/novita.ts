import { z } from 'zod/v4';
import { unreadableResponseError } from '../commonErrors';
import type { ErrorHint } from '../errors';
import { requestIdOf, type HttpResponse } from '../http';
import { MODEL_SPECS, type LimitName, type ModelSpec } from '../models';
import { asObject, lookUp } from '../objects';
import { once } from '../once';
import { MAKER_SHAPES, type OwnSizes } from '../presets';
import { sizeField } from '../resolveSize';
import { failure, success, type Result } from '../result';
import type { ImageTask } from '../task';
import { imageSetFields } from './dialects/arkFields';
import { errorFromResponse } from './dialects/errorBody';
import { CHECK_KEY, fixAndRunAgain, LATER, tryLater } from './dialects/errorHints';
import { isEventStream } from './dialects/events';
import { maxOfNestedSet, maxOfSet } from './dialects/imageCount';
import { parseImageList } from './dialects/imageList';
import { modelArkHint } from './dialects/modelArkErrors';
import { parseEventStream } from './dialects/syncAnswer';
import type { Balance, ResolvedRequest, Provider } from './provider';

const OLDEST_MODEL = 'seedream-4.0';

/** Novita has no field for these, on any model. */
const NO_EXTRAS: Partial<ModelSpec> = {
	promptPriorities: ['standard'],
	outputFormats: [],
	webSearch: false,
	stream: false,
};

const SPEC_4_0 = MODEL_SPECS['seedream-4.0'];
const SPEC_4_5 = MODEL_SPECS['seedream-4.5'];
const SPEC_5_0_LITE = MODEL_SPECS['seedream-5.0-lite'];

/** The page of 4.0 says what files it takes, those of the later models the formats alone. */
const FILES_NOT_STATED: readonly LimitName[] = ['imagesAndReferences', 'referenceFile'];

/** novita.ai/docs/api-reference, model-apis-seedream-4-0, -4.5 and -5.0-lite. */
const MODELS: Provider['models'] = {
	'seedream-4.0': {
		id: OLDEST_MODEL,
		spec: {
			...SPEC_4_0,
			...NO_EXTRAS,
			notDemanded: ['imagesAndReferences'],
			size: { area: { min: 1_048_576, max: 16_777_216 }, ratio: 16 },
			references: { ...SPEC_4_0.references, count: 10, formats: ['jpeg', 'png'], ratio: 3 },
		},
	},
	'seedream-4.5': {
		id: 'seedream-4.5',
		spec: { ...SPEC_4_5, ...NO_EXTRAS, notDemanded: FILES_NOT_STATED },
	},
	'seedream-5.0-lite': {
		id: 'seedream-5.0-lite',
		spec: {
			...SPEC_5_0_LITE,
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
function createBody(request: ResolvedRequest): Record<string, unknown> {
	const { prompt, numberOfImages, references, modelId, size, options } = request;
	const isOldest = modelId === OLDEST_MODEL;
	return {
		prompt,
		...(references.length > 0 && { [isOldest ? 'images' : 'image']: references }),
		...sizeField(size),
		watermark: options.watermark,
		...(isOldest ? imageSetFieldsOfOldest(numberOfImages) : imageSetFields(numberOfImages)),
	};
}

function imageSetFieldsOfOldest(numberOfImages = 1): Record<string, unknown> {
	if (numberOfImages === 1) return {};
	return { sequential_image_generation: 'auto', max_images: numberOfImages };
}

function parseResponse(response: HttpResponse): Result<ImageTask> {
	if (isEventStream(response.text)) return parseEventStream(novita, response);
	const list = parseImageList(asObject(response.body)?.images ?? []);
	if (list.images.length + list.failedImages.length === 0) {
		return failure(unreadableResponseError(novita, response));
	}
	const requestId = requestIdOf(response);
	return success({
		provider: novita.id,
		status: 'completed',
		...list,
		...(requestId && { requestId }),
	});
}

const TOP_UP = fixAndRunAgain('Top up the balance of your Novita account, then run again.');
const CHECK_REFERENCES = fixAndRunAgain(
	'Use reference images of a format and size that the model takes.',
);
const NOT_ALLOWED = fixAndRunAgain(
	'Your Novita account may not use this model. Ask Novita to open it, or choose another.',
);

/** novita.ai/docs/api-reference/basic-error-code. The reason counts, not the HTTP status. */
const BY_REASON: Readonly<Record<string, ErrorHint>> = {
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
	ILLEGAL_PROMPT: fixAndRunAgain(
		'The prompt was refused by moderation. Change its wording; the same prompt will be refused again.',
	),
	ILLEGAL_IMAGE_CONTENT: fixAndRunAgain(
		'A reference image was refused by moderation. Use another image; the same one will be refused again.',
	),
	RATE_LIMIT_EXCEEDED: tryLater(
		'The images per minute of this model are used up. Lower the Concurrency option, or run again in a minute.',
	),
};

function hintFor(code: string | undefined, message?: string): ErrorHint | undefined {
	return lookUp(BY_REASON, code) ?? modelArkHint(code, message);
}

/** Ten-thousandths of a dollar, in which the balance is told (novita.ai/docs/api-reference/basic-get-user-balance). */
const UNITS_PER_DOLLAR = 10_000;

const balanceSchema = once(() =>
	z.looseObject({
		availableBalance: z.union([z.string().trim().min(1), z.number()]),
	}),
);

function parseBalance(body: unknown): Balance | undefined {
	const amount = Number(balanceSchema().safeParse(body).data?.availableBalance) / UNITS_PER_DOLLAR;
	return Number.isNaN(amount) ? undefined : { amount, unit: 'USD', details: asObject(body) ?? {} };
}

const BALANCE_PATH = '/openapi/v1/billing/balance/detail';

/** Novita AI (novita.ai/docs/api-reference). Answers a request with the finished images. */
export const novita: Provider = {
	id: 'novita',
	name: 'Novita AI',
	baseUrl: 'https://api.novita.ai',
	testPath: BALANCE_PATH,
	balance: { path: BALANCE_PATH, parse: parseBalance },
	models: MODELS,
	supportsUser: false,
	countIsLimit: true,
	sizingOf: () => ({
		kind: 'pixels',
		shapes: MAKER_SHAPES,
		tiers: ['1K', '2K', '3K', '4K'],
		ownSizes: OWN_SIZES,
	}),
	referenceTransport: { kind: 'dataUri' },
	buildRequest: (request) => ({
		method: 'POST',
		path: `/v3/${encodeURIComponent(request.modelId)}`,
		body: createBody(request),
	}),
	maxImages: (body, modelId) =>
		modelId === OLDEST_MODEL ? maxOfSet(body, body.max_images) : maxOfNestedSet(body),
	parseResponse,
	parseError: (response) => errorFromResponse(novita, response, hintFor),
	hintForTask: (code) => hintFor(code) ?? LATER,
};

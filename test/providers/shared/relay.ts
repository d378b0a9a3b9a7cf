import type { CodeRow, Refusal, Synchronous } from '../fixture';
import { MODERATED_INPUT, MODERATED_OUTPUT, MODERATED_PROMPT } from './moderation';

const TOP_UP = /Top up/;
const ANOTHER_MODEL = /Choose another model/;

/** The software that many relays run (docs.newapi.pro); they pass on the codes of the models' maker too. */
const CODES: readonly CodeRow[] = [
	[403, 'insufficient_user_quota', TOP_UP, false],
	[402, 'insufficient_user_quota', TOP_UP, false],
	[403, 'access_denied', ANOTHER_MODEL, false],
	[404, 'model_not_found', ANOTHER_MODEL, false],
	[400, 'InputTextSensitiveContentDetected', MODERATED_PROMPT, false],
	[400, 'InputImageSensitiveContentDetected', MODERATED_INPUT, false],
	[400, 'OutputImageSensitiveContentDetected', MODERATED_OUTPUT, true],
	[429, 'ModelAccountIpmRateLimitExceeded', /images per minute/, true],
];

const NO_CREDIT: Refusal = {
	httpStatus: 403,
	code: 'insufficient_user_quota',
	advice: TOP_UP,
};

/** How such a relay refuses. It answers 503 for an unknown model. */
export const REFUSALS_OF_RELAYS = {
	namesFailedMembers: false,
	areErrorsFree: false,
	refusal: (_: number, code: string, message: string) => ({
		error: { message: `${message} (request id: 2026)`, type: 'new_api_error', param: '', code },
	}),
	wrongKey: { httpStatus: 401, advice: /Check the API key/ },
	noCredit: NO_CREDIT,
	notAllowed: { httpStatus: 403, code: 'access_denied', advice: ANOTHER_MODEL },
	unknownModel: { httpStatus: 503, code: 'model_not_found', advice: ANOTHER_MODEL },
	moderatedReference: 'InputImageSensitiveContentDetected',
	codes: CODES,
	troubles: [],
} satisfies Partial<Synchronous>;

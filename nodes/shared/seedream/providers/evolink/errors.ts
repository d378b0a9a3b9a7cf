import type { ErrorHint, SeedreamError } from '../../errors';
import { MAX_LAYERS } from '../../layers';
import type { HttpResponse } from '../../http';
import { lookUp } from '../../objects';
import { errorFromResponse, parseErrorBody } from '../dialects/errorBody';
import {
	CHANGE_CONTENT,
	CHECK_KEY,
	CHECK_REFERENCES,
	CORRECT,
	fixAndRunAgain,
	LATER,
	tryLater,
} from '../dialects/errorHints';
import type { Provider } from '../provider';

/** EvoLink docs, image-series/seedream, `n`, and seedream-5.0-pro-layerize: charged in advance by it, billed by the images made. */
const RESERVATION = `EvoLink reserves the price of all images asked for (Number of Images; ${MAX_LAYERS} for an image that is taken apart) at the start and gives back what was not made, so a smaller number needs less.`;
const TOP_UP = fixAndRunAgain(
	`Top up the credits of your EvoLink account, then run again. ${RESERVATION}`,
);
const KEY_LIMIT = fixAndRunAgain(
	`Raise this API key's own limit in the EvoLink dashboard, or use another key. ${RESERVATION}`,
);
const OTHER_MODEL = fixAndRunAgain(
	'Allow this model for the API key in the EvoLink dashboard, or choose another model.',
);
const CHECK_TASK_ID = fixAndRunAgain(
	'Check the task ID: it begins with task-unified- and belongs to the account of this API key.',
);
const PAID_BEFORE = fixAndRunAgain(
	'The request may have been accepted and billed. Look at the tasks of your EvoLink account before you run it again.',
);

/** EvoLink docs, error pages of image-series and task-management/error-codes. */
const BY_CODE: Readonly<Record<string, ErrorHint>> = {
	unauthorized: CHECK_KEY,
	key_disabled: CHECK_KEY,
	key_expired: CHECK_KEY,
	insufficient_quota: TOP_UP,
	insufficient_user_quota: TOP_UP,
	account_balance_insufficient: TOP_UP,
	key_quota_exhausted: KEY_LIMIT,
	insufficient_token_quota: KEY_LIMIT,
	key_daily_quota_exhausted: KEY_LIMIT,
	token_daily_quota_exceeded: KEY_LIMIT,
	model_access_denied: OTHER_MODEL,
	key_model_not_allowed: OTHER_MODEL,
	model_not_found: OTHER_MODEL,
	invalid_task_id: CHECK_TASK_ID,
	task_not_found: CHECK_TASK_ID,
	permission_denied: CHECK_TASK_ID,
	content_policy_violation: CHANGE_CONTENT,
	image_processing_error: CHECK_REFERENCES,
	image_dimension_mismatch: CHECK_REFERENCES,
	idempotency_conflict: PAID_BEFORE,
	paid_outcome_unknown: PAID_BEFORE,
	invalid_parameters: CORRECT,
	request_cancelled: tryLater('The task was cancelled. Run it again if it is still wanted.'),
	generation_failed_no_content: LATER,
	service_error: LATER,
	generation_timeout: LATER,
	resource_exhausted: LATER,
	service_unavailable: LATER,
	unknown_error: LATER,
};

/** What to tell the user about an error of EvoLink's; some answers for want of credits have no code. */
export function parseEvolinkError(
	provider: Pick<Provider, 'id' | 'name'>,
	response: HttpResponse,
): SeedreamError {
	const withoutCode = response.status === 402 ? TOP_UP : undefined;
	const hintFor = (code: string | undefined): ErrorHint | undefined =>
		lookUp(BY_CODE, code) ?? withoutCode;
	return errorFromResponse(provider, response, hintFor, parseErrorBody(response.body));
}

export function evolinkHint(code: string | undefined): ErrorHint {
	return lookUp(BY_CODE, code) ?? LATER;
}

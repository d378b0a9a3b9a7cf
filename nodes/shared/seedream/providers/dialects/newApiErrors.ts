import type { ErrorHint } from '../../errors';
import { lookUp } from '../../objects';
import { fixAndRunAgain } from './errorHints';
import { modelArkHint } from './modelArkErrors';

const TOP_UP = fixAndRunAgain(
	'Top up the account or raise the limit of this API key at the provider, then run again.',
);
const OTHER_MODEL = fixAndRunAgain(
	'Choose another model, or let the provider open this one for your API key.',
);

/** The codes of the software that many relays run (docs.newapi.pro); relays pass on the maker's too. */
const BY_CODE: Readonly<Record<string, ErrorHint>> = {
	insufficient_user_quota: TOP_UP,
	insufficient_quota: TOP_UP,
	pre_consume_token_quota_failed: TOP_UP,
	model_not_found: OTHER_MODEL,
	access_denied: OTHER_MODEL,
};

export function newApiHint(code: string | undefined, message?: string): ErrorHint | undefined {
	return lookUp(BY_CODE, code) ?? modelArkHint(code, message);
}

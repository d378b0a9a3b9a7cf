import type { ErrorHint } from '../../errors';
import { fixAndRunAgain, tryLater } from './errorHints';

const OVERDUE = fixAndRunAgain(
	'The account has an unpaid bill. Pay it at the provider, then run again.',
);
const NOT_OPENED = fixAndRunAgain(
	'Activate the model in the console of the provider, or choose another model. Model IDs differ between regions.',
);

const UNREACHABLE_IMAGE = fixAndRunAgain(
	'A reference image could not be fetched in time. Check that its URL is public and quick to answer, or give the image as a binary field.',
);

/**
 * The codes of the models' maker, which its relays pass on (ModelArk docs 1299023). The first
 * pattern that fits counts.
 */
const BY_CODE: ReadonlyArray<readonly [RegExp, ErrorHint]> = [
	[
		/^InputText(SensitiveContent|Risk)/,
		fixAndRunAgain(
			'The prompt was refused by moderation. Change its wording; the same prompt will be refused again.',
		),
	],
	[
		/^InputImage(SensitiveContent|Risk)/,
		fixAndRunAgain(
			'A reference image was refused by moderation. Use another image; the same one will be refused again.',
		),
	],
	[
		/^OutputImage(SensitiveContent|Risk)/,
		tryLater(
			'The image that was made was refused by moderation. Another try may pass; a change of the prompt makes it likelier.',
		),
	],
	[
		/SensitiveContentDetected|RiskDetection/,
		fixAndRunAgain('Moderation refused the request. Change the prompt or the images.'),
	],
	[/^InvalidImageURL/, UNREACHABLE_IMAGE],
	[
		/^(MissingParameter|InvalidParameter)/,
		fixAndRunAgain('Correct what the message names and run again.'),
	],
	[
		/^AuthenticationError/,
		fixAndRunAgain(
			'Check the API key in the credentials. Keys are valid for one region and one kind of plan: the base URL must be theirs.',
		),
	],
	[/^AccountOverdue/, OVERDUE],
	[
		/^(AccessDenied|OperationDenied)/,
		fixAndRunAgain('Allow the API key to use this model in the console of the provider.'),
	],
	[/^(InvalidEndpointOrModel|ModelNotOpen|ModelIDAccessDisabled|UnsupportedModel)/, NOT_OPENED],
	[
		/^(QuotaExceeded|SetLimitExceeded)/,
		fixAndRunAgain(
			'A quota or a spending limit of the account is used up. Raise it in the console of the provider.',
		),
	],
	[
		/Ipm|IPM/,
		tryLater(
			'The images per minute of this model are used up. Lower the Concurrency option, or run again in a minute.',
		),
	],
	[
		/TPM|Tpm/,
		tryLater(
			'The tokens per minute of this model are used up. Lower the Concurrency option, or run again in a minute.',
		),
	],
	[
		/^(ModelAccountRpm|APIAccountRpm|RateLimitExceeded|AccountRateLimit|RequestBurst|InflightBatchsize)/,
		tryLater(
			'Too many requests for this account. Lower the Concurrency option, or run again in a minute.',
		),
	],
	[/^ServerOverloaded/, tryLater('The provider is overloaded. Run again in a few minutes.')],
	[/^InternalServiceError/, tryLater('The provider had trouble.')],
];

/** What to tell the user about a code of the models' maker; undefined for any other code. */
export function modelArkHint(code: string | undefined, message = ''): ErrorHint | undefined {
	if (/timeout while downloading/i.test(message)) return UNREACHABLE_IMAGE;
	return BY_CODE.find(([pattern]) => pattern.test(code ?? ''))?.[1];
}

import type { IWebhookFunctions } from 'n8n-workflow';
import { toText } from '../shared/n8n/text';
import {
	callbackContextOf,
	SIGNATURE_PARAMETER,
	verifyCallbackParameters,
} from '../shared/seedream/callbackUrl';
import { isSameSecret } from '../shared/seedream/secret';
import { getReceiver } from './receiver';

/** Who may call: with what the callback URL carries for the workflow, or not at all. */
export type Admission = { isAdmitted: false } | { isAdmitted: true; callbackContext?: unknown };

/** Ms for which credentials that were changed still let in who was let in before. */
export const MAX_AGE_MS = 30_000;

/** Ms after which a call that is not let in makes the node look at the credentials again: they may have been changed. */
const MAX_AGE_AT_REFUSAL_MS = 1000;

/** Checks the caller by the query of the URL that it uses. */
export async function authenticate(context: IWebhookFunctions): Promise<Admission> {
	const parameters = queryOf(context);
	switch (toText(context.getNodeParameter('authentication', 'signedUrl'))) {
		case 'none':
			return admitted(callbackContextOf(parameters));
		case 'token': {
			const token = toText(context.getNodeParameter('token', ''));
			return isSameSecret(parameters.token ?? '', token)
				? admitted(callbackContextOf(parameters))
				: { isAdmitted: false };
		}
		default: {
			const admission = await checkSignature(context, parameters, MAX_AGE_MS);
			if (admission.isAdmitted) return admission;
			return await checkSignature(context, parameters, MAX_AGE_AT_REFUSAL_MS);
		}
	}
}

/** What stands in the URL of a call and lets its caller in. */
export function secretsOf(context: IWebhookFunctions): string[] {
	const { token = '', [SIGNATURE_PARAMETER]: signature = '' } = queryOf(context);
	return [token, signature];
}

async function checkSignature(
	context: IWebhookFunctions,
	parameters: Readonly<Record<string, string>>,
	maxAgeMs: number,
): Promise<Admission> {
	const { callbackKey } = await getReceiver(context, maxAgeMs);
	const url = context.getNodeWebhookUrl('default') ?? '';
	const signed = verifyCallbackParameters(parameters, callbackKey, Date.now(), url);
	return signed ? admitted(signed.context) : { isAdmitted: false };
}

function admitted(callbackContext: unknown): Admission {
	return { isAdmitted: true, ...(callbackContext !== undefined && { callbackContext }) };
}

function queryOf(context: IWebhookFunctions): Record<string, string> {
	const entries = Object.entries(context.getQueryData());
	return Object.fromEntries(entries.map(([name, value]) => [name, toText(value)]));
}

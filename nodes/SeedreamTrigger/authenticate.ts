import type { IWebhookFunctions } from 'n8n-workflow';
import { toText } from '../shared/n8n/text';
import { getSeedreamCredentials } from '../shared/n8n/transport/credentials';
import { callbackContextOf, verifyCallbackParameters } from '../shared/seedream/callbackUrl';
import { isSameSecret } from '../shared/seedream/secret';

/** Who may call: with what the callback URL carries for the workflow, or not at all. */
export type Admission = { isAdmitted: false } | { isAdmitted: true; callbackContext?: unknown };

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
			const { apiKey } = await getSeedreamCredentials(context);
			const receiver = context.getNodeWebhookUrl('default') ?? '';
			const signed = verifyCallbackParameters(parameters, apiKey, Date.now(), receiver);
			return signed ? admitted(signed.context) : { isAdmitted: false };
		}
	}
}

function admitted(callbackContext: unknown): Admission {
	return { isAdmitted: true, ...(callbackContext !== undefined && { callbackContext }) };
}

function queryOf(context: IWebhookFunctions): Record<string, string> {
	const entries = Object.entries(context.getQueryData());
	return Object.fromEntries(entries.map(([name, value]) => [name, toText(value)]));
}

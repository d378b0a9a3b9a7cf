import { timingSafeEqual } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { readAccount } from '../shared/n8n/transport/credentials';
import { toText } from '../shared/n8n/text';
import { callbackContextOf, verifyCallbackParameters } from '../shared/seedream/callbackUrl';

/** Who may call: with what the callback URL carries for the workflow, or not at all. */
export type Admission = { isAdmitted: false } | { isAdmitted: true; callbackContext?: unknown };

/** Checks the caller by the query of the URL that it uses. */
export async function admit(context: IWebhookFunctions): Promise<Admission> {
	const parameters = queryOf(context);
	switch (toText(context.getNodeParameter('authentication', 'signedUrl'))) {
		case 'none':
			return admitted(callbackContextOf(parameters));
		case 'token': {
			const token = toText(context.getNodeParameter('token', ''));
			return isSame(parameters.token ?? '', token)
				? admitted(callbackContextOf(parameters))
				: { isAdmitted: false };
		}
		default: {
			const { apiKey } = await readAccount(context);
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

/** In constant time; an empty secret lets nobody in. */
function isSame(given: string, secret: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(secret)];
	return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

import type { IWebhookFunctions } from 'n8n-workflow';
import { CREDENTIALS_TYPE, getSeedreamCredentials } from '../shared/n8n/transport/credentials';
import { callbackKey } from '../shared/seedream/callbackUrl';
import type { Provider } from '../shared/seedream/providers';

/** What is needed to take a callback. The API key is not: the key that signs callback URLs cannot be turned back into it. */
export interface Receiver {
	provider: Provider;
	callbackKey: Buffer;
}

interface Known {
	receiver: Promise<Receiver>;
	/** In ms since 1970. */
	since: number;
}

/** By the ID of the credentials. Since n8n 2.35 decrypting them in a webhook call costs more than all the rest of the node's work. */
const known = new Map<string, Known>();

/**
 * What the node's credentials say, as they were at most `maxAgeMs` ago. Calls that come at once share one decryption.
 * @throws NodeOperationError when the credentials cannot be used.
 */
export async function getReceiver(context: IWebhookFunctions, maxAgeMs: number): Promise<Receiver> {
	const id = context.getNode().credentials?.[CREDENTIALS_TYPE]?.id ?? '';
	const last = known.get(id);
	if (last && Date.now() - last.since < maxAgeMs) return await last.receiver;
	const receiver = readReceiver(context);
	known.set(id, { receiver, since: Date.now() });
	receiver.catch(() => known.delete(id));
	return await receiver;
}

async function readReceiver(context: IWebhookFunctions): Promise<Receiver> {
	const { provider, apiKey } = await getSeedreamCredentials(context);
	return { provider, callbackKey: callbackKey(apiKey) };
}

import { withAddress, type Connection } from './connection';
import { isAccepted, SHORT_TIMEOUT_MS } from './http';
import { sendFree } from './retry';
import { writeRequest } from './writeRequest';

/** A new link to an image whose link is dead; undefined where the provider has none. Costs nothing. */
export async function fetchFreshLink(
	{ provider, baseUrl, http, clock }: Connection,
	url: string,
): Promise<string | undefined> {
	const { freshLink } = provider;
	if (!freshLink) return undefined;
	const written = await writeRequest(provider, withAddress(freshLink.buildRequest(url), baseUrl));
	if (!written.ok) return undefined;
	const result = await sendFree(http, clock, written.value, SHORT_TIMEOUT_MS);
	const isAnswered = 'response' in result && isAccepted(result.response);
	return isAnswered ? freshLink.parseResponse(result.response) : undefined;
}

import type { Clock, Http } from './http';
import type { Provider } from './providers/provider';

/** A provider, where it is, and the ways to it. */
export interface Connection {
	provider: Provider;
	/** Without a slash at the end. */
	baseUrl: string;
	/** For providers with a file host. */
	uploadBaseUrl?: string;
	http: Http;
	clock: Clock;
}

/** The plan with its whole address in place of its path. */
export function withAddress<Plan extends { path: string }>(
	{ path, ...plan }: Plan,
	baseUrl: string,
): Omit<Plan, 'path'> & { url: string } {
	return { ...plan, url: `${baseUrl}${path}` };
}

/** The way to a provider, with its answers as they are meant. */
export function asMeant(provider: Provider, http: Http): Http {
	return {
		send: async (request, timeoutMs) => {
			const result = await http.send(request, timeoutMs);
			const isOwn = 'response' in result && !request.isForeign;
			return isOwn && provider.asMeant ? { response: provider.asMeant(result.response) } : result;
		},
	};
}

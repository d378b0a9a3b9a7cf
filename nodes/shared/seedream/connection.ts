import type { Clock, Http, HttpPlan, HttpRequest } from './http';
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

/** The request with its whole address. */
export function toHttpRequest({ path, ...plan }: HttpPlan, baseUrl: string): HttpRequest {
	return { ...plan, url: `${baseUrl}${path}` };
}

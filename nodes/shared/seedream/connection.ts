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

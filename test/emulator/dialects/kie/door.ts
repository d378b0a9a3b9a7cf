import type { Route } from '../../dialect';

/**
 * Both hosts are behind a door that lets no client in without a name, and says so bare of all form.
 */
export function behindDoor(route: Route): Route {
	return {
		...route,
		handle: (state, call, match) =>
			call.headers['user-agent'] === undefined
				? { is: 'bytes', status: 403, type: 'text/plain', bytes: Buffer.from('error code: 1010') }
				: route.handle(state, call, match),
	};
}

import type { Connection } from '../../shared/seedream/connection';
import type { Http } from '../../shared/seedream/http';
import { isSurelyRefused } from '../../shared/seedream/retry';

/** The connection, and whether the last request over it may have been accepted. */
export function watchAcceptance(connection: Connection): {
	watched: Connection;
	mayBeAccepted: () => boolean;
} {
	let mayBeAccepted = false;
	const http: Http = {
		send: async (request, timeoutMs) => {
			mayBeAccepted = true;
			const result = await connection.http.send(request, timeoutMs);
			mayBeAccepted = !isSurelyRefused(result);
			return result;
		},
	};
	return { watched: { ...connection, http }, mayBeAccepted: () => mayBeAccepted };
}

/** Does the work; where it is broken off before its end, nothing was accepted. */
export async function unlessStopped<T>(takeBack: () => void, work: () => Promise<T>): Promise<T> {
	let isDone = false;
	try {
		const value = await work();
		isDone = true;
		return value;
	} finally {
		if (!isDone) takeBack();
	}
}

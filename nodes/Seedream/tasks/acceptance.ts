import type { Connection } from '../../shared/seedream/connection';
import type { Http, HttpResult } from '../../shared/seedream/http';

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

function isSurelyRefused(result: HttpResult): boolean {
	return 'response' in result
		? result.response.status === 429
		: result.networkFailure.sent === 'no';
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

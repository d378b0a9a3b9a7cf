import type { Connection } from '../seedream/client';
import type { Http } from '../seedream/http';

/** The connection, and whether a request over it has no answer yet. */
export function watch(connection: Connection): { watched: Connection; isUnderWay: () => boolean } {
	let isUnderWay = false;
	const http: Http = {
		send: async (request, timeoutMs) => {
			isUnderWay = true;
			const result = await connection.http.send(request, timeoutMs);
			isUnderWay = false;
			return result;
		},
	};
	return { watched: { ...connection, http }, isUnderWay: () => isUnderWay };
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

import type { CallbackDelivery, Emulator } from '../../emulator';

/** What n8n said to a callback. */
export interface Answer {
	status: number;
	text: string;
	ms: number;
}

/** The callback URLs that the node gave the provider, in the order of the requests. */
export function callbackUrls(emulator: Emulator): string[] {
	return emulator.requestsOf('create').flatMap(({ body }) => {
		const url: unknown =
			typeof body === 'object' && body !== null ? Reflect.get(body, 'callback_url') : undefined;
		return typeof url === 'string' ? [url] : [];
	});
}

/** Calls back with whatever body: text goes as it is, anything else as JSON. */
export async function callBack(
	url: string,
	body: unknown,
	init: RequestInit = {},
): Promise<Answer> {
	const started = performance.now();
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: typeof body === 'string' ? body : JSON.stringify(body),
		...init,
	});
	const text = await response.text();
	return { status: response.status, text, ms: Math.round(performance.now() - started) };
}

/** The same URL with one query parameter other, or without it. */
export function withParameter(url: string, name: string, value: string | undefined): string {
	const changed = new URL(url);
	if (value === undefined) changed.searchParams.delete(name);
	else changed.searchParams.set(name, value);
	return changed.toString();
}

/** `200 x3, 409 x1`: how often each status was seen; 0 is no answer, or none yet. */
export function tally(answers: ReadonlyArray<{ status?: number | undefined }>): string {
	const counts = new Map<number, number>();
	for (const { status = 0 } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
	return [...counts]
		.sort(([a], [b]) => a - b)
		.map(([status, count]) => `${status} x${count}`)
		.join(', ');
}

/** When the last task called for the first time, in ms since 1970: from then on there is nothing left to wait for. */
export function lastCallback(deliveries: readonly CallbackDelivery[]): number {
	return Math.max(...deliveries.filter(({ attempt }) => attempt === 1).map(({ at }) => at));
}

/**
 * How a request for images looked to the node: `answered` readably, `refused` or `limited` (429) and so certainly not accepted,
 * `unclear` where it may have been accepted.
 */
export type Shown = 'answered' | 'refused' | 'limited' | 'unclear';

/** A request for images, as it was in truth. */
export interface Create {
	/** Counted from 1 over the history. */
	n: number;
	execution: string;
	/** The input items that it was made from. */
	items: number[];
	body: unknown;
	/** All that is paid for in the body. */
	wish: string;
	callbackUrl: string;
	/** What became of it, for people. */
	fate: string;
	shown: Shown;
	/** It was paid for. */
	isAccepted: boolean;
	taskId?: string;
	/** Earlier ones for the same items that were accepted, and had not failed when this one came. */
	standing: Create[];
	/** n8n did not live to remember it. */
	isForgotten: boolean;
	/** The execution had been stopped before the answer was there. */
	isStopped: boolean;
}

/** What is paid for: not where the end is reported to, nor how long somebody waits. */
export function wishOf(path: string, body: unknown): string {
	const {
		callback_url: _url,
		timeout_seconds: _seconds,
		stream: _stream,
		user: _user,
		...paid
	} = Object(body);
	return JSON.stringify([path, paid]);
}

/** Whether two requests are about the same input. */
export function areOfSameItem(a: Create, b: Create): boolean {
	return a.items.some((item) => b.items.includes(item));
}

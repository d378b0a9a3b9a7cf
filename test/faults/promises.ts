import { retryAfterOf, statusOf, type Cell, type Fault } from './cells';

/** What the node promises for one cell. */
export interface Promised {
	/**
	 * `images`: they came, as files where files were asked for; `links`: the files did not; `task`: its ID, as asked for; `open`: the ID of
	 * a task that was still open when the wait was over, in an item with a warning; `error`: the execution failed.
	 */
	readonly end: 'images' | 'links' | 'task' | 'open' | 'error';
	/** Create requests that reached the provider; for Get Task, the one that somebody sent before. */
	readonly sent: number;
	/** Those of them that were accepted and charged. */
	readonly accepted: number;
	/** What the error says of the money. */
	readonly billed?: 'no' | 'unknown';
	/** Whether the last task that was accepted is named in what comes out. */
	readonly isTaskNamed: boolean;
	/** Whether the error holds what the provider answered: it may be all that there is of something paid for. */
	readonly isAnswerKept?: boolean;
	/** Whether a warning says that the request was sent again, and may be billed twice. */
	readonly isWarned: boolean;
}

/** n8n's own default. */
export const MAX_TRIES = 3;

/** Tries of one request within one try of the node, where only a connection or a pause is wanting. */
const TRIES_OF_A_CREATE = 4;

export function promiseOf(cell: Cell): Promised {
	switch (cell.kind) {
		case 'upload':
			return promiseOfUpload(cell);
		case 'create':
			return promiseOfCreate(cell);
		case 'query':
			return promiseOfQuery(cell);
		case 'download':
			return { ...success(cell), end: isHarmlessDownload(cell.fault) ? 'images' : 'links' };
		case 'callback':
			return { ...success(cell), end: DEAF.includes(cell.fault) ? 'open' : 'images' };
		case 'task':
			return promiseOfTask(cell);
	}
}

/** Whether there is anything to retry: n8n offers a person no retry of what succeeded, and a lasting fault is for retries. */
export function exists(cell: Cell): boolean {
	if (cell.operation === 'getTask' && cell.retry === 'moving') return false;
	if (cell.retry !== 'person' && cell.retry !== 'lasting') return true;
	return promiseOf({ ...cell, retry: 'none' }).end === 'error';
}

/** One request, accepted, and all is well. */
function success(cell: Cell): Promised {
	const end = cell.way === 'submit' && cell.provider === 'evolink' ? 'task' : 'images';
	return { end, sent: 1, accepted: 1, isTaskNamed: cell.provider === 'evolink', isWarned: false };
}

/** The tries that the fault makes fail. */
function failedTries(cell: Cell): number {
	return cell.retry === 'lasting' ? MAX_TRIES : 1;
}

function isTriedAgain(cell: Cell): boolean {
	return cell.retry !== 'none' && cell.retry !== 'lasting';
}

/** Nothing is sent before the reference is there, so nothing is paid for. */
function promiseOfUpload(cell: Cell): Promised {
	if (cell.fault === 'slow' || isTriedAgain(cell)) return success(cell);
	return { end: 'error', sent: 0, accepted: 0, billed: 'no', isTaskNamed: false, isWarned: false };
}

function promiseOfCreate(cell: Cell): Promised {
	const { fault, retry } = cell;
	const fine = success(cell);
	if (fault === 'slow') return fine;
	// The images of a stream that have come are handed on, whatever becomes of the rest.
	if (cell.way === 'stream' && fault === 'truncated') return fine;
	if (isCertainlyRefused(fault)) {
		const refused = failedTries(cell) * refusals(fault);
		if (isTriedAgain(cell)) return { ...fine, sent: refused + 1 };
		return {
			end: 'error',
			sent: refused,
			accepted: 0,
			billed: 'no',
			isTaskNamed: false,
			isWarned: false,
		};
	}
	const accepted = fault === 'cut before acceptance' ? 0 : 1;
	// A person looks at the account first. n8n's Retry On Fail does not: there it is never sent again.
	if (retry === 'person') return { ...fine, sent: 2, accepted: accepted + 1, isWarned: true };
	const isAnswerKept =
		retry === 'none' && (fault === 'not JSON' || fault === 'JSON of another shape');
	return {
		end: 'error',
		sent: 1,
		accepted,
		billed: 'unknown',
		isTaskNamed: false,
		isAnswerKept,
		isWarned: false,
	};
}

/** The provider says no, or was never reached. */
function isCertainlyRefused(fault: Fault): boolean {
	const status = statusOf(fault) ?? 0;
	return fault === 'refused' || (status >= 400 && status < 500 && status !== 408 && status !== 409);
}

/** How often the provider gets to say no within one try of the node. */
function refusals(fault: Fault): number {
	if (fault === 'refused') return 0;
	const mayPass = statusOf(fault) === 429 && (retryAfterOf(fault) ?? 0) <= 60;
	return mayPass ? TRIES_OF_A_CREATE : 1;
}

/** The task is paid for and its ID is known, whatever becomes of the reading. */
function promiseOfQuery(cell: Cell): Promised {
	const fine = success(cell);
	if (cell.fault === 'slow') return fine;
	// Asleep, the node counts what may pass as still open: no try fails, and at the deadline the ID comes out.
	if (cell.way === 'callback' && mayPass(cell.fault)) return { ...fine, end: 'open' };
	return isTriedAgain(cell) ? fine : { ...fine, end: 'error', billed: 'unknown' };
}

/** Whether a reading fails in such a way that the next one may well succeed. */
export function mayPass(fault: Fault): boolean {
	const status = statusOf(fault);
	if (status !== undefined) return status === 408 || status === 429 || status >= 500;
	return fault !== 'JSON of another shape' && fault !== 'slow';
}

/** A redirect is followed, as an image costs nothing and no key goes along. */
function isHarmlessDownload(fault: Fault): boolean {
	return fault === 'slow' || fault.startsWith('redirect');
}

/** Callbacks that the node never hears of. n8n itself refuses a body that is no JSON. */
const DEAF: readonly Fault[] = ['refused', 'cut before acceptance', 'hang', 'truncated'];

/**
 * A task that failed was refunded, so it is made anew, as often as Max Tries says in all. One that gives nothing may have been paid for:
 * another try finds the same.
 */
function promiseOfTask(cell: Cell): Promised {
	if (cell.fault === 'is completed without images')
		return { ...success(cell), end: 'error', billed: 'unknown' };
	const failed = failedTries(cell);
	if (isTriedAgain(cell)) return { ...success(cell), sent: failed + 1, accepted: failed + 1 };
	return {
		end: 'error',
		sent: failed,
		accepted: failed,
		billed: 'no',
		isTaskNamed: false,
		isWarned: false,
	};
}

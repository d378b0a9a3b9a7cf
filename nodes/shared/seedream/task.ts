import type { Billed } from './billed';
import type { ErrorCode } from './errorCodes';
import type { Layer } from './layers';
import { shownBody, type HttpResponse } from './http';
import { lookUp } from './objects';

export type TaskStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';

const SYNONYMS: Readonly<Record<string, TaskStatus>> = {
	pending: 'pending',
	starting: 'pending',
	waiting: 'pending',
	queuing: 'pending',
	in_queue: 'pending',
	queued: 'pending',
	submitted: 'pending',
	created: 'pending',
	processing: 'processing',
	running: 'processing',
	generating: 'processing',
	in_progress: 'processing',
	completed: 'completed',
	complete: 'completed',
	succeeded: 'completed',
	success: 'completed',
	failed: 'failed',
	fail: 'failed',
	timeout: 'failed',
	failure: 'failed',
	error: 'failed',
	cancelled: 'cancelled',
	canceled: 'cancelled',
	aborted: 'cancelled',
	deleted: 'cancelled',
};

/** One finished image: a link that dies, or the bytes as the provider sent them. */
export type ImageSource = { kind: 'url'; url: string } | { kind: 'base64'; data: string };

/** One image of a task. `index` counts from 0 over the images that were asked for. */
export interface TaskImage {
	index: number;
	source: ImageSource;
	/** Pixels, where the provider says them. */
	width?: number;
	height?: number;
	revisedPrompt?: string;
	/** Where it is one of the layers that an image was taken apart into. */
	layer?: Layer;
}

/** The code of a member of an image set in which neither an image nor an error can be found. */
export const UNREADABLE_IMAGE: ErrorCode = 'unreadable_image';

/** A member of an image set that the provider did not make, or that cannot be read. */
export interface FailedImage {
	index: number;
	code?: string;
	message: string;
}

/** The one normalised result of every provider. What is not known is left out. */
export interface ImageTask {
	/** Providers that answer in the same request give no ID. */
	id?: string;
	/** The provider's ID. */
	provider: string;
	model?: string;
	status: TaskStatus;
	/** 0 to 100. */
	progress?: number;
	/** Seconds that the provider expects the task to take. */
	estimatedSeconds?: number;
	images: TaskImage[];
	failedImages: FailedImage[];
	/** Why a failed task failed, in the provider's words. */
	problem?: { code?: string; message: string };
	/** Whether a task that ended without images is billed; absent: it is not. */
	billed?: Billed;
	/** ISO 8601. */
	createdAt?: string;
	/** ISO 8601; the links are dead from then on. */
	expiresAt?: string;
	usage?: Record<string, unknown>;
	/** What the user should know about how the provider answered. */
	warnings?: string[];
	requestId?: string;
	/** The body of an answer that calls the task completed and holds nothing that can be read. */
	response?: string;
}

/** A task whose ID is known, as in every report of one. */
export type TaskWithId = ImageTask & { id: string };

/**
 * The status that a provider's word stands for. A word that is not known counts as still
 * processing: waiting goes on to its deadline, and nothing that was paid for is given up.
 */
export function parseStatus(word: string): TaskStatus {
	return lookUp(SYNONYMS, word.toLowerCase()) ?? 'processing';
}

/** Whether nothing more will happen to a task with this status. */
export function hasEnded(status: TaskStatus): boolean {
	return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/** ISO 8601 from a time in ms since 1970, and the same `hours` later; nothing for a time that is not known. */
export function lifetime(
	createdMs: number | undefined,
	hours: number | undefined,
): Pick<ImageTask, 'createdAt' | 'expiresAt'> {
	const createdAt = isoTime(createdMs);
	if (createdMs === undefined || createdAt === undefined) return {};
	const expiresAt = hours === undefined ? undefined : isoTime(createdMs + hours * 3_600_000);
	return { createdAt, ...(expiresAt && { expiresAt }) };
}

/** Undefined for a time that no calendar has. */
function isoTime(ms: number | undefined): string | undefined {
	const time = new Date(ms ?? NaN);
	return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** A task that is completed and has nothing to show keeps the answer, in which the images may stand. */
export function withResponse(task: ImageTask, response: HttpResponse): ImageTask {
	const isEmpty = task.images.length === 0 && task.status === 'completed';
	return isEmpty ? { ...task, response: shownBody(response) } : task;
}

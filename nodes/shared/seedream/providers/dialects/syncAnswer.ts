import { z } from 'zod/v4';
import type { SeedreamError } from '../../errors';
import type { HttpAnswer } from '../../http';
import { jsonObject } from '../../json';
import { failure, success, type Outcome } from '../../result';
import { lifetime, type ImageTask } from '../../task';
import { requestIdOf, unreadable } from './errorHints';
import { readErrorBody } from './errorBody';
import { isEventStream, readEvents } from './events';
import { readImageList, type ImageList } from './imageList';
import type { ProviderId } from '../provider';

/** Who answers a request with the finished images. */
export interface Seller {
	id: ProviderId;
	name: string;
	/** Hours for which the links live, where that is known. */
	linkHours?: number;
	/** Whether an error in place of all images, in an answer that accepts the request, is sure not to be billed. */
	errorsAreFree: boolean;
	readError(answer: HttpAnswer): SeedreamError;
}

const headSchema = z.looseObject({
	model: z.string().optional().catch(undefined),
	created: z.number().optional().catch(undefined),
	usage: z.unknown(),
	data: z.unknown(),
});

/** A finished task from an answer of the form `{created, data: […]}`, or from a stream of events. */
export function readSyncAnswer(seller: Seller, answer: HttpAnswer): Outcome<ImageTask> {
	if (isEventStream(answer.text)) return readEventStream(seller, answer);
	const head = headSchema.safeParse(answer.body).data;
	const list = readImageList(head?.data);
	if (isEmpty(list)) return withoutImages(seller, answer);
	const { model, created, usage } = head ?? {};
	return success(finishedTask(seller, answer, list, { model, created, usage: jsonObject(usage) }));
}

/** A finished task from a stream of events, as far as it came: what has arrived is kept. */
export function readEventStream(seller: Seller, answer: HttpAnswer): Outcome<ImageTask> {
	const { isComplete, error, images, failedImages, ...head } = readEvents(answer.text);
	const list = { images, failedImages };
	if (isEmpty(list) && error !== undefined) {
		return failure({
			...seller.readError({ ...answer, body: { error } }),
			billed: seller.errorsAreFree ? 'no' : 'unknown',
		});
	}
	if (isEmpty(list)) return failure(unreadable(seller.id, seller.name, answer));
	return success({
		...finishedTask(seller, answer, list, head),
		...(!isComplete && { remarks: [endedEarly(error)] }),
	});
}

function isEmpty({ images, failedImages }: ImageList): boolean {
	return images.length + failedImages.length === 0;
}

function withoutImages(seller: Seller, answer: HttpAnswer): Outcome<ImageTask> {
	const { code, message } = readErrorBody(answer.body);
	const isError = code !== undefined || message !== undefined;
	return failure(
		seller.errorsAreFree && isError
			? { ...seller.readError(answer), billed: 'no' }
			: unreadable(seller.id, seller.name, answer),
	);
}

function finishedTask(
	{ id, linkHours }: Seller,
	answer: HttpAnswer,
	list: ImageList,
	head: { model?: string; created?: number; usage?: Record<string, unknown> },
): ImageTask {
	const requestId = requestIdOf(answer);
	return {
		provider: id,
		status: 'completed',
		...list,
		...lifetime(head.created, linkHours),
		...(head.model && { model: head.model }),
		...(head.usage && { usage: head.usage }),
		...(requestId && { requestId }),
	};
}

function endedEarly(error: unknown): string {
	const { code, message } = readErrorBody({ error });
	const reason = [code, message].filter(Boolean).join(': ');
	return `The stream of images ended early${reason && ` (${reason})`}. What had arrived by then is kept.`;
}

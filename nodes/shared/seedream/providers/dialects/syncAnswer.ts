import { z } from 'zod/v4';
import { unreadableResponseError } from '../../commonErrors';
import { requestIdOf, type HttpResponse } from '../../http';
import { asObject } from '../../objects';
import { once } from '../../once';
import { failure, success, type Result } from '../../result';
import { lifetime, type ImageTask } from '../../task';
import type { Provider } from '../provider';
import { parseRelayedErrorBody } from './errorBody';
import { isEventStream, parseEvents } from './events';
import { parseImageList, type ImageList } from './imageList';
import { lenientNumber, lenientText } from './lenient';

/** What is known of the answers of a provider that answers with the finished images. */
export interface AnswerFacts {
	/** Hours for which the links live, where that is known. */
	linkHours?: number;
	/** Whether an error in place of all images, in an answer that accepts the request, is sure not to be billed. */
	areErrorsFree?: boolean;
}

/** What an answer says of the whole. */
interface Head {
	model?: string;
	/** Seconds since 1970. */
	created?: number;
	usage?: Record<string, unknown>;
}

type Answering = Pick<Provider, 'id' | 'name' | 'parseError'>;

const headSchema = once(() =>
	z.looseObject({
		model: lenientText(),
		created: lenientNumber(),
		usage: z.unknown(),
		data: z.unknown(),
	}),
);

/** A finished task from an answer of the form `{created, data: […]}`, or from a stream of events. */
export function parseSyncResponse(
	provider: Answering,
	response: HttpResponse,
	facts: AnswerFacts = {},
): Result<ImageTask> {
	if (isEventStream(response.text)) return parseEventStream(provider, response, facts);
	const head = headSchema().safeParse(response.body).data;
	const list = parseImageList(head?.data);
	if (isEmpty(list)) return withoutImages(provider, response, facts);
	const { model, created, usage } = head ?? {};
	return success(
		finishedTask(provider, response, facts, {
			...list,
			model,
			created,
			usage: asObject(usage),
		}),
	);
}

/** A finished task from a stream of events, as far as it came: what has arrived is kept. */
export function parseEventStream(
	provider: Answering,
	response: HttpResponse,
	facts: AnswerFacts = {},
): Result<ImageTask> {
	const { isComplete, error, images, failedImages, ...head } = parseEvents(response.text);
	const list = { images, failedImages };
	if (isEmpty(list) && error !== undefined) {
		return failure({
			...provider.parseError({ ...response, body: { error } }),
			billed: facts.areErrorsFree ? 'no' : 'unknown',
		});
	}
	if (isEmpty(list)) return failure(unreadableResponseError(provider, response));
	return success({
		...finishedTask(provider, response, facts, { ...list, ...head }),
		...(!isComplete && { warnings: [endedEarly(error)] }),
	});
}

function isEmpty({ images, failedImages }: ImageList): boolean {
	return images.length + failedImages.length === 0;
}

function withoutImages(
	provider: Answering,
	response: HttpResponse,
	facts: AnswerFacts,
): Result<ImageTask> {
	const { code, message } = parseRelayedErrorBody(response.body);
	const isError = code !== undefined || message !== undefined;
	return failure(
		facts.areErrorsFree && isError
			? { ...provider.parseError(response), billed: 'no' }
			: unreadableResponseError(provider, response),
	);
}

function finishedTask(
	{ id }: Answering,
	response: HttpResponse,
	{ linkHours }: AnswerFacts,
	{ images, failedImages, model, created, usage }: ImageList & Head,
): ImageTask {
	const requestId = requestIdOf(response);
	return {
		provider: id,
		status: 'completed',
		images,
		failedImages,
		...lifetime((created ?? NaN) * 1000, linkHours),
		...(model && { model }),
		...(usage && { usage }),
		...(requestId && { requestId }),
	};
}

function endedEarly(error: unknown): string {
	const { code, message } = parseRelayedErrorBody({ error });
	const reason = [code, message].filter(Boolean).join(': ');
	return `The stream of images ended early${reason && ` (${reason})`}. What had arrived by then is kept.`;
}

import { z } from 'zod/v4';
import type { HttpAnswer } from '../http';
import { jsonObject } from '../json';
import { lifetime, type ImageTask } from '../task';
import { requestIdOf } from './advice';
import { readImageList } from './imageList';
import type { ProviderId } from './provider';

const headSchema = z.looseObject({
	model: z.string().optional().catch(undefined),
	created: z.number().optional().catch(undefined),
	usage: z.unknown(),
	data: z.unknown(),
});

/**
 * A finished task from an answer of the form `{created, data: […]}`. `linkHours`: how long the
 * links live, where that is known. Undefined when the answer holds neither images nor errors.
 */
export function readSyncAnswer(
	provider: ProviderId,
	answer: HttpAnswer,
	linkHours?: number,
): ImageTask | undefined {
	const head = headSchema.safeParse(answer.body).data;
	if (!head) return undefined;
	const list = readImageList(head.data);
	if (list.images.length + list.failedImages.length === 0) return undefined;
	const usage = jsonObject(head.usage);
	const requestId = requestIdOf(answer);
	return {
		provider,
		status: 'completed',
		...list,
		...lifetime(head.created, linkHours),
		...(head.model && { model: head.model }),
		...(usage && { usage }),
		...(requestId && { requestId }),
	};
}

import { z } from 'zod/v4';
import type { Billed } from '../../billed';
import { unreadableResponseError } from '../../commonErrors';
import { requestIdOf, type HttpResponse } from '../../http';
import { asObject, parseJson } from '../../objects';
import { once } from '../../once';
import { failure, success, type Result } from '../../result';
import { lifetime, parseStatus, type ImageTask, type TaskWithId } from '../../task';
import { parseBothLists } from '../dialects/imageList';
import { lenientCode, lenientNumber, lenientText } from '../dialects/lenient';

/** The provider as items and errors name it. */
export const KIE = { id: 'kie', name: 'Kie.ai' };

const idSchema = once(() => z.union([z.string().min(1), z.number().transform(String)]));

/** A task as the create request, the query and the callback give it (Kie.ai docs, market/common/get-task-detail). */
const taskSchema = once(() =>
	z.looseObject({
		data: z.looseObject({
			taskId: idSchema(),
			model: lenientText(),
			state: lenientText(),
			resultJson: z.unknown(),
			failCode: lenientCode(),
			failMsg: lenientText(),
			createTime: lenientNumber(),
			creditsConsumed: lenientNumber(),
		}),
	}),
);

/** How long links live is told in three ways (24 hours, 14 days, 20 minutes): nothing is said of it. */
export function parseTask(response: HttpResponse): Result<ImageTask> {
	const data = taskSchema().safeParse(response.body).data?.data;
	if (!data) return failure(unreadableResponseError(KIE, response));
	const { creditsConsumed, failCode, failMsg, model } = data;
	const status = parseStatus(data.state ?? 'waiting');
	const requestId = requestIdOf(response);
	return success({
		id: data.taskId,
		provider: KIE.id,
		status,
		...imagesIn(data.resultJson),
		...lifetime(data.createTime, undefined),
		...(model && { model }),
		...(status === 'failed' && {
			problem: {
				message: failMsg || 'Kie.ai gives no reason',
				...(failCode && { code: String(failCode) }),
			},
			billed: (creditsConsumed === 0 ? 'no' : 'unknown') satisfies Billed,
		}),
		...(creditsConsumed !== undefined && { usage: { creditsConsumed } }),
		...(requestId && { requestId }),
	});
}

/** JSON within the JSON: links, and for layers what each is. */
function imagesIn(resultJson: unknown): Pick<ImageTask, 'images' | 'failedImages'> {
	const result = typeof resultJson === 'string' ? parseJson(resultJson) : resultJson;
	const { resultUrls, resultObject } = asObject(result) ?? {};
	return parseBothLists(resultUrls, asObject(resultObject)?.layers_data);
}

/** A report says which task and how it stands; an answer to a request may say less. */
const reportSchema = once(() =>
	z.looseObject({ data: z.looseObject({ taskId: idSchema(), state: z.string() }) }),
);

/** A callback carries what the query answers (Kie.ai docs, the callback of market/seedream/5-pro-text-to-image). */
export function parseReport(body: unknown): TaskWithId | undefined {
	const report = reportSchema().safeParse(body).data?.data;
	const task = parseTask({ status: 200, headers: {}, body, text: '' });
	return report && task.ok ? { ...task.value, id: report.taskId } : undefined;
}

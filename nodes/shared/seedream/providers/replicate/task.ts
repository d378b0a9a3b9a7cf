import { z } from 'zod/v4';
import { unreadableResponseError } from '../../commonErrors';
import { requestIdOf, type HttpResponse } from '../../http';
import { asObject } from '../../objects';
import { once } from '../../once';
import { failure, success, type Result } from '../../result';
import { lifetime, parseStatus, type ImageTask, type TaskWithId } from '../../task';
import { parseImageList } from '../dialects/imageList';
import { lenientText } from '../dialects/lenient';
import { codeIn, REMOVED, REPLICATE } from './errors';

/** Hours after which input, output and files are wiped (replicate.com/docs, Data retention). */
const LINK_HOURS = 1;

/** The ID is all that is needed to keep a prediction that was paid for. */
const predictionSchema = once(() =>
	z.looseObject({
		id: z.string().min(1),
		status: lenientText(),
		model: lenientText(),
		created_at: lenientText(),
		error: lenientText(),
		output: z.unknown(),
		metrics: z.unknown(),
		data_removed: z.unknown(),
	}),
);

type Prediction = z.infer<ReturnType<typeof predictionSchema>>;

/** Reads a prediction as the create request, the query and the webhook give it. */
export function parseTask(response: HttpResponse): Result<ImageTask> {
	const prediction = predictionSchema().safeParse(response.body).data;
	if (!prediction) return failure(unreadableResponseError(REPLICATE, response));
	const requestId = requestIdOf(response);
	return success({ ...taskOf(prediction), ...(requestId && { requestId }) });
}

function taskOf(prediction: Prediction): TaskWithId {
	const { id, status: word = '', model, created_at: createdAt = '', error, metrics } = prediction;
	const code = error === undefined ? undefined : codeIn(error);
	const usage = asObject(metrics);
	const status = parseStatus(word);
	const isWiped = status === 'completed' && prediction.data_removed === true;
	return {
		id,
		provider: REPLICATE.id,
		status,
		...parseImageList(prediction.output ?? undefined),
		...lifetime(Date.parse(createdAt), LINK_HOURS),
		...(model && { model }),
		...(error && { problem: { message: error, ...(code && { code }) } }),
		...(usage && { usage }),
		// Of a run that was aborted before it began this is documented, of one that failed nothing is.
		billed: word === 'aborted' ? 'no' : 'unknown',
		...(isWiped && WIPED),
	};
}

/** What there was is paid for and gone. */
const WIPED: Pick<ImageTask, 'images' | 'failedImages' | 'billed'> = {
	images: [],
	failedImages: [
		{ index: 0, code: REMOVED, message: 'they are removed after an hour, and these are gone' },
	],
	billed: 'yes',
};

/** A webhook carries the prediction as the query gives it (replicate.com/docs, Receive webhooks). */
export function parseReport(body: unknown): TaskWithId | undefined {
	const prediction = predictionSchema().safeParse(body).data;
	return prediction?.status === undefined ? undefined : taskOf(prediction);
}

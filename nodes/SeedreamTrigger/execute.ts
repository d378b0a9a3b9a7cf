import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connect } from '../shared/n8n/transport/connection';
import { readAccount } from '../shared/n8n/transport/credentials';
import { deliver } from '../shared/n8n/output/deliver';
import { errorDetails, INVALID_REQUEST, nodeError } from '../shared/n8n/errors';
import { Parameters } from '../shared/n8n/parameterReader';
import { readDelivery, type Delivery } from '../Seedream/request/runSettings';
import { readCallback, reportedTaskId } from '../shared/seedream/callback';
import type { Connection } from '../shared/seedream/client';
import { noTasks, taskFailure } from '../shared/seedream/failures';
import { failure, success, type Outcome } from '../shared/seedream/result';
import type { ImageTask } from '../shared/seedream/task';
import { isFirstTime } from './dedupe';
import { readEnd } from './confirmEnd';
import { isUnknownTask } from './unknownTask';

/** What the user has set about whom to believe. */
interface Trust {
	/** Whether anybody may call. */
	isOpenToAnybody: boolean;
	confirmsWithApi: boolean;
}

const NOT_DOWNLOADED =
	'The images were not downloaded: anybody may call this URL, and nobody has confirmed where the links lead.';

/**
 * The items that a callback starts the workflow with: the truth from the API, each end once, with
 * its images. Nothing for an event that is not wanted, was seen, or is not true.
 * @throws NodeApiError or NodeOperationError when the task cannot be read.
 */
export async function handOn(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const [callback] = context.getInputData();
	if (!callback) return [];
	const delivery = readTriggerDelivery(context);
	const trust = readTrust(context);
	const connection = connect(context, await readAccount(context));
	const outcome = await readReported(connection, callback.json.body, trust);
	if (!outcome.ok) {
		if (trust.isOpenToAnybody && isUnknownTask(outcome.error)) return [];
		throw nodeError(context.getNode(), outcome.error, 0);
	}
	const task = outcome.value;
	if (!isWanted(context, task)) return [];
	if (!(await isNew(context, task))) return [];
	const items = await makeItems(context, connection, task, delivery, trust);
	const { context: callbackContext } = callback.json;
	return items.map((item) => ({
		...item,
		json: { ...item.json, ...(callbackContext !== undefined && { context: callbackContext }) },
	}));
}

/** @throws NodeOperationError when a field cannot be read. */
function readTriggerDelivery(context: IExecuteFunctions): Delivery {
	const parameters = new Parameters(context, 0);
	const delivery = readDelivery(context, parameters);
	if (parameters.problems.length === 0) return delivery;
	const error = {
		message: parameters.problems.map(({ text }) => text).join(' '),
		advice: 'Correct it, then retry this execution: the end of the task is not lost.',
		code: INVALID_REQUEST,
		retryable: false,
		billed: 'unknown',
	} as const;
	throw nodeError(context.getNode(), error, 0);
}

function readTrust(context: IExecuteFunctions): Trust {
	return {
		isOpenToAnybody: context.getNodeParameter('authentication', 0, 'signedUrl') === 'none',
		confirmsWithApi: context.getNodeParameter('confirmWithApi', 0, true) !== false,
	};
}

/** The task as the API says, or, where that is not wanted, as the callback says. */
async function readReported(
	connection: Connection,
	body: unknown,
	{ confirmsWithApi }: Trust,
): Promise<Outcome<ImageTask>> {
	const reported = readCallback(connection.provider, body);
	if (!reported) return failure({ ...noTasks(connection.provider, reportedTaskId(body) ?? ''), billed: 'unknown' });
	return confirmsWithApi ? await readEnd(connection, reported) : success(reported);
}

/** An event is the end of a task; one that is still open has none. */
function isWanted(context: IExecuteFunctions, task: ImageTask): boolean {
	const events = context.getNodeParameter('events', 0, []);
	return Array.isArray(events) && events.some((event) => event === task.status);
}

/**
 * A test from the editor is always new, so that it can be repeated; so is what a person retries,
 * as nobody knows how far the first run came.
 */
async function isNew(context: IExecuteFunctions, task: ImageTask): Promise<boolean> {
	const mode = context.getMode();
	if (mode === 'manual' || context.getNodeParameter('deduplicate', 0, true) === false) return true;
	const isFirst = await isFirstTime(context, `${task.id ?? ''}:${task.status}`);
	return isFirst || mode === 'retry';
}

async function makeItems(
	context: IExecuteFunctions,
	connection: Connection,
	task: ImageTask,
	delivery: Delivery,
	{ isOpenToAnybody, confirmsWithApi }: Trust,
): Promise<INodeExecutionData[]> {
	const isUntrusted = isOpenToAnybody && !confirmsWithApi && delivery.download;
	const deliverable = {
		task,
		warnings: isUntrusted ? [NOT_DOWNLOADED] : [],
		items: [0],
		delivery: isUntrusted ? { ...delivery, download: false } : delivery,
	};
	const [delivered] = await deliver(context, connection, [deliverable], 1);
	if (delivered && !delivered.ok) throw nodeError(context.getNode(), delivered.error, 0);
	const items = delivered?.value ?? [];
	const error = taskFailure(task, connection.provider);
	return error
		? items.map((item) => ({ ...item, json: { ...item.json, error: errorDetails(error) } }))
		: items;
}

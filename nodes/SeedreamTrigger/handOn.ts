import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connect } from '../shared/n8n/connection';
import { readAccount } from '../shared/n8n/credentials';
import { deliver } from '../shared/n8n/deliver';
import { errorDetails, nodeError } from '../shared/n8n/errors';
import { Parameters } from '../shared/n8n/parameters';
import { readDelivery } from '../shared/n8n/settings';
import { readCallback } from '../shared/seedream/callback';
import { readTask, type Connection } from '../shared/seedream/client';
import { mayStillEnd, noTasks, taskFailure } from '../shared/seedream/failures';
import { failure, success, type Outcome } from '../shared/seedream/outcome';
import type { ImageTask } from '../shared/seedream/task';
import { isFirstTime } from './dedupe';

/**
 * The items that a callback starts the workflow with: the truth from the API, each end once, with
 * its images. Nothing for an event that is not wanted, was seen, or is not true.
 * @throws NodeApiError or NodeOperationError when the task cannot be read.
 */
export async function handOn(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const [callback] = context.getInputData();
	if (!callback) return [];
	const connection = connect(context, await readAccount(context));
	const outcome = await readReported(context, connection, callback.json.body);
	if (!outcome.ok) throw nodeError(context.getNode(), outcome.error, 0);
	const task = outcome.value;
	if (!isWanted(context, task)) return [];
	if (!(await isNew(context, task))) return [];
	const items = await makeItems(context, connection, task);
	const { context: callbackContext } = callback.json;
	return items.map((item) => ({
		...item,
		json: { ...item.json, ...(callbackContext !== undefined && { context: callbackContext }) },
	}));
}

/** The task as the API says, or, where that is not wanted, as the callback says. */
async function readReported(
	context: IExecuteFunctions,
	connection: Connection,
	body: unknown,
): Promise<Outcome<ImageTask>> {
	const reported = readCallback(connection.provider, body);
	if (!reported) return failure(noTasks(connection.provider, ''));
	const isTrusted = context.getNodeParameter('confirmWithApi', 0, true) === false;
	if (isTrusted) return success(reported);
	const read = await readTask(connection, reported.id);
	return read.ok ? read : failure(mayStillEnd(read.error, reported.id));
}

/** An event is the end of a task; one that is still open has none. */
function isWanted(context: IExecuteFunctions, task: ImageTask): boolean {
	const events = context.getNodeParameter('events', 0, []);
	return Array.isArray(events) && events.some((event) => event === task.status);
}

/** A test from the editor is always new, so that it can be repeated. */
async function isNew(context: IExecuteFunctions, task: ImageTask): Promise<boolean> {
	const isTest = context.getMode() === 'manual';
	if (isTest || context.getNodeParameter('deduplicate', 0, true) === false) return true;
	return await isFirstTime(context, `${task.id ?? ''}:${task.status}`);
}

async function makeItems(
	context: IExecuteFunctions,
	connection: Connection,
	task: ImageTask,
): Promise<INodeExecutionData[]> {
	const delivery = readDelivery(context, new Parameters(context, 0));
	const [items = []] = await deliver(
		context,
		connection,
		[{ task, warnings: [], items: [0], delivery }],
		1,
	);
	const error = taskFailure(task, connection.provider);
	return error
		? items.map((item) => ({ ...item, json: { ...item.json, error: errorDetails(error) } }))
		: items;
}

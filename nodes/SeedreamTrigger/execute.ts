import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorDetails, nodeError } from '../shared/n8n/errors';
import { deliver } from '../shared/n8n/output/deliver';
import { connect } from '../shared/n8n/transport/connection';
import { getSeedreamCredentials } from '../shared/n8n/transport/credentials';
import { parseCallback, reportedTaskId } from '../shared/seedream/callback';
import { noTasksError, taskError } from '../shared/seedream/commonErrors';
import type { Connection } from '../shared/seedream/connection';
import { failure, success, type Result } from '../shared/seedream/result';
import type { ImageTask } from '../shared/seedream/task';
import { confirmEnd, isUnknownTask } from './confirmEnd';
import { isFirstTime } from './dedupe';
import { reportIn, type Report } from './report';
import { getTriggerSettings, type TriggerSettings } from './settings';

const NOT_DOWNLOADED =
	'The images were not downloaded: anybody may call this URL, and nobody has confirmed where the links lead.';

/**
 * The items that a callback starts the workflow with: the truth from the API, each end once, with
 * its images. Nothing for an event that is not wanted, was seen, or is not true.
 * @throws NodeApiError or NodeOperationError when a field or the task cannot be read.
 */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const [callback] = context.getInputData();
	if (!callback) return [];
	const settings = getTriggerSettings(context);
	const connection = connect(context, await getSeedreamCredentials(context));
	const outcome = await fetchReported(connection, reportIn(callback.json), settings);
	if (!outcome.ok) {
		if (settings.isOpenToAnybody && isUnknownTask(outcome.error)) return [];
		throw nodeError(context.getNode(), outcome.error, 0);
	}
	const task = outcome.value;
	// An event is the end of a task; one that is still open has none.
	if (!settings.events.includes(task.status)) return [];
	if (!(await isNew(context, task, settings))) return [];
	const items = await makeItems(context, connection, task, settings);
	const { context: callbackContext } = callback.json;
	return items.map((item) => ({
		...item,
		json: { ...item.json, ...(callbackContext !== undefined && { context: callbackContext }) },
	}));
}

/** The task as the API says, or, where that is not wanted, as the callback says. */
async function fetchReported(
	connection: Connection,
	{ body, scope }: Report,
	{ confirmsWithApi }: TriggerSettings,
): Promise<Result<ImageTask>> {
	const { provider } = connection;
	const reported = parseCallback(provider, body, scope);
	if (reported) return confirmsWithApi ? await confirmEnd(connection, reported) : success(reported);
	return failure({
		...noTasksError(provider, reportedTaskId(body, scope) ?? ''),
		billed: 'unknown',
	});
}

/**
 * A test from the editor is always new, so that it can be repeated; so is what a person retries,
 * as nobody knows how far the first run came.
 */
async function isNew(
	context: IExecuteFunctions,
	task: ImageTask,
	{ deduplicates }: TriggerSettings,
): Promise<boolean> {
	const mode = context.getMode();
	if (mode === 'manual' || !deduplicates) return true;
	const isFirst = await isFirstTime(context, `${task.id ?? ''}:${task.status}`);
	return isFirst || mode === 'retry';
}

async function makeItems(
	context: IExecuteFunctions,
	connection: Connection,
	task: ImageTask,
	{ isOpenToAnybody, confirmsWithApi, output }: TriggerSettings,
): Promise<INodeExecutionData[]> {
	const isUntrusted = isOpenToAnybody && !confirmsWithApi && output.download;
	const result = {
		items: [0],
		outcome: success(task),
		warnings: isUntrusted ? [NOT_DOWNLOADED] : [],
		output: isUntrusted ? { ...output, download: false } : output,
	};
	const [delivered] = await deliver(context, connection, [result], 1);
	if (delivered && !delivered.ok) throw nodeError(context.getNode(), delivered.error, 0);
	const items = delivered?.value ?? [];
	const error = taskError(task, connection.provider);
	return error
		? items.map((item) => ({ ...item, json: { ...item.json, error: errorDetails(error) } }))
		: items;
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NOTHING_REMAINS, type Remains } from '../../shared/n8n/endRun';
import { nodeError } from '../../shared/n8n/errors';
import {
	downloadField,
	getOutputOptions,
	type OutputOptions,
} from '../../shared/n8n/output/outputFields';
import type { TaskResult } from '../../shared/n8n/output/taskResult';
import { readParameters, type ParameterReader } from '../../shared/n8n/parameterReader';
import { connect } from '../../shared/n8n/transport/connection';
import { getSeedreamCredentials } from '../../shared/n8n/transport/credentials';
import { noTasksError } from '../../shared/seedream/commonErrors';
import type { Connection } from '../../shared/seedream/connection';
import type { OwnError } from '../../shared/seedream/errors';
import { fetchTask } from '../../shared/seedream/fetchTask';
import { inParallel } from '../../shared/seedream/parallel';
import type { Provider } from '../../shared/seedream/providers';
import { failure } from '../../shared/seedream/result';
import type { Problem } from '../../shared/seedream/validation/problem';
import { optionsField } from '../fields/options';
import { getRunSettings } from '../request/runContext';
import { collect } from '../tasks/collect';
import { pickUp, waitForResults } from '../tasks/wait';
import type { Operation } from './operation';

const taskIdField: INodeProperties = {
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. task-unified-1757165031-seedream4d',
	description:
		'The ID that a submitted request gave. Several may be separated by commas or come as a list from an expression.',
};

const waitUntilDoneField: INodeProperties = {
	displayName: 'Wait Until Done',
	name: 'waitUntilDone',
	type: 'boolean',
	default: false,
	description: 'Whether to ask again at intervals until the images are done',
};

function getTaskIds(reader: ParameterReader): string[] {
	return reader.list(taskIdField, (text) => text.split(/[\s,]+/));
}

/** One task that an input item asks for. */
interface Query {
	item: number;
	taskId: string;
	output: OutputOptions;
	/** Why it cannot be asked for; absent when it can. */
	error?: OwnError;
}

/** Reads the tasks of all items, waits for them where asked, and hands them on. */
async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (context.getInputData().length === 0) return [];
	const run = readParameters(context, 0, (reader) => ({
		settings: getRunSettings(context, reader),
		waitsUntilDone: reader.flag(waitUntilDoneField),
	}));
	const { settings, waitsUntilDone } = run.value;
	const credentials = await getSeedreamCredentials(context);
	const connection = connect(context, credentials);
	const queries = getQueries(context, credentials.provider, run.problems);
	const invalid = queries.find(({ error }) => error);
	if (invalid?.error && !settings.continueOnFail) {
		throw nodeError(context.getNode(), invalid.error, invalid.item);
	}
	const fetched = await inParallel(
		queries,
		settings.concurrency,
		async (query) => await runQuery(connection, query, waitsUntilDone),
	);
	const results = waitsUntilDone
		? await waitForResults(context, connection, fetched, settings)
		: fetched;
	return await collect(context, connection, results, settings);
}

function getQueries(
	context: IExecuteFunctions,
	provider: Provider,
	runProblems: readonly Problem[],
): Query[] {
	return context.getInputData().flatMap((_, item) => {
		const { value, problems } = readParameters(context, item, (reader) => {
			const output = getOutputOptions(context, reader);
			const taskIds = getTaskIds(reader);
			if (taskIds.length === 0) reader.addProblem('Task ID is empty. Enter the ID of a task.');
			return { output, taskIds };
		});
		const { output, taskIds } = value;
		const texts = [...runProblems, ...problems].map(({ text }) => text);
		if (texts.length > 0) {
			const error = invalidQueryError(provider, [...new Set(texts)].join(' '));
			return [{ item, taskId: '', output, error }];
		}
		return taskIds.map((taskId) => {
			const error = taskIdError(provider, taskId);
			return { item, taskId, output, ...(error && { error }) };
		});
	});
}

function taskIdError(provider: Provider, taskId: string): OwnError | undefined {
	if (!provider.tasks) return noTasksError(provider, taskId);
	const problem = provider.tasks.idProblem(taskId);
	return problem === undefined ? undefined : invalidQueryError(provider, problem);
}

function invalidQueryError(provider: Provider, message: string): OwnError {
	return {
		message,
		hint: 'Take the ID from the field taskId of the item that submitted the task.',
		code: 'invalid_request',
		provider: provider.id,
		retryable: false,
		billed: 'no',
	};
}

async function runQuery(
	connection: Connection,
	{ item, taskId, output, error }: Query,
	waitsUntilDone: boolean,
): Promise<TaskResult> {
	const read = waitsUntilDone ? pickUp : fetchTask;
	const outcome = error ? failure(error) : await read(connection, taskId);
	return { items: [item], outcome, warnings: [], output };
}

/** The tasks that are asked for, which others have paid for. */
function remains(context: IExecuteFunctions): Remains {
	const taskIds = context
		.getInputData()
		.flatMap((_, item) => readParameters(context, item, getTaskIds).value);
	return { ...NOTHING_REMAINS, taskIds };
}

export const getTask: Operation = {
	option: {
		name: 'Get Task',
		value: 'getTask',
		description: 'Get the state of a submitted task, with its images when they are done',
		action: 'Get task',
	},
	fields: [taskIdField, waitUntilDoneField, downloadField, optionsField],
	execute,
	remains,
};

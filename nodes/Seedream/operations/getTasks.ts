import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readTask, type Connection } from '../../shared/seedream/client';
import type { SeedreamError } from '../../shared/seedream/errors';
import { noTasks } from '../../shared/seedream/failures';
import { failure } from '../../shared/seedream/result';
import { inParallel } from '../../shared/seedream/parallel';
import type { Problem } from '../../shared/seedream/validation/problem';
import type { Provider } from '../../shared/seedream/providers';
import { collect, type Result } from '../tasks/collect';
import { connect } from '../../shared/n8n/transport/connection';
import { readAccount } from '../../shared/n8n/transport/credentials';
import { INVALID_REQUEST, nodeError, NOTHING_REMAINS, type Remains } from '../../shared/n8n/errors';
import { Parameters } from '../../shared/n8n/parameterReader';
import { readDelivery, readRunSettings, type Delivery } from '../request/runSettings';
import { waitForResults } from '../tasks/wait';

/** One task that an input item asks for. */
interface Query {
	item: number;
	taskId: string;
	delivery: Delivery;
	/** Why it cannot be asked for; absent when it can. */
	refusal?: SeedreamError;
}

/** The tasks that are asked for, which others have paid for. */
export function askedTasks(context: IExecuteFunctions): Remains {
	const taskIds = context
		.getInputData()
		.flatMap((_, item) => taskIdsOf(new Parameters(context, item)));
	return { ...NOTHING_REMAINS, taskIds };
}

function taskIdsOf(parameters: Parameters): string[] {
	return parameters.list('taskId', (text) => text.split(/[\s,]+/));
}

/** Runs Get Task: reads the tasks of all items, waits for them where asked, and hands them on. */
export async function getTasks(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (context.getInputData().length === 0) return [];
	const parameters = new Parameters(context, 0);
	const settings = readRunSettings(context, parameters);
	const waitsUntilDone = parameters.flag('waitUntilDone', 'Wait Until Done', false);
	const account = await readAccount(context);
	const connection = connect(context, account);
	const queries = readQueries(context, account.provider, parameters.problems);
	const refused = queries.find(({ refusal }) => refusal);
	if (refused?.refusal && !settings.continueOnFail) {
		throw nodeError(context.getNode(), refused.refusal, refused.item);
	}
	const read = await inParallel(queries, settings.concurrency, async (query) =>
		await runQuery(connection, query),
	);
	const results = waitsUntilDone
		? await waitForResults(context, connection, read, settings)
		: read;
	return await collect(context, connection, results, settings);
}

function readQueries(
	context: IExecuteFunctions,
	provider: Provider,
	runProblems: readonly Problem[],
): Query[] {
	return context.getInputData().flatMap((_, item) => {
		const parameters = new Parameters(context, item);
		const delivery = readDelivery(context, parameters);
		const taskIds = taskIdsOf(parameters);
		if (taskIds.length === 0) parameters.refuse('Task ID is empty. Enter the ID of a task.');
		const texts = [...runProblems, ...parameters.problems].map(({ text }) => text);
		if (texts.length > 0) {
			const refusal = invalid(provider, [...new Set(texts)].join(' '));
			return [{ item, taskId: '', delivery, refusal }];
		}
		return taskIds.map((taskId) => {
			const refusal = refusalFor(provider, taskId);
			return { item, taskId, delivery, ...(refusal && { refusal }) };
		});
	});
}

function refusalFor(provider: Provider, taskId: string): SeedreamError | undefined {
	if (!provider.tasks) return noTasks(provider, taskId);
	const problem = provider.tasks.idProblem(taskId);
	return problem === undefined ? undefined : invalid(provider, problem);
}

function invalid(provider: Provider, message: string): SeedreamError {
	return {
		message,
		advice: 'Take the ID from the field taskId of the item that submitted the task.',
		code: INVALID_REQUEST,
		provider: provider.id,
		retryable: false,
		billed: 'no',
	};
}

async function runQuery(connection: Connection, query: Query): Promise<Result> {
	const { item, taskId, delivery, refusal } = query;
	const outcome = refusal ? failure(refusal) : await readTask(connection, taskId);
	return { items: [item], outcome, warnings: [], delivery, isOwn: false };
}

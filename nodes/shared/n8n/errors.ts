import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type IPairedItemData,
} from 'n8n-workflow';
import { fetchTaskAdvice, type SeedreamError } from '../seedream/errors';
import { isTool } from '../../Seedream/tasks/execution';
import { endSentence, messageOf, toText } from './text';

/** The codes of errors that this package finds before anything is sent. */
export const INVALID_REQUEST = 'invalid_request';
export const INVALID_CREDENTIALS = 'invalid_credentials';

/** What this package has said of an error that it made itself, by the thrown error. */
const saidOf = new WeakMap<Error, IDataObject>();

/** An error as workflows see it, under `error` of an error item and in a thrown error's context. */
export function errorDetails(error: SeedreamError): IDataObject {
	const { message, advice, failedImages, ...facts } = error;
	return {
		message: `${endSentence(message)} ${advice}`,
		...facts,
		...(failedImages && { failedImages: failedImages.map((failed) => ({ ...failed })) }),
	};
}

/**
 * The item for an input that failed. It has the key `error` only: that is how n8n tells error
 * items from others, and it adds the input item's fields on the error output itself.
 */
export function errorItem(error: SeedreamError, items: readonly number[]): INodeExecutionData {
	return { json: { error: errorDetails(error) }, pairedItem: pairedItems(items) };
}

/** Links an output item to the input items that it was made from. */
export function pairedItems(items: readonly number[]): IPairedItemData | IPairedItemData[] {
	const linked = items.map((item) => ({ item }));
	const [only] = linked;
	return linked.length === 1 && only ? only : linked;
}

/**
 * The error that stops the workflow. The texts are set after construction, since n8n's classes
 * rewrite messages that contain words such as ECONNRESET.
 */
export function nodeError(
	node: INode,
	error: SeedreamError,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const options = { message: error.message, description: error.advice, itemIndex };
	const thrown =
		error.httpStatus === undefined
			? new NodeOperationError(node, error.message, options)
			: new NodeApiError(node, { message: error.message }, { ...options, httpCode: String(error.httpStatus) });
	thrown.message = error.message;
	thrown.description = error.advice;
	const details = errorDetails(error);
	thrown.context.data = { error: details };
	saidOf.set(thrown, details);
	return thrown;
}

/** What a run leaves behind when it ends in an error. */
export interface Remains {
	/** Whether anything was sent that may have been paid for. */
	isPerhapsBilled: boolean;
	/** Requests that had no answer, so that nobody knows whether they were accepted. */
	unanswered: number;
	/** Tasks that were submitted and whose images are not handed on. */
	taskIds: string[];
	/** Links of images that no task gives again, as the provider has none. */
	urls: string[];
}

const OTHERS_UNANSWERED =
	'Another request of this run had no answer: it may have been accepted and billed. Look at your account at the provider.';

export const NOTHING_REMAINS: Remains = {
	isPerhapsBilled: false,
	unanswered: 0,
	taskIds: [],
	urls: [],
};

/**
 * Ends a run in an error, and names what the run leaves behind. A node that continues must give
 * error items: n8n would hand on the input items as if all had gone well. `isForModel`: the items
 * are what an AI agent reads, which is told nothing of an error that is thrown.
 * @throws NodeApiError or NodeOperationError when the node stops on errors.
 */
export function endInError(
	context: IExecuteFunctions,
	error: unknown,
	remains: Remains,
	isForModel = false,
): INodeExecutionData[] {
	const isOfNode = error instanceof NodeApiError || error instanceof NodeOperationError;
	const thrown = isOfNode ? error : new NodeOperationError(context.getNode(), messageOf(error));
	const billedOfRun = remains.isPerhapsBilled ? 'unknown' : 'no';
	const unforeseen = { message: messageOf(error), code: 'unforeseen', retryable: false, billed: billedOfRun };
	const known = saidOf.get(thrown);
	// Credentials are not about one request, but about all that the run has sent.
	const isOfRun = known?.code === INVALID_CREDENTIALS;
	const said = { ...(known ?? unforeseen), ...(isOfRun && { billed: billedOfRun }) };
	const details = mentionRemains(thrown, said, remains.isPerhapsBilled ? remains : NOTHING_REMAINS);
	if (!context.continueOnFail() && !isForModel) {
		// Of an error of a tool that the engine runs, the model reads the message only.
		if (isTool(context)) thrown.message = toText(details.message);
		throw thrown;
	}
	return context
		.getInputData()
		.map((_, item) => ({ json: { error: { ...details } }, pairedItem: { item } }));
}

/**
 * Ends a run that a person or a limit of time has stopped. n8n may have written its record before
 * the node hears of it, so the tasks are named in the log too.
 * @throws NodeOperationError always.
 */
export function endInStop(context: IExecuteFunctions, remains: Remains): never {
	const { taskIds, urls, isPerhapsBilled } = remains;
	const stopped: SeedreamError = {
		message: 'The execution was stopped',
		advice: isPerhapsBilled
			? 'What was sent before goes on at the provider and may be billed.'
			: 'Nothing was sent that is billed.',
		code: 'execution_stopped',
		retryable: false,
		billed: isPerhapsBilled ? 'unknown' : 'no',
	};
	const thrown = nodeError(context.getNode(), stopped, 0);
	mentionRemains(thrown, errorDetails(stopped), remains);
	if (isPerhapsBilled || taskIds.length > 0) {
		context.logger.warn(
			`Seedream node "${context.getNode().name}": ${stopped.message}. ${thrown.description ?? ''}`,
			{ taskIds, urls },
		);
	}
	throw thrown;
}

/** Adds what remains to an error's description and details, and gives the details. */
function mentionRemains(
	thrown: NodeApiError | NodeOperationError,
	said: IDataObject,
	{ taskIds, urls, unanswered }: Remains,
): IDataObject {
	const others = taskIds.filter((id) => id !== said.taskId);
	const title = said.taskId === undefined ? 'Tasks of this run' : 'Other tasks of this run';
	const isUnansweredItself = said.billed === 'unknown' && said.taskId === undefined;
	const isOtherUnanswered = unanswered > (isUnansweredItself ? 1 : 0);
	const additions = [
		...(isOtherUnanswered ? [OTHERS_UNANSWERED] : []),
		...(others.length > 0 ? [`${title}: ${fetchTaskAdvice(others.join(', '))}`] : []),
		...(urls.length > 0
			? [`Images of this run that are made and paid for: ${urls.join(' , ')} . A retry of the execution hands them on.`]
			: []),
	];
	const details = {
		...said,
		message: [toText(said.message), ...additions].join(' '),
		...(isOtherUnanswered && { billed: 'unknown', retryable: false }),
		...(others.length > 0 && { taskIds }),
		...(urls.length > 0 && { urls }),
	};
	thrown.description = [thrown.description, ...additions].filter(Boolean).join(' ');
	thrown.context.data = { error: details };
	return details;
}

import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { ErrorCode } from '../seedream/errorCodes';
import { getTaskHint, type OwnError } from '../seedream/errors';
import { detailsSaidOf, errorDetails, nodeError } from './errors';
import { messageOf, toText } from './text';
import { isTool } from './tool';

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
	const code: ErrorCode = 'unforeseen';
	const unforeseen = { message: messageOf(error), code, retryable: false, billed: billedOfRun };
	const known = detailsSaidOf(thrown);
	// Credentials are not about one request, but about all that the run has sent.
	const isOfRun = known?.code === ('invalid_credentials' satisfies ErrorCode);
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
	const stopped: OwnError = {
		message: 'The execution was stopped',
		hint: isPerhapsBilled
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
		...(others.length > 0 ? [`${title}: ${getTaskHint(others.join(', '))}`] : []),
		...(urls.length > 0
			? [
					`Images of this run that are made and paid for: ${urls.join(' , ')} . A retry of the execution hands them on.`,
				]
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

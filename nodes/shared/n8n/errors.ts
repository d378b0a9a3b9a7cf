import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type IPairedItemData,
} from 'n8n-workflow';
import type { SeedreamError } from '../seedream/errors';
import { endSentence, messageOf } from './text';

/** The codes of errors that this package finds before anything is sent. */
export const INVALID_REQUEST = 'invalid_request';

/** An error as workflows see it, under `error` of an error item and in a thrown error's context. */
export function errorDetails(error: SeedreamError): IDataObject {
	const { message, advice, ...facts } = error;
	return { message: `${endSentence(message)} ${advice}`, ...facts };
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
	thrown.context.data = { error: errorDetails(error) };
	return thrown;
}

/**
 * What the node does with an error that it did not foresee. A node that continues must give
 * error items: n8n would hand on the input items as if all had gone well.
 * @throws NodeOperationError when the node stops on errors, or when the execution was stopped.
 */
export function unforeseen(context: IExecuteFunctions, error: unknown): INodeExecutionData[] {
	const isStopped = context.getExecutionCancelSignal()?.aborted ?? false;
	if (isStopped || !context.continueOnFail()) {
		if (error instanceof NodeApiError || error instanceof NodeOperationError) throw error;
		throw new NodeOperationError(context.getNode(), messageOf(error));
	}
	const details = { message: messageOf(error), code: 'unforeseen', billed: 'unknown' };
	return context
		.getInputData()
		.map((_, item) => ({ json: { error: { ...details } }, pairedItem: { item } }));
}

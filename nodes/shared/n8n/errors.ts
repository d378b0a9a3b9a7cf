import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IPairedItemData,
} from 'n8n-workflow';
import type { SeedreamError } from '../seedream/errors';
import { endSentence } from './text';

/** What this package has said of an error that it made itself, by the thrown error. */
const saidOf = new WeakMap<Error, IDataObject>();

/** An error as workflows see it, under `error` of an error item and in a thrown error's context. */
export function errorDetails(error: SeedreamError): IDataObject {
	const { message, hint, failedImages, ...facts } = error;
	return {
		message: `${endSentence(message)} ${hint}`,
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
	const options = { message: error.message, description: error.hint, itemIndex };
	const thrown =
		error.httpStatus === undefined
			? new NodeOperationError(node, error.message, options)
			: new NodeApiError(
					node,
					{ message: error.message },
					{ ...options, httpCode: String(error.httpStatus) },
				);
	thrown.message = error.message;
	thrown.description = error.hint;
	const details = errorDetails(error);
	thrown.context.data = { error: details };
	saidOf.set(thrown, details);
	return thrown;
}

/** What was said of an error when it was made here; undefined for any other error. */
export function detailsSaidOf(error: Error): IDataObject | undefined {
	return saidOf.get(error);
}

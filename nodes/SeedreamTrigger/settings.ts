import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { nodeError } from '../shared/n8n/errors';
import { getOutputOptions, type OutputOptions } from '../shared/n8n/output/outputFields';
import { readParameters, type ParameterReader } from '../shared/n8n/parameterReader';
import type { OwnError } from '../shared/seedream/errors';
import { authenticationField, confirmWithApiField, deduplicateField, eventsField } from './fields';

/** Whom to believe. */
export interface Trust {
	/** Whether anybody may call. */
	isOpenToAnybody: boolean;
	confirmsWithApi: boolean;
}

/** Whom to believe, what to hand on, and how. */
export interface TriggerSettings extends Trust {
	/** The ends of tasks that are wanted. */
	events: string[];
	deduplicates: boolean;
	output: OutputOptions;
}

function readTrust(reader: ParameterReader): Trust {
	return {
		isOpenToAnybody: reader.text(authenticationField) === 'none',
		confirmsWithApi: reader.flag(confirmWithApiField),
	};
}

/** For the webhook, which leaves what cannot be read to the execution that it starts. */
export function getTrust(context: IWebhookFunctions): Trust {
	const parameters = {
		getNodeParameter: (name: string, _item: number, fallback: unknown): unknown =>
			context.getNodeParameter(name, fallback),
	};
	return readParameters(parameters, 0, readTrust).value;
}

/** @throws NodeOperationError when a field cannot be read. */
export function getTriggerSettings(context: IExecuteFunctions): TriggerSettings {
	const { value, problems } = readParameters(context, 0, (reader) => ({
		...readTrust(reader),
		events: reader.list(eventsField, (text) => text.split(',')),
		deduplicates: reader.flag(deduplicateField),
		output: getOutputOptions(context, reader),
	}));
	if (problems.length === 0) return value;
	const error: OwnError = {
		message: problems.map(({ text }) => text).join(' '),
		hint: 'Correct it, then retry this execution: the end of the task is not lost.',
		code: 'invalid_request',
		retryable: false,
		billed: 'unknown',
	};
	throw nodeError(context.getNode(), error, 0);
}

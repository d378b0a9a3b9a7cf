import type { IExecuteFunctions } from 'n8n-workflow';
import { maxTries } from './execution';
import { Ledger } from './ledger';

/**
 * Whether a failure of a tool's call is for the model to read. Agents of version 1 and 2 tell the
 * model nothing of an error that is thrown, so one is thrown only as long as n8n will try again
 * (n8n-core 2.41, get-input-connection-data.js). Counts the failure.
 */
export function isForModel(context: IExecuteFunctions): boolean {
	if (!context.isToolExecution()) return false;
	const ledger = new Ledger(context);
	if (ledger.countFailure() < maxTries(context)) return false;
	ledger.settle();
	return true;
}

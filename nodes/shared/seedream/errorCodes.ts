/**
 * The codes of errors that this package finds itself; workflows branch on them, so they do not
 * change. Other errors have the code of the provider or of the network. docs/errors.md tells what
 * each means.
 */
export const ERROR_CODES = [
	'invalid_request',
	'invalid_credentials',
	'invalid_task_id',
	'no_tasks',
	'no_balance',
	'unreadable_reference',
	'not_uploaded',
	'unreachable',
	'no_answer',
	'unreadable_answer',
	'wait_timeout',
	'failed',
	'cancelled',
	'no_images',
	'unreadable_image',
	'partial_result',
	'not_stored',
	'end_not_confirmed',
	'execution_stopped',
	'unforeseen',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

import { z } from 'zod/v4';
import type { ApiError, BadReference } from '../../apiError';
import type { TaskError } from '../../tasks';

/** One member of `detail` (fal docs, Model Errors). */
export interface ModelError {
	readonly loc: ReadonlyArray<string | number>;
	readonly msg: string;
	readonly type: string;
	readonly ctx?: Readonly<Record<string, unknown>>;
	/** What was sent there: the prompt, the image. */
	readonly input?: unknown;
}

export function asTaskError(errors: readonly ModelError[]): TaskError {
	const [first] = errors;
	return {
		code: first?.type ?? 'value_error',
		message: first?.msg ?? 'Invalid input',
		details: errors.map((error) => ({
			...error,
			url: `https://docs.fal.ai/errors#${error.type}`,
		})),
	};
}

/** All that is wrong with an input, as the models' own checks say it. */
export function errorsIn(error: z.ZodError, input: unknown): ModelError[] {
	return error.issues.map((issue) => {
		const loc = ['body', ...issue.path.map((part) => (typeof part === 'symbol' ? '' : part))];
		const value = valueAt(input, issue.path);
		return { loc, ...reasonOf(issue, value), ...(value !== undefined && { input: value }) };
	});
}

function reasonOf(
	issue: z.core.$ZodIssue,
	value: unknown,
): Pick<ModelError, 'type' | 'msg' | 'ctx'> {
	if (value === undefined) return { type: 'missing', msg: 'Field required' };
	if (issue.code === 'too_small' && issue.origin === 'array')
		return { type: 'sequence_too_short', msg: issue.message, ctx: { min_length: issue.minimum } };
	if (issue.code === 'too_small')
		return { type: 'greater_than_equal', msg: issue.message, ctx: { ge: issue.minimum } };
	if (issue.code === 'too_big')
		return { type: 'less_than_equal', msg: issue.message, ctx: { le: issue.maximum } };
	if (issue.code === 'invalid_value')
		return { type: 'one_of', msg: issue.message, ctx: { expected: issue.values } };
	return { type: 'value_error', msg: issue.message };
}

/** What went wrong while images were made from a right input. */
export function errorOf(error: ApiError, prompt: string): TaskError {
	if (error.is === 'moderated') {
		const loc = error.what === 'prompt' ? ['body', 'prompt'] : ['body'];
		const msg = 'The content could not be processed because it contained material flagged.';
		return asTaskError([{ loc, msg, type: 'content_policy_violation', input: prompt }]);
	}
	if (error.is === 'badField' || error.is === 'badReference') {
		const type = error.is === 'badField' ? 'value_error' : typeOf(error);
		return asTaskError([{ loc: ['body', error.field], msg: error.message, type }]);
	}
	return asTaskError([
		{ loc: ['body'], msg: 'Internal server error', type: 'internal_server_error' },
	]);
}

function typeOf({ what, message }: BadReference): string {
	if (what === 'unreachable') return 'file_download_error';
	if (what === 'bytes') return 'file_too_large';
	if (what === 'format')
		return message.startsWith('unsupported') ? 'unsupported_image_format' : 'image_load_error';
	return /at least|larger than/.test(message) ? 'image_too_small' : 'image_too_large';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
		value,
	);
}

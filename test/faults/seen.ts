import { z } from 'zod/v4';
import type { AcceptedCreate, Emulator, RecordedRequest } from '../emulator';
import { NODE } from '../engine/seedream';
import type { RunResult } from '../engine/support';
import type { Promised } from './promises';

/** What came of a cell. */
export interface Seen {
	readonly end: Promised['end'] | 'nothing';
	/** The paid requests that the provider received, in order. */
	readonly sent: number;
	readonly accepted: readonly AcceptedCreate[];
	/** Paid requests that were sent although one before may have been accepted, and was not refunded. */
	readonly repeated: number;
	readonly error?: z.infer<typeof errorSchema>;
	/** Words for the person who reads: of the error, else the warnings. */
	readonly text: string;
	/** The tasks that are named in the output or in the error. */
	readonly namedTasks: readonly string[];
	readonly isKeyShown: boolean;
}

const errorSchema = z.looseObject({
	billed: z.enum(['no', 'yes', 'unknown']).optional(),
	retryable: z.boolean().optional(),
	code: z.string().optional(),
	response: z.unknown().optional(),
});

const itemSchema = z.looseObject({
	status: z.string().optional(),
	url: z.string().optional(),
	warnings: z.array(z.string()).default([]),
});

export function lookAt(result: RunResult, emulator: Emulator, apiKey: string): Seen {
	const accepted = emulator.acceptedCreates();
	const items = result.items(NODE);
	const { message, description, context } = result.error ?? {};
	const shown = JSON.stringify([
		items.map(({ json }) => json),
		message,
		description,
		context?.data,
	]);
	const creates = emulator.requestsOf('create');
	const ids = accepted.flatMap(({ taskId }) => taskId ?? []);
	return {
		end: endOf(result),
		sent: creates.length,
		accepted,
		repeated: repetitions(creates, accepted),
		...(result.error && {
			error: errorSchema.parse(
				context?.data instanceof Object ? Reflect.get(context.data, 'error') : {},
			),
		}),
		text: result.error
			? `${message ?? ''} ➜ ${description ?? ''}`
			: items.flatMap(({ json }) => itemSchema.parse(json).warnings).join(' '),
		namedTasks: ids.filter((id) => shown.includes(id)),
		isKeyShown: [shown, result.saved, ...result.messages.map((each) => JSON.stringify(each))].some(
			(text) => text.includes(apiKey),
		),
	};
}

function endOf(result: RunResult): Seen['end'] {
	if (result.status === 'error') return 'error';
	if (result.status !== 'success') return 'nothing';
	const [item] = result.items(NODE);
	if (!item) return 'nothing';
	const { status, url, warnings } = itemSchema.parse(item.json);
	if (status !== 'completed')
		return warnings.some((text) => text.includes('No callback came')) ? 'open' : 'task';
	const isFileMissing =
		item.binary === undefined &&
		warnings.some((text) => text.includes('download') || text.includes('not an image'));
	return url === undefined ? 'nothing' : isFileMissing ? 'links' : 'images';
}

/** Whoever sends again must know that nothing was accepted: refused by the provider (4xx, but 408 and 409 leave it open), or refunded. */
function repetitions(
	creates: readonly RecordedRequest[],
	accepted: readonly AcceptedCreate[],
): number {
	const open = creates.filter(
		({ status = 0 }) => status < 400 || status >= 500 || status === 408 || status === 409,
	);
	const refunded = accepted.filter(({ outcome }) => outcome === 'failed');
	return Math.max(0, open.length - 1 - refunded.length);
}

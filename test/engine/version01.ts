import { parse, stringify } from 'flatted';
import type { IContextObject, IRunExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { NODE } from './seedream';
import { findExecution, type RunResult } from './support';

/** What version 0.1 knew of a request, in its words for what became of it. */
const entrySchema = z
	.object({
		execution: z.string(),
		tries: z.number(),
		state: z.enum(['unanswered', 'submitted', 'finished']),
		taskId: z.string().optional(),
		task: z.unknown(),
	})
	.transform(({ state, ...entry }) => ({ ...entry, state: STATES[state] }));

const STATES = { unanswered: 'sent', submitted: 'open', finished: 'finished' } as const;

/** What it called the hint of an error. */
const failureSchema = z.object({
	ok: z.literal(false),
	error: z
		.looseObject({ hint: z.string() })
		.transform(({ hint, ...error }) => ({ ...error, advice: hint })),
});

/** How it kept the results of a node that slept. */
const resultSchema = z
	.object({
		items: z.array(z.number()),
		outcome: z.union([z.looseObject({ ok: z.literal(true) }), failureSchema]),
		requestedCount: z.number().optional(),
		warnings: z.array(z.string()),
		output: z.object({
			download: z.boolean(),
			outputMode: z.string(),
			binaryProperty: z.string(),
			failOnPartial: z.boolean(),
		}),
	})
	.transform(({ output, ...result }) => ({ ...result, delivery: output, isOwn: true }));

const memorySchema = z.object({
	seedream: z.object({
		runIndex: z.number(),
		entries: z
			.record(z.string(), entrySchema)
			.refine((entries) => Object.keys(entries).length > 0, 'Nothing is remembered')
			.transform(withOldKeys),
	}),
	seedreamSecret: z.string().optional(),
	seedreamSuspension: z.looseObject({ results: z.array(resultSchema) }).optional(),
});

/** A key was the item and a digest that this version does not make. */
function withOldKeys<T>(entries: Record<string, T>): Record<string, T> {
	const digest = '0'.repeat(64);
	return Object.fromEntries(
		Object.entries(entries).map(([item, entry]) => [`${item}:${digest}`, entry]),
	);
}

/** Turns the record of an execution into the one that version 0.1 would have written. */
export function asVersion01({ executionId }: Pick<RunResult, 'executionId'>): void {
	const record = findExecution(executionId);
	if (!record?.saved) throw new Error('Nothing was saved');
	const data: IRunExecutionData = parse(record.saved);
	const context: IContextObject = data.executionData?.contextData[`node:${NODE}`] ?? {};
	Object.assign(context, memorySchema.parse(context));
	record.saved = stringify(data);
}

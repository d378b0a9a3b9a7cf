import { z } from 'zod/v4';
import { parseFlatted } from './flatted';

const binarySchema = z.looseObject({
	id: z.string().optional(),
	data: z.string().optional(),
	mimeType: z.string(),
	fileName: z.string().optional(),
	fileExtension: z.string().optional(),
	fileSize: z.string().optional(),
});

const pairedSchema = z.looseObject({ item: z.number(), input: z.number().optional() });

const itemSchema = z.looseObject({
	json: z.record(z.string(), z.unknown()),
	binary: z.record(z.string(), binarySchema).optional(),
	pairedItem: z.union([z.number(), pairedSchema, z.array(pairedSchema)]).optional(),
});

const errorSchema = z.looseObject({
	message: z.string(),
	name: z.string().optional(),
	description: z.string().nullish(),
});

const nodeRunSchema = z.looseObject({
	executionStatus: z.string().optional(),
	/** Ms since 1970. */
	startTime: z.number().optional(),
	executionTime: z.number().optional(),
	error: errorSchema.optional(),
	hints: z.array(z.looseObject({ message: z.string() })).optional(),
	data: z.record(z.string(), z.array(z.array(itemSchema).nullable())).optional(),
});

const dataSchema = z.looseObject({
	resultData: z.looseObject({
		runData: z.record(z.string(), z.array(nodeRunSchema)).default({}),
		error: errorSchema.optional(),
		lastNodeExecuted: z.string().optional(),
	}),
	resumeToken: z.string().optional(),
});

export const executionSummarySchema = z.looseObject({
	id: z.string(),
	status: z.enum([
		'new',
		'running',
		'waiting',
		'success',
		'error',
		'crashed',
		'canceled',
		'unknown',
	]),
	mode: z.string(),
	workflowId: z.string(),
	startedAt: z.string().nullish(),
	stoppedAt: z.string().nullish(),
	waitTill: z.string().nullish(),
});

/** An execution with its data decoded. One that has hardly begun has none yet. */
export const executionSchema = executionSummarySchema.extend({
	data: z.string().transform((text) => dataSchema.parse(parseFlatted(text) ?? { resultData: {} })),
});

export type BinaryValue = z.infer<typeof binarySchema>;
export type Item = z.infer<typeof itemSchema>;
export type NodeRun = z.infer<typeof nodeRunSchema>;
export type ExecutionSummary = z.infer<typeof executionSummarySchema>;
export type Execution = z.infer<typeof executionSchema>;
export type ExecutionStatus = ExecutionSummary['status'];

/** What an execution may end in. */
export const overStatuses: readonly ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

/** Whether nothing more will happen in an execution of that status. */
export function isOver(status: ExecutionStatus): boolean {
	return overStatuses.includes(status);
}

/** The last run of a node in an execution. */
export function runOf(execution: Execution, node: string): NodeRun | undefined {
	return execution.data.resultData.runData[node]?.at(-1);
}

/** The items that a node put out in its last run, by default on its first output. */
export function itemsOf(execution: Execution, node: string, output = 0): Item[] {
	return runOf(execution, node)?.data?.['main']?.[output] ?? [];
}

/** The message that an execution failed with, if it failed. */
export function errorOf(execution: Execution): string | undefined {
	return execution.data.resultData.error?.message;
}

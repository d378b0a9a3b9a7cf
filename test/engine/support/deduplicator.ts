import './environment';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/** Milliseconds between reading the row and writing it back. */
const ROUND_TRIP = 20;

/**
 * n8n's table of processed items, in memory: what `helpers.checkProcessedAndRecord` asks. Mode "entries" only. As in n8n, a row is read,
 * and then written as a whole: of two calls at the same time the later one wins, and of two that make the row the later one fails.
 */
export class MemoryDeduplicator implements IDataDeduplicator {
	private readonly seen = new Map<string, DeduplicationItemTypes[]>();

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const key = keyOf(scope, context);
		const known = this.seen.get(key);
		await new Promise((resolve) => setTimeout(resolve, ROUND_TRIP));
		if (known === undefined && this.seen.has(key))
			throw new Error(
				'UNIQUE constraint failed: processed_data.workflowId, processed_data.context',
			);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		for (const item of items) output[known?.includes(item) ? 'processed' : 'new'].push(item);
		this.seen.set(key, [...(known ?? []), ...output.new].slice(-(options.maxEntries ?? 10_000)));
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		const key = keyOf(scope, context);
		this.seen.set(
			key,
			(this.seen.get(key) ?? []).filter((item) => !items.includes(item)),
		);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		this.seen.delete(keyOf(scope, context));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<number> {
		return this.seen.get(keyOf(scope, context))?.length ?? 0;
	}
}

/** Gives n8n-core its table, once for the process: n8n-core refuses a second one. */
export async function useDeduplicator(): Promise<void> {
	try {
		DataDeduplicationService.getInstance();
	} catch {
		await DataDeduplicationService.init(new MemoryDeduplicator());
	}
}

function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	return scope === 'node' ? `${workflow.id}/${node?.id ?? ''}` : workflow.id;
}

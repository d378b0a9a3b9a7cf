import { readTaskOnce, type Connection } from '../seedream/client';
import { hasEnded } from '../seedream/task';

/** Task IDs that were seen to have ended, by suspension. It saves reads, and nothing depends on it. */
const seenEnds = new Map<string, Set<string>>();

/** Suspensions that are remembered at most; those at the deadline are never forgotten otherwise. */
const MOST_SUSPENSIONS = 1000;

/** Asks the API whether tasks have ended, each end only once. */
export class EndReader {
	/** Whether the API gave no usable answer. */
	isUnreachable = false;

	private readonly ended: Set<string>;

	constructor(
		private readonly connection: Connection,
		private readonly key: string,
	) {
		this.ended = seenEnds.get(key) ?? new Set();
		const [oldest] = seenEnds.keys();
		if (oldest !== undefined && seenEnds.size >= MOST_SUSPENSIONS) seenEnds.delete(oldest);
		seenEnds.set(key, this.ended);
	}

	readonly hasEnded = async (taskId: string): Promise<boolean> => {
		if (this.ended.has(taskId)) return true;
		const reading = await readTaskOnce(this.connection, taskId);
		if ('passing' in reading) {
			this.isUnreachable = true;
			return false;
		}
		const isOver = !reading.outcome.ok || hasEnded(reading.outcome.value.status);
		if (isOver) this.ended.add(taskId);
		return isOver;
	};

	forget(): void {
		seenEnds.delete(this.key);
	}
}

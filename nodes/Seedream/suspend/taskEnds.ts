import type { Connection } from '../../shared/seedream/connection';
import { fetchTaskOnce } from '../../shared/seedream/fetchTask';
import { inParallel } from '../../shared/seedream/parallel';
import { hasEnded } from '../../shared/seedream/task';

/** What is known of the tasks of one suspension. */
interface Knowledge {
	/** IDs of tasks that were seen to have ended. */
	ended: Set<string>;
	/** Readings under way, by task ID. */
	readings: Map<string, Promise<boolean>>;
}

/** By suspension. It saves reads when many callbacks come, and nothing depends on it. */
const known = new Map<string, Knowledge>();

/** Nobody tells the cache of suspensions that end at their deadline, so it forgets the oldest of so many. */
const MAX_SUSPENSIONS = 1000;

/** Asks the API whether the tasks of a suspension have ended, each end only once. */
export class TaskEndCache {
	/** Whether the API gave no usable answer. */
	isUnreachable = false;

	private readonly knowledge: Knowledge;

	constructor(
		private readonly connection: Connection,
		private readonly key: string,
	) {
		this.knowledge = known.get(key) ?? { ended: new Set(), readings: new Map() };
		const [oldest] = known.keys();
		if (oldest !== undefined && known.size >= MAX_SUSPENSIONS) known.delete(oldest);
		known.set(key, this.knowledge);
	}

	hasSeenEnd(taskId: string): boolean {
		return this.knowledge.ended.has(taskId);
	}

	/** Whether the task has ended: asks anew, unless the end was seen. */
	readonly check = async (taskId: string): Promise<boolean> => {
		if (this.hasSeenEnd(taskId)) return true;
		const reading = this.read(taskId);
		this.knowledge.readings.set(taskId, reading);
		try {
			return await reading;
		} finally {
			this.knowledge.readings.delete(taskId);
		}
	};

	/** Whether the task has ended, content with what another callback is asking at this moment. */
	readonly checkShared = async (taskId: string): Promise<boolean> =>
		await (this.knowledge.readings.get(taskId) ?? this.check(taskId));

	forget(): void {
		known.delete(this.key);
	}

	private async read(taskId: string): Promise<boolean> {
		const reading = await fetchTaskOnce(this.connection, taskId);
		if ('transientFailure' in reading) {
			this.isUnreachable = true;
			return false;
		}
		const isOver = !reading.result.ok || hasEnded(reading.result.value.status);
		if (isOver) this.knowledge.ended.add(taskId);
		return isOver;
	}
}

/**
 * Whether `test` holds for every entry. Stops soon after the first one for which it does not:
 * the entries are tested in groups that double in size, the last entry first. So few tests are
 * wasted when most fail, and they are made in parallel when most hold.
 */
export async function everyAsync<T>(
	entries: readonly T[],
	test: (entry: T) => Promise<boolean>,
): Promise<boolean> {
	const left = [...entries];
	for (let size = 1; left.length > 0; size *= 2) {
		const group = left.splice(-size);
		const held = await inParallel(group, group.length, test);
		if (held.includes(false)) return false;
	}
	return true;
}

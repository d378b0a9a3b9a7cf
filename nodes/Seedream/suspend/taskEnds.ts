import { readTaskOnce, type Connection } from '../../shared/seedream/client';
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

/** Suspensions that are remembered at most: those that end at their deadline are not told here. */
const MOST_SUSPENSIONS = 1000;

/** Asks the API whether the tasks of a suspension have ended, each end only once. */
export class EndReader {
	/** Whether the API gave no usable answer. */
	isUnreachable = false;

	private readonly knowledge: Knowledge;

	constructor(
		private readonly connection: Connection,
		private readonly key: string,
	) {
		this.knowledge = known.get(key) ?? { ended: new Set(), readings: new Map() };
		const [oldest] = known.keys();
		if (oldest !== undefined && known.size >= MOST_SUSPENSIONS) known.delete(oldest);
		known.set(key, this.knowledge);
	}

	hasSeenEnd(taskId: string): boolean {
		return this.knowledge.ended.has(taskId);
	}

	/** Asks anew, unless the end was seen. */
	readonly hasEnded = async (taskId: string): Promise<boolean> => {
		if (this.hasSeenEnd(taskId)) return true;
		const reading = this.read(taskId);
		this.knowledge.readings.set(taskId, reading);
		try {
			return await reading;
		} finally {
			this.knowledge.readings.delete(taskId);
		}
	};

	/** The same, content with what another callback is asking at this moment. */
	readonly hasEndedByNow = async (taskId: string): Promise<boolean> =>
		await (this.knowledge.readings.get(taskId) ?? this.hasEnded(taskId));

	forget(): void {
		known.delete(this.key);
	}

	private async read(taskId: string): Promise<boolean> {
		const reading = await readTaskOnce(this.connection, taskId);
		if ('passing' in reading) {
			this.isUnreachable = true;
			return false;
		}
		const isOver = !reading.outcome.ok || hasEnded(reading.outcome.value.status);
		if (isOver) this.knowledge.ended.add(taskId);
		return isOver;
	}
}

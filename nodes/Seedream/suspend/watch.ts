import type { Connection } from '../../shared/seedream/connection';
import { fetchTaskOnce } from '../../shared/seedream/fetchTask';
import { everyAsync, inParallel } from '../../shared/seedream/parallel';
import type { Result } from '../../shared/seedream/result';
import { Rounds } from '../../shared/seedream/rounds';
import { hasEnded, type ImageTask } from '../../shared/seedream/task';

/** Ms for one reading: providers wait 10 s for the answer to their callback (EvoLink docs, image-series/seedream). */
const READING_TIMEOUT_MS = 8000;

/**
 * Ms in which an execution that was woken leaves its sleep. Calls that come meanwhile, as n8n had
 * let them in before, need not wake it too.
 */
const WAKING_MS = 10_000;

/** What a callback comes to. */
export type Decision =
	/** All tasks have ended, and this call is the one to wake the execution. */
	| 'wake'
	/** All tasks have ended, and another call has woken the execution. */
	| 'woken'
	/** Some tasks are open. */
	| 'wait'
	/** The API does not show the end that this call reports. */
	| 'unconfirmed'
	/** The API gave no usable answer. */
	| 'unreachable';

/** What one look at the API has shown. */
interface Look {
	areAllEnded: boolean;
	isUnreachable: boolean;
}

/**
 * What this process knows of one suspension. However many callbacks come at once, one of them asks the
 * API for all. Nothing is lost by that: a call is answered only after a look that began after it
 * came, so the call that reports the last end of all, in whichever process, finds that all have ended.
 */
export class Watch {
	/** How its tasks have ended, as far as it was seen. */
	readonly ends = new Map<string, Result<ImageTask>>();

	/** A task that was open when it was looked at last: as long as it is, the others need no look. */
	private openId?: string;

	private readonly looks = new Rounds<Look>();
	private readonly reported = new Set<string>();
	private waking?: { reportedId: string | undefined; at: number };

	/**
	 * `taskIds`: those that the execution waits for. `reportedId`: the one that the call seems to be
	 * about. `connect` is asked for a connection only where the API has to be asked.
	 */
	async decide(
		taskIds: readonly string[],
		reportedId: string | undefined,
		connect: () => Promise<Connection>,
	): Promise<Decision> {
		if (this.isWokenFor(reportedId)) return 'woken';
		const awaitedId = taskIds.find((id) => id === reportedId);
		if (awaitedId !== undefined) this.reported.add(awaitedId);
		const look = await this.looks.join(async () => {
			const reported = [...this.reported];
			this.reported.clear();
			const areKnown = taskIds.every((id) => this.ends.has(id));
			if (areKnown) return { areAllEnded: true, isUnreachable: false };
			return await this.look(taskIds, reported, await connect());
		});
		if (look.isUnreachable) return 'unreachable';
		if (awaitedId !== undefined && !this.ends.has(awaitedId)) return 'unconfirmed';
		if (!look.areAllEnded) return 'wait';
		if (this.isWokenFor(reportedId)) return 'woken';
		this.waking = { reportedId, at: Date.now() };
		return 'wake';
	}

	/** A call that comes again was not answered well, so the execution may still be asleep. */
	private isWokenFor(reportedId: string | undefined): boolean {
		return (
			this.waking !== undefined &&
			this.waking.reportedId !== reportedId &&
			Date.now() - this.waking.at < WAKING_MS
		);
	}

	/** Looks at the tasks that were reported, which have most likely ended, and only then at the others. */
	private async look(
		taskIds: readonly string[],
		reported: readonly string[],
		connection: Connection,
	): Promise<Look> {
		const look: Look = { areAllEnded: false, isUnreachable: false };
		const isEnded = async (taskId: string): Promise<boolean> => {
			const reading = await fetchTaskOnce(connection, taskId, READING_TIMEOUT_MS);
			if ('transientFailure' in reading) {
				look.isUnreachable = true;
				return false;
			}
			const result = 'result' in reading ? reading.result : undefined;
			const isOver = result !== undefined && (!result.ok || hasEnded(result.value.status));
			if (isOver) this.ends.set(taskId, result);
			else this.openId = taskId;
			return isOver;
		};
		const unseen = reported.filter((id) => !this.ends.has(id));
		const areConfirmed = await inParallel(unseen, unseen.length, isEnded);
		const left = taskIds.filter((id) => !this.ends.has(id));
		const others = [...left].sort((a, b) => Number(b === this.openId) - Number(a === this.openId));
		look.areAllEnded = !areConfirmed.includes(false) && (await everyAsync(others, isEnded));
		return look;
	}
}

/** Nobody tells of suspensions that end at their deadline, so the oldest of so many is forgotten. */
const MAX_WATCHES = 200;

/** By suspension. It saves reads when many callbacks come, and nothing depends on it. */
const watches = new Map<string, Watch>();

/** The watch over a suspension, the same for all callbacks that come to this process. */
export function watchOver(suspensionId: string): Watch {
	const known = watches.get(suspensionId);
	if (known) return known;
	const [oldest] = watches.keys();
	if (oldest !== undefined && watches.size >= MAX_WATCHES) watches.delete(oldest);
	const watch = new Watch();
	watches.set(suspensionId, watch);
	return watch;
}

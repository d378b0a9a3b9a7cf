/**
 * Work that is done in rounds, one after the other: whoever joins while a round is under way shares
 * the next one, however many they are.
 */
export class Rounds<T> {
	private last: Promise<unknown> = Promise.resolve();
	private next?: Promise<T> | undefined;

	/** Gives what the round gives that begins after this call. Of all that share it, the first one's `work` is done. */
	async join(work: () => Promise<T>): Promise<T> {
		this.next ??= this.begin(work);
		return await this.next;
	}

	private async begin(work: () => Promise<T>): Promise<T> {
		const round = this.last.then(async () => {
			this.next = undefined;
			return await work();
		});
		this.last = round.catch(() => undefined);
		return await round;
	}
}

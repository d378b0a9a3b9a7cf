/** A create request that was accepted and charged, whatever its client got to see of the answer. */
export interface AcceptedCreate {
	readonly provider: string;
	readonly prompt: string;
	/** Absent where the provider has no tasks. */
	readonly taskId?: string;
	/** What is open or completed stays paid; what failed was refunded. */
	readonly outcome: 'open' | 'completed' | 'failed';
}

type Entry = Omit<AcceptedCreate, 'outcome'>;
type GetOutcome = () => AcceptedCreate['outcome'];

/** Who was charged for what, in order. The outcome is asked for when it is looked at. */
export class AcceptedCreates {
	private readonly entries: Array<Entry & { readonly getOutcome: GetOutcome }> = [];

	add(entry: Entry, getOutcome: GetOutcome): void {
		this.entries.push({ ...entry, getOutcome });
	}

	all(): AcceptedCreate[] {
		return this.entries.map(({ getOutcome, ...entry }) => ({ ...entry, outcome: getOutcome() }));
	}

	clear(): void {
		this.entries.length = 0;
	}
}

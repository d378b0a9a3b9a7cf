/** A create request that was accepted and charged, whatever its client got to see of the answer. */
export interface AcceptedCreate {
	readonly provider: string;
	readonly prompt: string;
	/** Absent where the provider has no tasks. */
	readonly taskId?: string;
	/** What is open or completed stays paid; what failed was refunded. */
	readonly outcome: 'open' | 'completed' | 'failed';
}

/** Who was charged for what, in order. The outcome is asked for when it is looked at. */
export class Orders {
	private readonly orders: Array<
		Omit<AcceptedCreate, 'outcome'> & { outcomeNow: () => AcceptedCreate['outcome'] }
	> = [];

	add(order: Omit<AcceptedCreate, 'outcome'>, outcomeNow: () => AcceptedCreate['outcome']): void {
		this.orders.push({ ...order, outcomeNow });
	}

	all(): AcceptedCreate[] {
		return this.orders.map(({ outcomeNow, ...order }) => ({ ...order, outcome: outcomeNow() }));
	}

	clear(): void {
		this.orders.length = 0;
	}
}

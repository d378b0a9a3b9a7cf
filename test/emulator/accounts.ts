/** What one image costs. EvoLink's sample answer prints this number for one image; the other providers print none. */
export const CREDITS_PER_IMAGE = 1.8;

const START_CREDITS = 100_000;

interface Account {
	credits: number;
	used: number;
}

/** Keys with a meaning of their own: no money, and no model but Seedream 4.0. */
export const POOR_KEY = 'poor-key';
export const LIMITED_KEY = 'limited-key';

/** The keys that are known and what they have left. Credits are taken when a request is accepted and given back on failure. */
export class Accounts {
	private readonly accounts = new Map<string, Account>();

	constructor(private readonly keys: readonly string[]) {
		this.clear();
	}

	clear(): void {
		for (const key of this.keys) {
			this.accounts.set(key, { credits: key === POOR_KEY ? 0 : START_CREDITS, used: 0 });
		}
	}

	knows(key: string): boolean {
		return this.accounts.has(key);
	}

	/** The model line is the vendor's: `4.0`, `4.5`, `5.0-lite`, … */
	mayUse(key: string, line: string): boolean {
		return key !== LIMITED_KEY || line === '4.0';
	}

	/** Takes what so many images cost. False, and nothing taken, if the account does not hold it. */
	take(key: string, images: number): boolean {
		const account = this.accounts.get(key);
		const price = images * CREDITS_PER_IMAGE;
		if (account === undefined || account.credits < price) return false;
		account.credits -= price;
		account.used += price;
		return true;
	}

	giveBack(key: string, images: number): void {
		const account = this.accounts.get(key);
		if (account === undefined) return;
		account.credits += images * CREDITS_PER_IMAGE;
		account.used -= images * CREDITS_PER_IMAGE;
	}

	remaining(key: string): number {
		return round(this.accounts.get(key)?.credits ?? 0);
	}

	usedBy(key: string): number {
		return round(this.accounts.get(key)?.used ?? 0);
	}

	used(): number {
		return round([...this.accounts.values()].reduce((sum, account) => sum + account.used, 0));
	}
}

/** Sums of 1.8 leave binary dust behind. */
export function round(credits: number): number {
	return Math.round(credits * 10_000) / 10_000;
}

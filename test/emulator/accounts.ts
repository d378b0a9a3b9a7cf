/** What one image costs. EvoLink's sample answer prints this number for one image; the other providers print none. */
export const CREDITS_PER_IMAGE = 1.8;

const START_CREDITS = 100_000;

interface Account {
	/** What the user has left. */
	user: number;
	/** How much of it this key may still spend, unless it is `unlimited`. */
	token: number;
	unlimited: boolean;
	used: number;
}

export type Balance = Readonly<Account>;
export type Credits = Omit<Balance, 'used'>;

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
			const credits = key === POOR_KEY ? 0 : START_CREDITS;
			this.accounts.set(key, { user: credits, token: credits, unlimited: false, used: 0 });
		}
	}

	/** What is left out stays as it is. */
	set(key: string, credits: Partial<Credits>): void {
		Object.assign(this.accountOf(key), credits);
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
		const account = this.accountOf(key);
		const price = images * CREDITS_PER_IMAGE;
		if (account.user < price || (!account.unlimited && account.token < price)) return false;
		spend(account, price);
		return true;
	}

	giveBack(key: string, images: number): void {
		spend(this.accountOf(key), -images * CREDITS_PER_IMAGE);
	}

	balanceOf(key: string): Balance {
		const { user, token, unlimited, used } = this.accountOf(key);
		return { user: round(user), token: round(token), unlimited, used: round(used) };
	}

	used(): number {
		return round([...this.accounts.values()].reduce((sum, account) => sum + account.used, 0));
	}

	private accountOf(key: string): Account {
		const account = this.accounts.get(key);
		if (account === undefined) throw new Error(`no such key: ${key}`);
		return account;
	}
}

function spend(account: Account, credits: number): void {
	account.user -= credits;
	account.token -= credits;
	account.used += credits;
}

/** Sums of 1.8 leave binary dust behind. */
export function round(credits: number): number {
	return Math.round(credits * 10_000) / 10_000;
}

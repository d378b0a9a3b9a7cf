import { ApiRefusal } from './apiError';

/**
 * What one image costs, whoever makes it: EvoLink's sample answer prints this number, the others
 * print none.
 */
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
const POOR_KEY = 'poor-key';
const LIMITED_KEY = 'limited-key';
export const DEFAULT_KEYS: readonly string[] = ['test-key', POOR_KEY, LIMITED_KEY];

/**
 * The keys that are known and what they have left. Credits are taken when a request is accepted and
 * given back on failure.
 */
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

	/** The key of the request, if it is a known one; `scheme`: the word before it. */
	authenticate(headers: Readonly<Record<string, string>>, scheme = 'Bearer'): string {
		const header = headers.authorization;
		const [word, key] = header?.split(' ') ?? [];
		if (key === undefined || word !== scheme)
			throw new ApiRefusal({ is: 'unauthorized', key: header === undefined ? 'missing' : 'wrong' });
		if (!this.accounts.has(key)) throw new ApiRefusal({ is: 'unauthorized', key: 'wrong' });
		return key;
	}

	/** Refuses a key that may not use this model line (`4.0`, `5.0-pro`, …). */
	authorize(key: string, line: string, model: string): void {
		if (!this.mayUse(key, line)) throw new ApiRefusal({ is: 'modelDenied', model });
	}

	/** The model line is the vendor's: `4.0`, `4.5`, `5.0-lite`, … */
	mayUse(key: string, line: string): boolean {
		return key !== LIMITED_KEY || line === '4.0';
	}

	/**
	 * Takes what so many images cost. False, and nothing taken, if the account does not hold it.
	 */
	charge(key: string, images: number): boolean {
		const account = this.accountOf(key);
		const price = images * CREDITS_PER_IMAGE;
		if (account.user < price || (!account.unlimited && account.token < price)) return false;
		spend(account, price);
		return true;
	}

	refund(key: string, images: number): void {
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

/** Sums of 1.8 are not exact in binary. */
export function round(credits: number): number {
	return Math.round(credits * 10_000) / 10_000;
}

import type { Route } from './http';
import type { Voice } from './trouble';

/** One provider's API: where it lives, what it offers, how it complains. */
export interface Dialect {
	readonly provider: string;
	readonly prefix: string;
	/** Whose request this is, where one host serves several providers. */
	owner?(path: string): string | undefined;
	readonly routes: readonly Route[];
	readonly say: Voice;
}

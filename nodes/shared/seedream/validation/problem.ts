import type { LimitName } from '../models';

/**
 * Something about a request that the provider would refuse. A `limit` is a figure of today's
 * models, which the user may overrule; the rest can never work.
 */
export interface Problem {
	kind: 'limit' | 'syntax';
	/** What is wrong, with the value and the limit, and what would do. */
	text: string;
}

export function limitProblem(text: string): Problem {
	return { kind: 'limit', text };
}

export function syntaxProblem(text: string): Problem {
	return { kind: 'syntax', text };
}

/** Something about a request that goes beyond a limit. */
export interface Finding {
	limit: LimitName;
	/** What is wrong, with the value and the limit, and what would do. */
	text: string;
}

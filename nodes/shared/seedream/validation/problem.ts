import type { LimitName } from '../models';

/**
 * Something about a request that the provider would refuse. A `limit` is a figure of today's
 * models, which the user may overrule; the rest can never work.
 */
export interface Problem {
	kind: 'limit' | 'syntax';
	/** What is wrong, with the value and the limit, and what would do. */
	text: string;
	/** Which of the model's limits, where it is one that a provider need not demand. */
	limit?: LimitName;
}

export function limitProblem(text: string, limit?: LimitName): Problem {
	return { kind: 'limit', text, ...(limit && { limit }) };
}

export function syntaxProblem(text: string): Problem {
	return { kind: 'syntax', text };
}

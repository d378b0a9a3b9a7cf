import type { Kind, Reply } from './http';

/** Everything that can be wrong with a request, in neutral words. Each provider says it in its own error body. */
export type Trouble =
	| { readonly is: 'unauthorized'; readonly key: 'missing' | 'wrong' }
	| { readonly is: 'noCredit' }
	| { readonly is: 'modelDenied'; readonly model: string }
	| { readonly is: 'modelUnknown'; readonly model: string }
	| BadField
	| BadReference
	| { readonly is: 'moderated'; readonly what: 'prompt' | 'output' }
	| { readonly is: 'failed'; readonly code: string; readonly message: string }
	| { readonly is: 'noRoute'; readonly method: string; readonly path: string }
	| { readonly is: 'status'; readonly status: number };

export interface BadField {
	readonly is: 'badField';
	readonly field: string;
	readonly why: 'missing' | 'invalid' | 'unsupported';
	readonly message: string;
}

/** A reference image that the provider cannot use. `what` tells an unreachable one from one outside the limits. */
export interface BadReference {
	readonly is: 'badReference';
	readonly field: string;
	readonly what: 'unreachable' | 'format' | 'bytes' | 'dimensions';
	readonly message: string;
}

/** How a provider words its refusals. */
export type Voice = (trouble: Trouble, kind: Kind) => Reply;

/** Thrown anywhere while a request is handled; the server answers with the dialect's own words for it. */
export class Refusal extends Error {
	constructor(readonly trouble: Trouble) {
		super(trouble.is);
	}
}

export function badField(
	field: string,
	message: string,
	why: BadField['why'] = 'invalid',
): Refusal {
	return new Refusal({ is: 'badField', field, why, message });
}

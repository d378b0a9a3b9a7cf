import type { Reply } from './http';
import type { Kind } from './kind';

/**
 * What a provider complains of, in neutral words. Each dialect has error bodies of its own for it.
 */
export type ApiError =
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

/**
 * A reference image that the provider cannot use. `what` tells an unreachable one from one outside
 * the limits.
 */
export interface BadReference {
	readonly is: 'badReference';
	readonly field: string;
	readonly what: 'unreachable' | 'format' | 'bytes' | 'dimensions';
	readonly message: string;
}

/** An error as the provider's error body. */
export type ErrorFormatter = (error: ApiError, kind: Kind) => Reply;

/**
 * Thrown anywhere while a request is handled; the server answers with the dialect's error body for
 * it.
 */
export class ApiRefusal extends Error {
	constructor(readonly apiError: ApiError) {
		super(apiError.is);
	}
}

export function badField(
	field: string,
	message: string,
	why: BadField['why'] = 'invalid',
): ApiRefusal {
	return new ApiRefusal({ is: 'badField', field, why, message });
}

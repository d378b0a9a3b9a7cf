import type { SeedreamError } from './errors';

/** A value, or the error that stood in its way. The domain hands these back instead of throwing. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: SeedreamError };

export function success<T>(value: T): Result<T> {
	return { ok: true, value };
}

export function failure(error: SeedreamError): { ok: false; error: SeedreamError } {
	return { ok: false, error };
}

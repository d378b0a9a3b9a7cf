import type { SeedreamError } from '../shared/seedream/errors';

/** Whether the API says that this account has no such task: there is none, or it is another's. */
export function isUnknownTask({ httpStatus }: SeedreamError): boolean {
	return httpStatus === 404 || httpStatus === 403;
}

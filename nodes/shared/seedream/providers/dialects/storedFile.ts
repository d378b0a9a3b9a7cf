import { unreadableResponseError } from '../../commonErrors';
import type { SeedreamError } from '../../errors';
import { isAccepted, type HttpResponse } from '../../http';
import { failure, success, type Result } from '../../result';
import type { Provider, StoredFile } from '../provider';

/**
 * Where a file is stored, or why it is not: `stored`, what was read of the answer, `refusal`, what is
 * made of one that is not 2xx. Storing costs nothing.
 */
export function storedOr(
	host: Pick<Provider, 'id' | 'name'>,
	response: HttpResponse,
	stored: StoredFile | undefined,
	refusal: (response: HttpResponse) => SeedreamError,
): Result<StoredFile> {
	if (!isAccepted(response)) return failure({ ...refusal(response), billed: 'no' });
	if (stored) return success(stored);
	return failure({ ...unreadableResponseError(host, response), billed: 'no' });
}

import { noBalanceError, unreachableError, unreadableResponseError } from './commonErrors';
import type { Connection } from './connection';
import { isAccepted, SHORT_TIMEOUT_MS } from './http';
import type { Balance } from './providers/provider';
import { failure, success, type Result } from './result';
import { sendFree } from './retry';

/** Asks what is left in the account, which costs nothing. */
export async function fetchBalance(connection: Connection): Promise<Result<Balance>> {
	const { provider, baseUrl, http, clock } = connection;
	if (!provider.balance) return failure(noBalanceError(provider));
	const request = { method: 'GET', url: `${baseUrl}${provider.balance.path}` } as const;
	const result = await sendFree(http, clock, request, SHORT_TIMEOUT_MS);
	if ('networkFailure' in result) return failure(unreachableError(provider, result.networkFailure));
	const { response } = result;
	if (!isAccepted(response)) return failure({ ...provider.parseError(response), billed: 'no' });
	const balance = provider.balance.parse(response.body);
	if (balance) return success(balance);
	return failure({ ...unreadableResponseError(provider, response), billed: 'no' });
}

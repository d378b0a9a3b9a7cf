import type { Connection } from './client';
import { noBalance, unreached } from './failures';
import { failure, success, type Outcome } from './result';
import { unreadable } from './providers/dialects/errorHints';
import type { Balance } from './providers/provider';
import { sendFree } from './retry';

/** Milliseconds for one try. */
const TIMEOUT = 60_000;

/** Asks what is left in the account, which costs nothing. */
export async function readBalance(connection: Connection): Promise<Outcome<Balance>> {
	const { provider, baseUrl, http, clock } = connection;
	if (!provider.balance) return failure(noBalance(provider));
	const request = { method: 'GET', url: `${baseUrl}${provider.balance.path}` } as const;
	const result = await sendFree(http, clock, request, TIMEOUT);
	if ('noAnswer' in result) return failure(unreached(provider, result.noAnswer));
	const { answer } = result;
	if (answer.status >= 300) return failure({ ...provider.readError(answer), billed: 'no' });
	const balance = provider.balance.read(answer.body);
	if (balance) return success(balance);
	return failure({ ...unreadable(provider.id, provider.name, answer), billed: 'no' });
}

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NOTHING_REMAINS } from '../../shared/n8n/endRun';
import { nodeError, pairedItems } from '../../shared/n8n/errors';
import { connect } from '../../shared/n8n/transport/connection';
import { getSeedreamCredentials } from '../../shared/n8n/transport/credentials';
import { fetchBalance } from '../../shared/seedream/balance';
import { PROVIDERS } from '../../shared/seedream/providers';
import type { Operation } from './operation';

const TELLING = PROVIDERS.filter(({ balance }) => balance)
	.map(({ name }) => name)
	.join(', ');

/**
 * One item, however many come in: there is one account.
 * @throws NodeApiError or NodeOperationError when the provider does not tell.
 */
async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = [...context.getInputData().keys()];
	if (items.length === 0) return [];
	const credentials = await getSeedreamCredentials(context);
	const outcome = await fetchBalance(connect(context, credentials));
	if (!outcome.ok) throw nodeError(context.getNode(), outcome.error, 0);
	const { amount, unit, details } = outcome.value;
	const json = {
		provider: credentials.provider.id,
		balance: amount,
		unit,
		details: { ...details },
	};
	return [{ json, pairedItem: pairedItems(items) }];
}

export const getBalance: Operation = {
	option: {
		name: 'Get Balance',
		value: 'getBalance',
		description: `Get what is left in the account, where the provider tells it (${TELLING})`,
		action: 'Get balance',
	},
	fields: [],
	execute,
	remains: () => NOTHING_REMAINS,
};

import { z } from 'zod/v4';
import { asObject } from '../../objects';
import { once } from '../../once';
import { lenientNumber } from '../dialects/lenient';
import type { Balance } from '../provider';

/** EvoLink docs, account-management/get-credits. */
export const CREDITS_PATH = '/v1/credits';

const creditsSchema = once(() =>
	z.looseObject({
		data: z.looseObject({
			token: z
				.looseObject({
					remaining_credits: lenientNumber(),
					unlimited_credits: z.boolean().optional().catch(undefined),
				})
				.optional()
				.catch(undefined),
			user: z.looseObject({ remaining_credits: z.number() }),
		}),
	}),
);

/** What can be spent: what the account has, and no more than the API key may use of it. */
export function parseCredits(body: unknown): Balance | undefined {
	const data = creditsSchema().safeParse(body).data?.data;
	if (!data) return undefined;
	const { user, token } = data;
	const ofKey = token?.unlimited_credits ? undefined : token?.remaining_credits;
	return {
		amount: Math.min(user.remaining_credits, ofKey ?? Infinity),
		unit: 'credits',
		details: asObject(data) ?? {},
	};
}

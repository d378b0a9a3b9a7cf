import { describe, expect, it } from 'vitest';
import { asMeant } from '../../../../nodes/shared/seedream/connection';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import type { Provider } from '../../../../nodes/shared/seedream/providers/provider';
import { FakeClock, RESET, always, answered } from '../../support';

/** Says in the body what other providers say by the status. */
const OF_FEW_STATUSES: Provider = {
	...evolink,
	asMeant: (response) => ({ ...response, status: 402 }),
};
const OK = answered(200, { code: 402 });
const REQUEST = { method: 'GET', url: 'https://x.test' } as const;

describe('an answer that means another status than it has', () => {
	it('has the one that it means', async () => {
		const http = asMeant(OF_FEW_STATUSES, always(new FakeClock(), OK));
		expect(await http.send(REQUEST, 1000)).toMatchObject({ response: { status: 402 } });
	});

	it('is left as it is where it comes from another host', async () => {
		const http = asMeant(OF_FEW_STATUSES, always(new FakeClock(), OK));
		expect(await http.send({ ...REQUEST, isForeign: true }, 1000)).toEqual(OK);
	});

	it('is none where there is no answer, or the provider says what it means', async () => {
		const clock = new FakeClock();
		expect(await asMeant(OF_FEW_STATUSES, always(clock, RESET)).send(REQUEST, 1)).toEqual(RESET);
		expect(await asMeant(evolink, always(clock, OK)).send(REQUEST, 1)).toEqual(OK);
	});
});

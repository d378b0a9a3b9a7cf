import { describe, expect, it } from 'vitest';
import { get, predictionIn, send } from './replicateClient';
import { useEmulator } from './useEmulator';

const input = { prompt: 'a lake' };
/** Nobody listens there: what would have come is known from the emulator. */
const webhook = 'http://127.0.0.1:1/done';

describe('a webhook of Replicate', () => {
	const emulator = useEmulator({ taskMs: 30, callbackRetryMs: [] });

	/** What it was told until all was over. */
	const told = async (filter?: string[]) => {
		const body = { input, webhook, ...(filter && { webhook_events_filter: filter }) };
		const answer = await send(emulator, body);
		expect(answer.status).toBe(201);
		await emulator.settled();
		const bodies = emulator.callbacks.map((delivery) => delivery.body);
		return { id: predictionIn(answer).id, bodies };
	};

	it('is told of the end with what a query answers', async () => {
		const { id, bodies } = await told(['completed']);
		expect(bodies).toEqual([(await get(emulator, `/predictions/${id}`)).body]);
	});

	it('is told on the way too, unless the filter says otherwise', async () => {
		const { bodies } = await told();
		expect(bodies).toMatchObject([{ status: 'starting' }, { status: 'succeeded' }]);
	});

	it('is not told of the end where the filter leaves that out', async () => {
		const { bodies } = await told(['start', 'output']);
		expect(bodies).toMatchObject([{ status: 'starting' }]);
	});

	it('is not called where a fault says so, or more often', async () => {
		emulator.addFault({ on: 'create', noCallback: true, times: 1 });
		expect((await told(['completed'])).bodies).toEqual([]);
		emulator.addFault({ on: 'callback', duplicateCallback: 1, times: 1 });
		expect((await told(['completed'])).bodies).toHaveLength(2);
	});
});

describe('where the documented rules are on', () => {
	const emulator = useEmulator({ allowPrivateCallbacks: false });

	it('a webhook must be https', async () => {
		expect(await send(emulator, { input, webhook })).toMatchObject({
			status: 422,
			body: { invalid_fields: [{ field: 'webhook' }] },
		});
		expect((await send(emulator, { input, webhook: 'https://example.com/a' })).status).toBe(201);
	});
});

import { describe, expect, it } from 'vitest';
import type { Provider } from '../emulator';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, NODE, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 30 });

const WAITS: ReadonlyArray<readonly [what: string, seconds: number]> = [
	['no whole number of milliseconds', 2.34567],
	['a little more than one', 600.0004],
	['longer than a timer can be', 3_000_000],
	['longer than a century', 1e12],
	['for ever', Number.MAX_VALUE],
];

const PROVIDERS: ReadonlyArray<readonly [provider: Provider, stream: boolean]> = [
	['evolink', false],
	['novita', false],
	['uniall', false],
	['byteplus', false],
	['byteplus', true],
];

describe.each(WAITS)('A Max Wait of %s', (_, maxWaitSeconds) => {
	it.each(PROVIDERS)(
		'gives the images that are paid for: %s, stream %s',
		async (provider, stream) => {
			const result = await runSeedream(emulator, BOAT, {
				provider,
				options: { stream, maxWaitSeconds },
			});
			expect(result.error).toBeUndefined();
			expect(result.items(NODE)).toHaveLength(1);
			expect(emulator.requestsOf('create')).toHaveLength(1);
		},
	);

	it('waits for the callback', async () => {
		emulator.addFault({ on: 'create', neverEnds: true });
		const run = { options: { maxWaitSeconds }, webhookUrl: 'http://127.0.0.1:1/' };
		const result = await runSeedream(emulator, { ...BOAT, completion: 'callback' }, run);
		expect(result.status).toBe('waiting');
		expect((result.waitTill?.getTime() ?? 0) - Date.now()).toBeGreaterThan(1500);
	});
});

it('A poll interval of no whole number of milliseconds, too', async () => {
	const result = await runSeedream(emulator, BOAT, { options: { pollIntervalSeconds: 0.0333333 } });
	expect(result.items(NODE)).toHaveLength(1);
});

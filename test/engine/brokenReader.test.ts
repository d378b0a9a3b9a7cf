import { afterEach, expect, it, vi } from 'vitest';
import { findProvider } from '../../nodes/shared/seedream/providers';
import type { Provider } from '../emulator';
import { useEmulator } from '../emulator/useEmulator';
import { itemsOf, paidBodies, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 20 });
afterEach(() => vi.restoreAllMocks());

const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** A fault of the package itself, such as a pattern that runs out of stack on a large answer. */
function breakReader(id: Provider): void {
	const provider = findProvider(id);
	if (!provider) throw new Error(`There is no provider ${id}`);
	vi.spyOn(provider, 'parseResponse').mockImplementation(() => {
		throw new RangeError('Maximum call stack size exceeded');
	});
}

it.each(['evolink', 'novita', 'byteplus'] as const)(
	'A paid answer that cannot be read for a fault of the package is never asked for again: %s',
	async (provider) => {
		breakReader(provider);
		const result = await runSeedream(
			emulator,
			{ operation: 'generate', prompt: 'A boat', download: false },
			{ provider, items: itemsOf({}), node: RETRIES },
		);
		expect(result.status).toBe('error');
		expect(paidBodies(emulator)).toHaveLength(1);
		expect(result.error).toMatchObject({ context: { data: { error: { billed: 'unknown' } } } });
	},
);

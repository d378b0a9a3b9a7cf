import { expect, it } from 'vitest';
import { useEmulator } from '../emulator/useEmulator';
import { credentialsFor, runSeedream } from './seedream';

const emulator = useEmulator();

it.each(['', '  '])(
	'Credentials with the key "%s" are refused before anything is sent',
	async (apiKey) => {
		const credentials = { ...credentialsFor(emulator), apiKey };
		const parameters = { operation: 'generate', prompt: 'A boat' };
		const { error } = await runSeedream(emulator, parameters, { credentials });
		expect(error?.message).toBe('The API key in the credentials is empty');
		expect(error?.context).toMatchObject({
			data: { error: { code: 'invalid_credentials', billed: 'no' } },
		});
		expect(emulator.requests).toEqual([]);
	},
);

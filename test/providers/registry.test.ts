import { expect, it } from 'vitest';
import { PROVIDERS } from '../../nodes/shared/seedream/providers';
import { PROVIDERS as EMULATED } from '../emulator';
import { FIXTURES } from '.';

it('every provider of the registry has a fixture here and a stand-in in the emulator, and there are no others', () => {
	const ids = PROVIDERS.map(({ id }) => id).sort();
	expect(FIXTURES.map(({ id }) => id).sort()).toEqual(ids);
	expect([...EMULATED].sort()).toEqual(ids);
});

import { expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { runSeedream } from '../seedream';
import { FOUR_BOATS, jsonOf } from './support';

const emulator = useEmulator({ taskMs: 20 });

it('Tokaify, one image instead of a set: the image, both counts, and that the relay dropped the set', async () => {
	const provider = 'tokaify';
	const body = { created: 1, data: [{ url: 'https://example.com/1.png' }] };
	emulator.addFault({ on: 'create', provider, body });
	const result = await runSeedream(emulator, FOUR_BOATS, { provider });
	expect(result.error).toBeUndefined();
	const [item] = jsonOf(result);
	expect(item).toMatchObject({ imageCount: 1, requestedCount: 4 });
	expect(item?.warnings).toEqual([
		expect.stringMatching(/dropped/),
		'4 images were requested and 1 received.',
	]);
});

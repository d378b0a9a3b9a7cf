import { expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { paidBodies, runSeedream } from '../seedream';
import { BOAT } from './support';

const emulator = useEmulator({ taskMs: 20 });

it('Replicate is told to call back at the end only: it would report the beginning and each image too', async () => {
	emulator.addFault({ on: 'create', noCallback: true });
	const callbackUrl = 'https://n8n.example.com/done?a=1';
	await runSeedream(
		emulator,
		{ ...BOAT, completion: 'submit', callbackUrl },
		{ provider: 'replicate' },
	);
	expect(paidBodies(emulator)).toEqual([
		{
			input: { prompt: 'A boat', size: '2K', aspect_ratio: '1:1' },
			webhook: expect.stringMatching(/^https:\/\/n8n\.example\.com\/done\?a=1&/),
			webhook_events_filter: ['completed'],
		},
	]);
});

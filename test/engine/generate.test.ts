import { describe, expect, it } from 'vitest';
import { useEmulator } from '../emulator/useEmulator';
import { NODE, paidBodies, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 100 });

describe('Generate', () => {
	it('makes a set with one request and gives one item with one binary for each image', async () => {
		const result = await runSeedream(emulator, {
			operation: 'generate',
			prompt: 'three boats',
			numberOfImages: 3,
			aspectRatio: '16:9',
			resolution: '2K',
		});
		expect(result.items(NODE)).toHaveLength(3);
		expect(paidBodies(emulator)).toEqual([
			{
				model: 'doubao-seedream-4.0',
				prompt: 'three boats\n\nGenerate 3 different images.',
				n: 3,
				size: '16:9',
				quality: '2K',
			},
		]);
	});
});

import { expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { binaryItem } from '../support';
import { failureOf } from './support';

const emulator = useEmulator({ taskMs: 20 });

it('UniAll: a file that cannot be sent and all limits that are passed, in one message', async () => {
	const urls = Array.from({ length: 11 }, (_, index) => `https://example.com/${index}.png`);
	const failure = await failureOf(
		emulator,
		{
			operation: 'edit',
			prompt: 'A boat',
			model: 'seedream-4.5',
			numberOfImages: 7,
			sizeMode: 'pixels',
			width: 5000,
			height: 100,
			imageSource: 'both',
			binaryPropertyNames: 'data',
			imageUrls: urls.join('\n'),
			download: false,
		},
		{
			provider: 'uniall',
			items: [
				binaryItem({ binary: { data: { buffer: Buffer.from('x'), mimeType: 'image/png' } } }),
			],
		},
	);
	expect(emulator.requests).toHaveLength(0);
	for (const limit of ['3686400', '1:16', '4096', '6', '10', 'URL only']) {
		expect(failure.message).toMatch(new RegExp(`\\b${limit}\\b`));
	}
});

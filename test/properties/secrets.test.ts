import fc, { property } from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { masker } from '../../nodes/shared/seedream/secret';
import { anyText } from './answers/anyAnswer';
import { check } from './support/check';

// Thousands of cases take their time where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

/** Keys as providers hand them out. */
const key = fc
	.tuple(
		fc.constantFrom('sk-', '', 'ak_', 'sk/', 'key.', '+'),
		fc.stringMatching(/^[A-Za-z0-9_/+=.-]{16,48}$/),
	)
	.map(([head, tail]) => head + tail)
	.filter((text) => /\d/.test(text));

const WRITINGS: ReadonlyArray<(text: string) => string> = [
	(text) => text,
	(text) => JSON.stringify(text).slice(1, -1),
	(text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
	(text) => text.replaceAll('/', '\\/'),
	(text) =>
		[...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
	encodeURIComponent,
	(text) => encodeURIComponent(encodeURIComponent(text)),
	(text) => text.replaceAll('+', '&#43;').replaceAll('=', '&#x3D;'),
	(text) => Buffer.from(text).toString('base64'),
	(text) => Buffer.from(`user:${text}`).toString('base64'),
];

describe('The API key', () => {
	it('is taken out of any text, however often and however it is written there', async () => {
		const text = fc.tuple(
			key,
			anyText,
			fc.array(fc.tuple(fc.constantFrom(...WRITINGS), fc.string({ maxLength: 20 })), {
				minLength: 1,
				maxLength: 4,
			}),
		);
		const isFine = property(text, ([secret, before, places]) => {
			const written =
				before + places.map(([write, after]) => ` ${write(secret)} ${after}`).join('');
			const began = performance.now();
			const shown = masker([secret])(written);
			expect(performance.now() - began).toBeLessThan(5000);
			for (const write of WRITINGS) expect(shown).not.toContain(write(secret));
		});
		await check(isFine, { runs: 2000 });
	});

	it('is all that is taken: a text without it stays as it is', async () => {
		const isFine = property(
			fc.tuple(key, fc.oneof(fc.lorem(), fc.webUrl(), fc.json())),
			([secret, text]) => {
				if (!text.toLowerCase().includes(secret.toLowerCase()))
					expect(masker([secret])(text)).toBe(text);
			},
		);
		await check(isFine, { runs: 1000 });
	});

	it('when it is short or a common word does not eat the text', async () => {
		const isFine = property(
			fc.tuple(
				fc.constantFrom('key', 'a', 'test', 'image', 'secret', '1', ' ', 'completed'),
				fc.oneof(fc.lorem(), fc.json()),
			),
			([secret, text]) => {
				if (!/bearer/i.test(text)) expect(masker([secret])(text)).toBe(text);
			},
		);
		await check(isFine, { runs: 1000 });
	});
});

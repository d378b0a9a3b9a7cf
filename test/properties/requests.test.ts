import fc, { asyncProperty, property } from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PROVIDERS, type Provider } from '../../nodes/shared/seedream/providers';
import type { BinaryReference } from '../../nodes/shared/seedream/references';
import type { ImageRequest } from '../../nodes/shared/seedream/request';
import { validateRequest } from '../../nodes/shared/seedream/validation/validate';
import { textsIn } from '../contract/cases';
import { useEmulator } from '../emulator/useEmulator';
import { anyRequest, anyText } from './requests/anyRequest';
import { makeClearPicture, makePictures } from './requests/pictures';
import { Wire } from './requests/wire';
import { check } from './support/check';

// Thousands of cases take their time where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const emulator = useEmulator({ taskMs: 0 });
let wire: Wire;
let pictures: BinaryReference[];
let clear: BinaryReference;
beforeAll(async () => {
	pictures = await makePictures();
	clear = await makeClearPicture();
});
beforeEach(() => {
	wire = new Wire(emulator);
});

/** A reason has a value in it, or the state that is wrong. */
const A_VALUE =
	/\d|"|NaN|Infinity|is (empty|on|transparent|PNG|JPEG|Auto)|no image|does not (offer|take)|Relays may drop|layerize/;

/** What the check says of a request; nothing where it can be sent. */
function reasonsFor(provider: Provider, request: ImageRequest): string[] {
	const checked = validateRequest(request, provider, emulator.baseUrl(provider.id));
	const reasons = checked.problems.map(({ text }) => text);
	for (const reason of reasons) expect(reason).toMatch(A_VALUE);
	return reasons;
}

describe.each(PROVIDERS)('Any request to $name', (provider) => {
	it(
		'is refused with a reason, is warned of, or is taken by the provider',
		{ timeout: 120_000 },
		async () => {
			let taken = 0;
			const isFine = asyncProperty(anyRequest(pictures, clear), async (request) => {
				if (reasonsFor(provider, request).length > 0) return;
				const checked = validateRequest(request, provider, emulator.baseUrl(provider.id));
				// Beyond what the provider states itself, the model behind it has the last word.
				if (checked.warnings.some((warning) => warning.includes('does not demand this'))) return;
				taken += 1;
				const { status, text } = await wire.create(provider, checked);
				expect([status, text]).toEqual([
					expect.toSatisfy((code: number) => code >= 200 && code < 300),
					text,
				]);
			});
			await check(isFine, { runs: 1000 });
			if (process.env.PROPERTY_PATH === undefined) expect(taken).toBeGreaterThan(0);
		},
	);

	it("for a model of one's own has a body that can be sent, with the model and the prompt", async () => {
		const request = fc
			.tuple(anyRequest(pictures, clear), anyText)
			.map(([any, customId]) => ({ ...any, model: { customId } }));
		const isFine = property(request, (wanted) => {
			if (reasonsFor(provider, wanted).length > 0) return;
			const checked = validateRequest(wanted, provider, 'https://api.test');
			const plan = provider.buildRequest({ ...checked.request, references: [] });
			expect(JSON.parse(JSON.stringify(plan.body))).toEqual(plan.body);
			expect(plan.path).toMatch(/^\/[\x21-\x7e]*$/);
			expect([plan.path, ...textsIn(plan.body)].join()).toContain(wanted.prompt);
		});
		await check(isFine, { runs: 1000 });
	});
});

it('Any request is checked without a change to it, and twice the same', async () => {
	const isFine = property(
		fc.tuple(anyRequest(pictures, clear), fc.constantFrom(...PROVIDERS)),
		([request, provider]) => {
			const before = JSON.stringify(request);
			const first = validateRequest(request, provider, 'https://api.test');
			expect(validateRequest(request, provider, 'https://api.test')).toEqual(first);
			expect(JSON.stringify(request)).toBe(before);
		},
	);
	await check(isFine, { runs: 500 });
});

import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { FIXTURES } from '../../providers';
import { itemsOf, paidBodies, runSeedream } from '../seedream';
import { failureOf, jsonOf } from './support';

const emulator = useEmulator({ taskMs: 20 });

const BOAT = { operation: 'generate', prompt: 'A boat', download: false };

const WIRED = FIXTURES.flatMap(({ wire, pixels, ...fixture }) =>
	wire ? [{ ...fixture, wire, pixels }] : [],
);

describe.each(WIRED)(
	'What the panel says arrives at $name, and nothing else does',
	({ id: provider, path: usualPath, wire: { plain, pixels: inPixels, rows }, pixels }) => {
		it.each(rows.map((row) => [row.says, row] as const))('%s', async (_, row) => {
			const { parameters, options, items, path, wire, warnings } = row;
			const result = await runSeedream(
				emulator,
				{ ...BOAT, ...parameters },
				{ provider, options, items },
			);
			expect(result.error).toBeUndefined();
			expect(result.saved).not.toContain('test-key');
			expect(paidBodies(emulator)).toEqual([{ ...plain, ...wire }]);
			const base = new URL(emulator.baseUrl(provider)).pathname;
			expect(emulator.requests).toMatchObject([
				{
					method: 'POST',
					path: base + (path ?? usualPath),
					headers: { authorization: 'Bearer test-key', 'content-type': 'application/json' },
					status: 200,
				},
			]);
			for (const item of jsonOf(result)) expect(item.warnings).toEqual(warnings ?? []);
		});

		it('a prompt with its line breaks, quotes and any script', async () => {
			const prompt = 'A "boat"\n船 ⛵ \\ done';
			await runSeedream(emulator, { ...BOAT, prompt, aspectRatio: '1:1' }, { provider });
			expect(paidBodies(emulator)).toMatchObject([{ prompt }]);
		});

		it('the prompt, the shape and the resolution of each item in its own request, in pixels that are taken', async () => {
			const wanted = Object.entries(pixels?.['seedream-4.0'] ?? {}).flatMap(
				([resolution, shapes]) =>
					Object.entries(shapes).map(([aspectRatio, size]) => ({ resolution, aspectRatio, size })),
			);
			emulator.setTaskMs(0);
			const items = itemsOf(...wanted.map((json) => ({ ...json })));
			const result = await runSeedream(
				emulator,
				{
					...BOAT,
					prompt: '={{ $json.aspectRatio }}',
					aspectRatio: '={{ $json.aspectRatio }}',
					resolution: '={{ $json.resolution }}',
				},
				{ provider, items, options: { concurrency: 1 } },
			);
			expect(result.error).toBeUndefined();
			expect(wanted.length).toBeGreaterThan(0);
			expect(paidBodies(emulator)).toEqual(
				wanted.map(({ aspectRatio, size }) => {
					const [width = NaN, height = NaN] = size.split('x').map(Number);
					return { ...plain, prompt: aspectRatio, ...inPixels(width, height) };
				}),
			);
		});

		it('a model that an expression chooses as one from the list, without anything else to fill in', async () => {
			for (const model of ['seedream-4.5', '={{ "seedream-4.5" }}']) {
				const result = await runSeedream(
					emulator,
					{ ...BOAT, model, aspectRatio: '1:1' },
					{ provider },
				);
				expect(result.error).toBeUndefined();
			}
			const sent = emulator.requests.map(({ path, body }) => ({ path, body }));
			expect(sent).toEqual([sent[0], sent[0]]);
		});
	},
);

const REFUSED = FIXTURES.flatMap(({ id, refusedOptions = [] }) =>
	refusedOptions.map((row) => ({ provider: id, modelId: 'unused', ...row })),
);

describe('What would change the picture and cannot be had is refused before anything is sent', () => {
	it.each(REFUSED)(
		'$provider, $model ($modelId): $options',
		async ({ provider, model, modelId, options, names }) => {
			const parameters = { ...BOAT, aspectRatio: '1:1', model: `={{ "${model}" }}`, modelId };
			const failure = await failureOf(emulator, parameters, { provider, options });
			expect(emulator.requests).toHaveLength(0);
			expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no', provider });
			expect(failure.message).toContain(names);
			expect(failure.message).toContain('Nothing was sent');
		},
	);
});

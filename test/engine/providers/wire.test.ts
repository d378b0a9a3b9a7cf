import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { FIXTURES } from '../../providers';
import { bodyOf, fieldsIn } from '../../providers/body';
import { itemsOf, paidBodies, runSeedream } from '../seedream';
import { failureOf, jsonOf } from './support';

const emulator = useEmulator({ taskMs: 20 });

const BOAT = { operation: 'generate', prompt: 'A boat', download: false };

const WIRED = FIXTURES.flatMap(({ wire, pixels, ...fixture }) =>
	wire ? [{ ...fixture, wire, pixels }] : [],
);

describe.each(WIRED)(
	'What the panel says arrives at $name, and nothing else does',
	({ wire: { plain, beside, pixels: inPixels, words, rows }, pixels, ...fixture }) => {
		const { id: provider, path: usualPath, keyScheme = 'Bearer' } = fixture;
		// Where there are tasks, nothing is asked after the request that is looked at.
		const parameters = { ...BOAT, completion: fixture.synchronous ? 'poll' : 'submit' };

		it.each(rows.map((row) => [row.says, row] as const))('%s', async (_, row) => {
			const { options, items, path, wire, warnings } = row;
			const result = await runSeedream(
				emulator,
				{ ...parameters, ...row.parameters },
				{ provider, options, items },
			);
			expect(result.error).toBeUndefined();
			expect(result.saved).not.toContain('test-key');
			const expected = bodyOf(fixture, { ...plain, ...wire }, { ...beside, ...row.beside });
			expect(paidBodies(emulator)).toEqual([expected]);
			const base = new URL(emulator.baseUrl(provider)).pathname;
			expect(emulator.requests).toMatchObject([
				{
					method: 'POST',
					path: base + (path ?? usualPath),
					headers: {
						authorization: `${keyScheme} test-key`,
						'user-agent': 'n8n-nodes-seedream',
						'content-type': 'application/json',
					},
					status: expect.toSatisfy((status: number) => status >= 200 && status < 300),
				},
			]);
			for (const item of jsonOf(result)) expect(item.warnings).toEqual(warnings ?? []);
		});

		it('a prompt with its line breaks, quotes and any script', async () => {
			const prompt = 'A "boat"\n船 ⛵ \\ done';
			await runSeedream(emulator, { ...parameters, prompt, aspectRatio: '1:1' }, { provider });
			expect(fieldsIn(fixture, paidBodies(emulator)[0])).toMatchObject({ prompt });
		});

		it('the prompt, the shape and the resolution of each item in its own request, as they are taken', async () => {
			const inWords = words?.map(([aspectRatio, resolution, size]) => ({
				resolution,
				aspectRatio,
				size,
			}));
			const measured = Object.entries(pixels?.['seedream-4.0'] ?? {}).flatMap(
				([resolution, shapes]) =>
					Object.entries(shapes).map(([aspectRatio, size]) => {
						const [width = NaN, height = NaN] = size.split('x').map(Number);
						return { resolution, aspectRatio, size: inPixels?.(width, height) };
					}),
			);
			const wanted = inWords ?? measured;
			emulator.setTaskMs(0);
			const items = itemsOf(
				...wanted.map(({ resolution, aspectRatio }) => ({ resolution, aspectRatio })),
			);
			const result = await runSeedream(
				emulator,
				{
					...parameters,
					prompt: '=A {{ $json.aspectRatio }}',
					aspectRatio: '={{ $json.aspectRatio }}',
					resolution: '={{ $json.resolution }}',
				},
				{ provider, items, options: { concurrency: 1 } },
			);
			expect(result.error).toBeUndefined();
			expect(wanted.length).toBeGreaterThan(0);
			expect(paidBodies(emulator)).toEqual(
				wanted.map(({ aspectRatio, size }) =>
					bodyOf(fixture, { ...plain, prompt: `A ${aspectRatio}`, ...size }, beside),
				),
			);
		});

		it('a model that an expression chooses as one from the list, without anything else to fill in', async () => {
			for (const model of ['seedream-4.5', '={{ "seedream-4.5" }}']) {
				const result = await runSeedream(
					emulator,
					{ ...parameters, model, aspectRatio: '1:1' },
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

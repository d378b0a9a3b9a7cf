import { describe, expect, it } from 'vitest';
import { MODEL_FAMILIES } from '../../nodes/shared/seedream/models';
import { PROVIDERS } from '../../nodes/shared/seedream/providers';
import { IMAGE_FORMATS } from '../../nodes/shared/seedream/references';
import { RESOLUTIONS, sizeProblems } from '../../nodes/shared/seedream/sizes';
import {
	validateRequest,
	type ValidatedRequest,
} from '../../nodes/shared/seedream/validation/validate';
import { FIXTURES } from '../providers';
import { API, aRequest, type RequestWishes } from '../unit/support';
import {
	hasShape,
	isTaken,
	modelsOf,
	nearestIn,
	orderOf,
	pixelsIn,
	providerOf,
	shapeCases,
	textsIn,
} from './cases';
import { deepFreeze, undefinedParts } from './garbage';

/** What is said of a size that is wrong: a refusal, or a warning where the provider does not demand it. */
function aboutSize({ problems, warnings }: ValidatedRequest): string[] {
	return [...problems.map(({ text }) => text), ...warnings].filter((text) =>
		text.includes('nearest'),
	);
}

it('a provider is named in one way only', () => {
	const names = PROVIDERS.flatMap(({ name, label = name }) => [...new Set([name, label])]);
	expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
});

describe.each(FIXTURES)(
	'$name',
	({ id, name, baseUrl, withoutBaseUrl, testPath, takesFiles, sizeWords }) => {
		const provider = providerOf(id);
		const check = (wishes: RequestWishes) => validateRequest(aRequest(wishes), provider, API);
		const planOf = (wishes: RequestWishes) => provider.buildRequest(orderOf(provider, wishes));
		const models = modelsOf(provider);
		const offered = shapeCases(provider).filter(({ model, aspectRatio }) =>
			isTaken(provider, model.id, aspectRatio),
		);
		const shapes = offered.map((shape) => ({ ...shape, plan: planOf(shape.wishes) }));

		it('has its name, its path for the credential test, and its base URL or a reason for none', () => {
			expect(provider).toMatchObject({ name, testPath });
			expect(provider.baseUrl).toBe(baseUrl);
			if (baseUrl === undefined) {
				expect(withoutBaseUrl).toMatch(/\S/);
				// The user has to enter one, and is told what.
				expect(provider.baseUrlDescription).toMatch(/\S/);
			} else expect(baseUrl).toMatch(/^https:\/\/[^/]+(\/\S*[^/])?$/);
		});

		it('has models, each with an ID of its own', () => {
			const ids = models.map((model) => model.id);
			expect(ids.length).toBeGreaterThan(0);
			expect(new Set(ids).size).toBe(ids.length);
			for (const modelId of ids) expect(modelId).toMatch(/^\S+$/);
			expect(MODEL_FAMILIES).toEqual(expect.arrayContaining(Object.keys(provider.models)));
		});

		it('says how reference images reach it', () => {
			const { referenceTransport: transport } = provider;
			expect(transport.kind !== 'urlOnly').toBe(takesFiles);
			if (transport.kind === 'urlOnly') expect(transport.reason).toMatch(/URL/);
			if (transport.kind !== 'upload') return;
			expect(transport.upload.baseUrl ?? baseUrl).toMatch(/^https:\/\/[^/]+(\/[^/]+)*$/);
			expect(IMAGE_FORMATS).toEqual(expect.arrayContaining([...transport.upload.formats]));
		});

		it('has models whose limits of size have the default within, and only resolutions that there are', () => {
			for (const { family, spec } of models) {
				const { area, ratio, side = Infinity } = spec.size;
				expect(spec.resolutions, family).toContain('2K');
				expect(RESOLUTIONS, family).toEqual(expect.arrayContaining([...spec.resolutions]));
				expect(new Set(spec.resolutions).size, family).toBe(spec.resolutions.length);
				expect(area.min, family).toBeGreaterThan(0);
				expect(ratio, family).toBeGreaterThanOrEqual(21 / 9);
				expect(side ** 2, family).toBeGreaterThanOrEqual(area.min);
				expect(sizeProblems({ width: 2048, height: 2048 }, spec.size), family).toEqual([]);
			}
		});

		it('has models whose numbers of images go together, and whose reference images can exist', () => {
			for (const { family, spec } of models) {
				const { maxImages, imagesAndReferences, references } = spec;
				const { bytes, formats, ratio, minSide, maxArea, count, safeCount = 0 } = references;
				expect(maxImages, family).toBeGreaterThanOrEqual(1);
				expect(maxImages, family).toBeLessThanOrEqual(imagesAndReferences);
				expect(count, family).toBeLessThan(imagesAndReferences);
				expect(safeCount, family).toBeLessThanOrEqual(count);
				for (const limit of [bytes, ratio, minSide]) expect(limit, family).toBeGreaterThan(0);
				expect(minSide ** 2 * ratio, family).toBeLessThan(maxArea);
				expect(formats, family).toEqual(expect.arrayContaining(['jpeg', 'png']));
				expect(IMAGE_FORMATS, family).toEqual(expect.arrayContaining([...formats]));
			}
		});

		it('has models whose options go together', () => {
			for (const { family, spec } of models) {
				expect(spec.promptPriorities, family).toContain('standard');
				expect(new Set(spec.outputFormats).size, family).toBe(spec.outputFormats.length);
				expect(new Set(spec.backgrounds).size, family).toBe(spec.backgrounds.length);
				if (spec.backgrounds.includes('transparent'))
					expect(spec.outputFormats, family).toContain('png');
				expect(spec.promptTokens ?? 1, family).toBeGreaterThan(0);
			}
		});

		it('has a plan for each model, resolution and shape that can go on the wire', () => {
			for (const { name: shape, model, plan } of shapes) {
				const path = expect.stringMatching(/^\/\S+$/);
				expect(plan, shape).toMatchObject({ method: 'POST', path });
				expect(undefinedParts(plan.body), shape).toEqual([]);
				expect(JSON.parse(JSON.stringify(plan.body)), shape).toEqual(plan.body);
				expect(textsIn(plan.body), shape).toContain('A lake at dawn');
				expect([plan.path, ...textsIn(plan.body)].join(' '), shape).toContain(model.id);
			}
		});

		it('says the size, within the limits and in the shape', () => {
			for (const { name: shape, model, resolution, aspectRatio, plan } of shapes) {
				const sizing = provider.sizingOf(model.id);
				// Where no resolution has a word, nothing is said of the size without a shape.
				const isWithoutTiers = sizing.kind === 'pixels' && sizing.tiers.length === 0;
				const pixels = pixelsIn(plan.body);
				const isAuto = aspectRatio === 'auto';
				if (isAuto && isWithoutTiers) {
					expect(pixels, shape).toBeUndefined();
				} else if (pixels) {
					expect(sizeProblems(pixels, model.spec.size), shape).toEqual([]);
					expect(isAuto || hasShape(pixels, aspectRatio), shape).toBe(true);
				} else {
					const said = sizeWords?.(aspectRatio, resolution, model.family) ?? [
						resolution,
						...(isAuto ? [] : [aspectRatio]),
					];
					expect(textsIn(plan.body), shape).toEqual(expect.arrayContaining([...said]));
				}
			}
		});

		it('says nothing of another provider', () => {
			const others = PROVIDERS.filter((other) => other.id !== id);
			for (const { name: shape, plan } of shapes) {
				const said = JSON.stringify(plan).toLowerCase();
				// As words: the short ones are parts of longer ones, as fal is of false.
				for (const word of others.flatMap((other) => [other.id, other.name.toLowerCase()]))
					expect(said, shape).not.toMatch(new RegExp(`\\b${word}\\b`));
			}
		});

		it('passes what it offers, or refuses it with a nearest size that passes', () => {
			for (const { name: shape, wishes, resolution, aspectRatio } of shapeCases(provider)) {
				for (const { text } of check(wishes).problems) {
					// Which shape is meant where it was left to the model nobody can know.
					if (aspectRatio === 'auto') expect(text, shape).toMatch(/Auto.*Choose one/);
					else
						expect(check({ ...wishes, size: nearestIn(text, resolution) }).problems, shape).toEqual(
							[],
						);
				}
			}
		});

		it('has a nearest size that passes for pixels that are wrong', () => {
			for (const { family } of models) {
				for (const [width, height] of [
					[512, 512],
					[9000, 9000],
					[9000, 200],
					[200, 9000],
					[64, 4096],
				] as const) {
					const wishes: RequestWishes = {
						model: { family },
						size: { mode: 'pixels', width, height },
					};
					const what = `${family} with ${width}x${height}`;
					const wrong = aboutSize(check(wishes));
					expect(wrong.length, what).toBeGreaterThan(0);
					for (const text of wrong) {
						expect(aboutSize(check({ ...wishes, size: nearestIn(text) })), what).toEqual([]);
					}
				}
			}
		});

		it('sends the prompt, the count and the references', () => {
			const urls = [0, 1].map((index) => `https://x.test/${index}.png`);
			const references = urls.map((url) => ({ kind: 'url', url }) as const);
			for (const { family, spec } of models) {
				const numberOfImages = Math.min(3, spec.maxImages);
				const wishes = {
					model: { family },
					operation: 'edit',
					numberOfImages,
					references,
				} as const;
				const { body } = planOf(wishes);
				const sent = textsIn(body).filter((text) => text.startsWith('https://x.test/'));
				expect(sent, family).toEqual(urls);
				const count = new RegExp(`:${numberOfImages}[,}]`);
				if (numberOfImages > 1) expect(JSON.stringify(body), family).toMatch(count);
				expect(undefinedParts(body), family).toEqual([]);
			}
		});

		it('adds no field for options at their default', () => {
			for (const { family, spec } of models) {
				const options = {
					promptPriority: 'standard',
					outputFormat: spec.outputFormats[0] ?? 'jpeg',
					background: spec.backgrounds[0] ?? 'opaque',
				} as const;
				const atDefault = planOf({ model: { family }, options });
				expect(atDefault, family).toEqual(planOf({ model: { family } }));
			}
		});

		it('reads an answer image by image exactly where it asks for a stream', () => {
			for (const { family } of models) {
				for (const stream of [true, false]) {
					const { isStream = false, body } = planOf({ model: { family }, options: { stream } });
					expect(isStream, family).toBe(body?.stream === true);
					if (!stream) expect(isStream, family).toBe(false);
				}
			}
		});

		it('takes a model of its own by its ID, whose limits it does not know', () => {
			const plan = planOf({ model: { customId: 'seedream-of-tomorrow' }, numberOfImages: 2 });
			expect(`${plan.path} ${JSON.stringify(plan.body)}`).toContain('seedream-of-tomorrow');
			expect(undefinedParts(plan.body)).toEqual([]);
			expect(textsIn(plan.body).some((text) => text.startsWith('A lake at dawn'))).toBe(true);
		});

		it('is checked and planned without a side effect', () => {
			for (const { name: shape, wishes } of shapes) {
				const request = deepFreeze(
					aRequest({ ...wishes, numberOfImages: 2, options: { user: 'u' } }),
				);
				const first = validateRequest(request, provider, API);
				expect(validateRequest(request, provider, API), shape).toEqual(first);
				const order = deepFreeze({ ...first.request, references: ['https://x.test/1'] });
				expect(provider.buildRequest(order), shape).toEqual(provider.buildRequest(order));
			}
		});
	},
);

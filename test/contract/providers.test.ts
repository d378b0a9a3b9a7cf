import { describe, expect, it } from 'vitest';
import { MODEL_FAMILIES } from '../../nodes/shared/seedream/models';
import { PROVIDERS, type Provider } from '../../nodes/shared/seedream/providers';
import { IMAGE_FORMATS } from '../../nodes/shared/seedream/references';
import { RESOLUTIONS, sizeProblems } from '../../nodes/shared/seedream/sizes';
import {
	validateRequest,
	type ValidatedRequest,
} from '../../nodes/shared/seedream/validation/validate';
import { API, aRequest, type RequestWishes } from '../unit/support';
import {
	hasShape,
	modelsOf,
	nearestIn,
	orderOf,
	pixelsIn,
	resolutionCases,
	textsIn,
	wishesInEachShape,
} from './cases';
import { EXAMPLES } from './examples';
import { deepFreeze, undefinedParts } from './garbage';

/** Whether no resolution has a word there, so that without a shape nothing is said of the size. */
function isWithoutTiers({ sizing }: Provider): boolean {
	return sizing.kind === 'pixels' && sizing.tiers.length === 0;
}

/** What is said of a size that is wrong: a refusal, or a warning where the provider does not demand it. */
function aboutSize({ problems, warnings }: ValidatedRequest): string[] {
	return [...problems.map(({ text }) => text), ...warnings].filter((text) =>
		text.includes('nearest'),
	);
}

it('the registry has every provider once', () => {
	const ids = PROVIDERS.map(({ id }) => id);
	expect([...ids].sort()).toEqual([...new Set(ids)].sort());
});

it('a provider is named in one way only', () => {
	const names = PROVIDERS.map(({ name }) => name.toLowerCase());
	expect(new Set(names).size).toBe(names.length);
});

describe.each(PROVIDERS)('$name', (provider) => {
	const cases = resolutionCases(provider);
	const check = (wishes: RequestWishes) => validateRequest(aRequest(wishes), provider, API);
	const planOf = (wishes: RequestWishes) => provider.buildRequest(orderOf(provider, wishes));

	describe('as the registry has it', () => {
		it('has an example of its answers', () => {
			expect(EXAMPLES[provider.id]).toBeDefined();
		});

		it('has a name, a path for the credential test, and a base URL or a reason for none', () => {
			expect(provider.name).toMatch(/\S/);
			expect(provider.testPath).toMatch(/^\/\S+$/);
			if (provider.baseUrl === undefined)
				expect(EXAMPLES[provider.id]?.withoutBaseUrl).toMatch(/\S/);
			else expect(provider.baseUrl).toMatch(/^https:\/\/[^/]+(\/\S*[^/])?$/);
		});

		it('has models, each with an ID of its own', () => {
			const ids = modelsOf(provider).map(({ id }) => id);
			expect(ids.length).toBeGreaterThan(0);
			expect(new Set(ids).size).toBe(ids.length);
			for (const id of ids) expect(id).toMatch(/^\S+$/);
			expect(MODEL_FAMILIES).toEqual(expect.arrayContaining(Object.keys(provider.models)));
		});

		it('says how reference images reach it', () => {
			const { referenceTransport: transport } = provider;
			if (transport.kind === 'urlOnly') expect(transport.reason).toMatch(/URL/);
			if (transport.kind !== 'upload') return;
			expect(transport.upload.baseUrl).toMatch(/^https:\/\/[^/]+$/);
			expect(IMAGE_FORMATS).toEqual(expect.arrayContaining([...transport.upload.formats]));
		});
	});

	describe.each(modelsOf(provider))('limits of $family', ({ spec: limits }) => {
		it('offer the default resolution and only ones that there are', () => {
			expect(limits.resolutions).toContain('2K');
			expect(RESOLUTIONS).toEqual(expect.arrayContaining([...limits.resolutions]));
			expect(new Set(limits.resolutions).size).toBe(limits.resolutions.length);
		});

		it('have a range of sizes in which the default lies', () => {
			const { area, ratio, side } = limits.size;
			expect(area.min).toBeGreaterThan(0);
			expect(area.min).toBeLessThanOrEqual(area.max);
			expect(ratio).toBeGreaterThanOrEqual(21 / 9);
			if (side !== undefined) expect(side ** 2).toBeGreaterThanOrEqual(area.min);
			expect(sizeProblems({ width: 2048, height: 2048 }, limits.size)).toEqual([]);
		});

		it('have numbers of images that go together', () => {
			const { maxImages: images, imagesAndReferences, references } = limits;
			expect(images).toBeGreaterThanOrEqual(1);
			expect(images).toBeLessThanOrEqual(imagesAndReferences);
			expect(references.count).toBeLessThan(imagesAndReferences);
			expect(references.safeCount ?? 0).toBeLessThanOrEqual(references.count);
		});

		it('take reference images that can exist', () => {
			const { bytes, formats, ratio, minSide, maxArea } = limits.references;
			for (const limit of [bytes, ratio, minSide]) expect(limit).toBeGreaterThan(0);
			expect(minSide ** 2 * ratio).toBeLessThan(maxArea);
			expect(formats).toEqual(expect.arrayContaining(['jpeg', 'png']));
			expect(IMAGE_FORMATS).toEqual(expect.arrayContaining([...formats]));
		});

		it('have options that go together', () => {
			expect(limits.promptPriorities).toContain('standard');
			expect(new Set(limits.outputFormats).size).toBe(limits.outputFormats.length);
			if (limits.background) expect(limits.outputFormats).toContain('png');
			if (limits.promptTokens !== undefined) expect(limits.promptTokens).toBeGreaterThan(0);
		});
	});

	describe.each(cases)('$model.family at $resolution, in each shape', (sized) => {
		const { model, resolution } = sized;
		const shapes = wishesInEachShape(sized).map((shape) => ({
			...shape,
			plan: planOf(shape.wishes),
		}));

		it('has a plan that can go on the wire', () => {
			for (const { aspectRatio, plan } of shapes) {
				expect(plan, aspectRatio).toMatchObject({
					method: 'POST',
					path: expect.stringMatching(/^\/\S+$/),
				});
				expect(undefinedParts(plan.body), aspectRatio).toEqual([]);
				expect(JSON.parse(JSON.stringify(plan.body)), aspectRatio).toEqual(plan.body);
				expect(textsIn(plan.body), aspectRatio).toContain('A lake at dawn');
				expect([plan.path, ...textsIn(plan.body)].join(' '), aspectRatio).toContain(model.id);
			}
		});

		it('says the size, within the limits and in the shape', () => {
			for (const { aspectRatio, plan } of shapes) {
				const pixels = pixelsIn(plan.body);
				const isAuto = aspectRatio === 'auto';
				const isLeftToProvider = isAuto && isWithoutTiers(provider);
				if (isLeftToProvider) {
					expect(pixels, aspectRatio).toBeUndefined();
				} else if (pixels) {
					expect(sizeProblems(pixels, model.spec.size), aspectRatio).toEqual([]);
					expect(isAuto || hasShape(pixels, aspectRatio), aspectRatio).toBe(true);
				} else {
					const said = isAuto ? [resolution] : [resolution, aspectRatio];
					expect(textsIn(plan.body), aspectRatio).toEqual(expect.arrayContaining(said));
				}
			}
		});

		it('says nothing of another provider', () => {
			const others = PROVIDERS.filter(({ id }) => id !== provider.id);
			for (const { plan } of shapes) {
				const said = JSON.stringify(plan).toLowerCase();
				for (const { id, name } of others) {
					expect(said).not.toContain(id);
					expect(said).not.toContain(name.toLowerCase());
				}
			}
		});

		it('passes the check, or is refused with a nearest size that passes', () => {
			for (const { aspectRatio, wishes } of shapes) {
				for (const { text } of check(wishes).problems) {
					expect(check({ ...wishes, size: nearestIn(text) }).problems, aspectRatio).toEqual([]);
				}
			}
		});
	});

	it.each(modelsOf(provider))(
		'$family: pixels that are wrong have a nearest size that passes',
		(model) => {
			for (const [width, height] of [
				[512, 512],
				[9000, 9000],
				[9000, 200],
				[200, 9000],
				[64, 4096],
			] as const) {
				const wishes: RequestWishes = {
					model: { family: model.family },
					size: { mode: 'pixels', width, height },
				};
				const wrong = aboutSize(check(wishes));
				expect(wrong.length).toBeGreaterThan(0);
				for (const text of wrong) {
					expect(aboutSize(check({ ...wishes, size: nearestIn(text) }))).toEqual([]);
				}
			}
		},
	);

	it.each(modelsOf(provider))(
		'$family: sends the prompt, the count and the references',
		({ family, spec: limits }) => {
			const count = Math.min(3, limits.maxImages);
			const references = [0, 1].map(
				(index) => ({ kind: 'url', url: `https://x.test/${index}.png` }) as const,
			);
			const plan = planOf({
				model: { family },
				operation: 'edit',
				numberOfImages: count,
				references,
			});
			const texts = textsIn(plan.body);
			expect(texts.filter((text) => text.startsWith('https://x.test/'))).toEqual(
				references.map(({ url }) => url),
			);
			if (count > 1) expect(JSON.stringify(plan.body)).toMatch(new RegExp(`:${count}[,}]`));
			expect(undefinedParts(plan.body)).toEqual([]);
		},
	);

	it.each(modelsOf(provider))('$family: options at their default add no field', ({ family }) => {
		const least = planOf({ model: { family } });
		const atDefault = planOf({
			model: { family },
			options: { promptPriority: 'standard', outputFormat: 'jpeg', background: 'opaque' },
		});
		expect(atDefault).toEqual(least);
	});

	it('takes a model of its own by its ID, whose limits it does not know', () => {
		const plan = planOf({ model: { customId: 'seedream-of-tomorrow' }, numberOfImages: 2 });
		expect(`${plan.path} ${JSON.stringify(plan.body)}`).toContain('seedream-of-tomorrow');
		expect(undefinedParts(plan.body)).toEqual([]);
		expect(textsIn(plan.body).some((text) => text.startsWith('A lake at dawn'))).toBe(true);
	});

	it('is checked and planned without a side effect', () => {
		for (const { wishes } of cases.flatMap(wishesInEachShape)) {
			const request = deepFreeze(
				aRequest({ ...wishes, numberOfImages: 2, options: { user: 'u' } }),
			);
			const first = validateRequest(request, provider, API);
			expect(validateRequest(request, provider, API)).toEqual(first);
			const order = deepFreeze({ ...first.request, references: ['https://x.test/1'] });
			expect(provider.buildRequest(order)).toEqual(provider.buildRequest(order));
		}
	});
});

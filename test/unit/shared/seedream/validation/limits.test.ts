import { describe, expect, it } from 'vitest';
import { MODEL_SPECS, type ModelSpec } from '../../../../../nodes/shared/seedream/models';
import { checkLimits } from '../../../../../nodes/shared/seedream/validation/limits';
import { aBinary, aRequest, images, type RequestWishes } from '../../../support';

const SPEC = MODEL_SPECS['seedream-4.0'];
const SIZE = { kind: 'tier', resolution: '2K' } as const;

const check = (
	wishes: RequestWishes,
	spec: ModelSpec = SPEC,
	size: Parameters<typeof checkLimits>[3] = SIZE,
) => checkLimits(aRequest(wishes), spec, { model: 'M', provider: 'P' }, size);

const TOO_MANY: RequestWishes = { numberOfImages: 16 };

describe('what goes beyond a limit of the model', () => {
	it('is a problem that may be overruled, and names who demands the limit', () => {
		const { problems, warnings } = check(TOO_MANY);
		expect(problems).toEqual([
			{ kind: 'limit', limit: 'images', text: expect.stringContaining('M on P makes at most 15') },
		]);
		expect(warnings).toEqual([]);
	});

	it('is a warning where the provider does not demand the limit', () => {
		const { problems, warnings } = check(TOO_MANY, { ...SPEC, notDemanded: ['images'] });
		expect(problems).toEqual([]);
		expect(warnings).toEqual([
			expect.stringMatching(/^P does not demand this.*16, and M makes at most 15/),
		]);
	});

	it('does not hide what goes beyond the next one', () => {
		const wishes: RequestWishes = {
			numberOfImages: 16,
			size: { mode: 'pixels', width: 100, height: 5000 },
			references: [...images(14), aBinary('heavy', { bytes: SPEC.references.bytes + 1 })],
		};
		const names = check(wishes).problems.map(({ limit }) => limit);
		expect(new Set(names)).toEqual(
			new Set(['images', 'size', 'referenceCount', 'imagesAndReferences', 'referenceFile']),
		);
	});
});

describe('what is no limit', () => {
	it('a size that is not sent', () => {
		const wishes: RequestWishes = {
			size: { mode: 'ratio', aspectRatio: 'auto', resolution: '3K' },
		};
		expect(check(wishes).problems).toHaveLength(1);
		expect(check(wishes, SPEC, { kind: 'none' }).problems).toEqual([]);
	});

	it('images and references together, as long as there are no references', () => {
		const spec = { ...SPEC, imagesAndReferences: 10 };
		expect(check({ numberOfImages: 11 }, spec).problems).toEqual([]);
		expect(check({ numberOfImages: 10, references: images(1) }, spec).problems).toHaveLength(1);
	});

	it('a number of references on which sources differ: it is warned of', () => {
		const spec = { ...SPEC, references: { ...SPEC.references, safeCount: 10 } };
		expect(check({ references: images(10) }, spec).warnings).toEqual([]);
		expect(check({ references: images(11) }, spec)).toEqual({
			problems: [],
			warnings: [expect.stringContaining('11 reference images; sources differ')],
		});
	});
});

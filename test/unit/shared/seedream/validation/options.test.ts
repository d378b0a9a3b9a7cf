import { describe, expect, it } from 'vitest';
import { MODEL_SPECS } from '../../../../../nodes/shared/seedream/models';
import type { ImageOptions } from '../../../../../nodes/shared/seedream/request';
import {
	fitOptions,
	optionsOfAnyModel,
} from '../../../../../nodes/shared/seedream/validation/options';
import { aRequest, images, providerOf } from '../../../support';

const FULL = {
	...MODEL_SPECS['seedream-5.0-pro'],
	transparencyOfReference: 'demanded',
	webSearch: true,
	stream: true,
} as const;
const PLAIN = MODEL_SPECS['seedream-4.5'];

function fit(
	options: Partial<ImageOptions>,
	spec = optionsOfAnyModel(Object.values(providerOf('tokaify').models)),
	references = 0,
) {
	const request = aRequest({ options, references: images(references) });
	return fitOptions(request, spec, providerOf('tokaify'), 'M on P');
}

const ALL: Partial<ImageOptions> = {
	promptPriority: 'fast',
	outputFormat: 'png',
	background: 'transparent',
	watermark: true,
	webSearch: true,
	stream: true,
	user: 'u-1',
};

describe('an option', () => {
	it('goes to the model that has a field for it', () => {
		expect(fit(ALL, FULL, 1)).toEqual({
			options: { ...ALL, stateCountInPrompt: true, additionalFields: {} },
			problems: [],
			warnings: [],
		});
	});

	it("is left out in silence where it is the model's default", () => {
		const defaults = {
			promptPriority: 'standard',
			outputFormat: 'jpeg',
			background: 'opaque',
		} as const;
		for (const spec of [FULL, PLAIN]) expect(fit(defaults, spec)).toEqual(fit({}, spec));
		expect(fit(defaults, PLAIN).options).not.toHaveProperty('outputFormat');
	});

	it.each<[string, Partial<ImageOptions>]>([
		['Prompt Priority', { promptPriority: 'fast' }],
		['Stream', { stream: true }],
		['Seed', { seed: 7 }],
	])('that does not change the picture is left out with a warning: %s', (title, option) => {
		const fitted = fit(option, { ...PLAIN, stream: false });
		expect(fitted).toEqual({
			...fit({}, PLAIN),
			warnings: [expect.stringContaining(`${title} was left out: M on P`)],
		});
	});

	it.each<[string, Partial<ImageOptions>]>([
		['Output Format', { outputFormat: 'png' }],
		['Background', { background: 'transparent' }],
		['Web Search', { webSearch: true }],
		['Watermark', { watermark: true }],
	])('that changes the picture is a problem instead: %s', (title, option) => {
		const { problems, warnings } = fit(option, { ...PLAIN, watermark: false });
		expect(problems).toEqual([{ kind: 'limit', text: expect.stringContaining(title) }]);
		expect(warnings).toEqual([]);
	});
});

describe('what any model of a provider has', () => {
	it('is taken for a custom model too', () => {
		const { options, problems } = fit({ watermark: true, stream: true });
		expect(options).toMatchObject({ watermark: true, stream: true });
		expect(problems).toEqual([]);
	});

	it('and what none of them has is not', () => {
		expect(fit({ outputFormat: 'png' }).problems).toHaveLength(1);
	});
});

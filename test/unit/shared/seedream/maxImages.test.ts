import { describe, expect, it } from 'vitest';
import { maxImagesOf } from '../../../../nodes/shared/seedream/maxImages';
import { PROVIDERS } from '../../../../nodes/shared/seedream/providers';
import { API, checked, providerOf, type RequestWishes } from '../../support';

function mostOf(id: string, wishes: RequestWishes = {}): number {
	const provider = providerOf(id);
	const { request } = checked(wishes, provider);
	return maxImagesOf({ provider, baseUrl: API }, { ...request, references: [] });
}

const withFields = (
	additionalFields: Record<string, unknown>,
	modelId?: string,
): RequestWishes => ({
	...(modelId !== undefined && { model: { customId: modelId } }),
	options: { additionalFields },
});

describe('the most images that a request may order', () => {
	it.each(PROVIDERS.map(({ id }) => id))('are those that were asked for, at %s', (id) => {
		expect([1, 5].map((numberOfImages) => mostOf(id, { numberOfImages }))).toEqual([1, 5]);
	});

	it.each<[string, string, Record<string, unknown>, number]>([
		['the number of another field', 'evolink', { n: 9 }, 9],
		['the larger of two', 'uniall', { n: 2, num_images: 4 }, 4],
		[
			'the size of a set',
			'byteplus',
			{
				sequential_image_generation: 'auto',
				sequential_image_generation_options: { max_images: 7 },
			},
			7,
		],
		[
			'as many as any, of a set without a number',
			'byteplus',
			{ sequential_image_generation: 'auto' },
			15,
		],
		['the layers of an image that is taken apart', 'byteplus', { layer_decomposition: true }, 17],
		['layers of another model', 'evolink', { model: 'doubao-seedream-5.0-pro-layerize' }, 17],
	])('are told by additional fields too: %s', (_, id, fields, most) => {
		expect(mostOf(id, withFields(fields))).toBe(most);
	});

	it.each([
		['seedream-layerize', 17],
		['seedream-5-5-layerize', 100],
		['seedream/5-pro-layer-decomposition', 17],
		['bytedance/seedream-v5.5/layer-decomposition', 100],
		['seedream-5.5', 1],
	])('depend on the model where it takes images apart: %s', (modelId, most) => {
		expect(mostOf('byteplus', withFields({}, modelId))).toBe(most);
	});

	it('are never fewer than were asked for, whatever the fields say', () => {
		expect(mostOf('evolink', { ...withFields({ n: 1 }), numberOfImages: 5 })).toBe(5);
	});
});

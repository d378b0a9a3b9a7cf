import { describe, expect, it } from 'vitest';
import { formatSize } from '../../nodes/shared/seedream/sizes';
import { FIXTURES } from '../providers';
import { orderOf, providerOf, shapeCases } from './cases';

const BY_PIXELS = FIXTURES.flatMap(({ pixels, ...fixture }) =>
	pixels ? [{ ...fixture, pixels }] : [],
);

describe.each(BY_PIXELS)('$name', ({ id, pixels }) => {
	it('has the documented pixels for every shape and resolution of every model, scaled only where it takes no others', () => {
		const provider = providerOf(id);
		const made = shapeCases(provider)
			.filter(({ aspectRatio }) => aspectRatio !== 'auto')
			.filter(({ model }) => provider.sizingOf(model.id).kind === 'pixels')
			.map(({ name, wishes }) => {
				const { size } = orderOf(provider, wishes);
				return [name, size.kind === 'pixels' ? formatSize(size) : size.kind];
			});
		const documented = Object.entries(pixels).flatMap(([family, byResolution]) =>
			Object.entries(byResolution).flatMap(([resolution, shapes]) =>
				Object.entries(shapes).map(([shape, size]) => [
					`${family} at ${resolution}, ${shape}`,
					size,
				]),
			),
		);
		expect(Object.fromEntries(made)).toEqual(Object.fromEntries(documented));
	});
});

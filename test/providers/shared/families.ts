import type { ModelFamily } from '../../../nodes/shared/seedream/models';

/** The models that make sets, which everybody sells. */
export const SET_FAMILIES: readonly ModelFamily[] = [
	'seedream-4.0',
	'seedream-4.5',
	'seedream-5.0-lite',
];

/** All there are. */
export const ALL_FAMILIES: readonly ModelFamily[] = [
	...SET_FAMILIES,
	'seedream-5.0-pro',
	'seedream-5.0-flash',
	'seedream-5.5',
];

import type { ModelSpec } from '../../models';

/** Of a model that is sold without a field for any of these. */
export const NO_EXTRAS = {
	promptPriorities: ['standard'],
	watermark: false,
	backgrounds: [],
	webSearch: false,
	stream: false,
} as const satisfies Partial<ModelSpec>;

import type { ModelFamily } from '../../../../nodes/shared/seedream/models';

export type Ids = Readonly<Record<ModelFamily, string>>;

/** The IDs of the models at their maker in China (volcengine.com/docs/82379). */
export const IDS_IN_CHINA: Ids = {
	'seedream-4.0': 'doubao-seedream-4-0-250828',
	'seedream-4.5': 'doubao-seedream-4-5-251128',
	'seedream-5.0-lite': 'doubao-seedream-5-0-260128',
	'seedream-5.0-pro': 'doubao-seedream-5-0-pro-260628',
	'seedream-5.0-flash': 'doubao-seedream-5-0-flash-260915',
	'seedream-5.5': 'doubao-seedream-5-5-261028',
};

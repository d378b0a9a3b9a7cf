import { modelArkFixture } from './shared/modelArk';
import { IDS_IN_CHINA } from './shared/modelArk/ids';

/** Any other relay with the API of the models' maker; there is no documentation to go by. */
export const compatible = modelArkFixture({
	id: 'compatible',
	name: 'ModelArk-Compatible Relay',
	withoutBaseUrl: 'It may be any relay.',
	sameAs: 'byteplus',
	ids: IDS_IN_CHINA,
	isSearchUndocumented: true,
	isRelay: true,
	areErrorsFree: false,
});

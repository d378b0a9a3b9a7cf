import { modelArkFixture } from './shared/modelArk';
import { IDS_IN_CHINA } from './shared/modelArk/ids';

/** The models' maker in China (volcengine.com/docs/82379). */
export const volcengine = modelArkFixture({
	id: 'volcengine',
	name: 'Volcengine Ark',
	baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
	sameAs: 'byteplus',
	ids: IDS_IN_CHINA,
	isSearchUndocumented: false,
	linkHours: 24,
	areErrorsFree: true,
});

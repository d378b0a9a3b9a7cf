import { IDS_IN_CHINA, modelArkProvider } from './dialects/modelArk';
import { modelArkHint } from './dialects/modelArkErrors';

/** The models' maker in China (volcengine.com/docs/82379). */
export const volcengine = modelArkProvider({
	id: 'volcengine',
	name: 'Volcengine Ark',
	baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
	modelIds: IDS_IN_CHINA,
	isSearchUndocumented: false,
	linkHours: 24,
	areErrorsFree: true,
	hintFor: modelArkHint,
});

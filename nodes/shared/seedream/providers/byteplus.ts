import { modelArkProvider } from './dialects/modelArk';
import { modelArkHint } from './dialects/modelArkErrors';

/** The models' maker outside China (docs.byteplus.com/en/docs/ModelArk). */
export const byteplus = modelArkProvider({
	id: 'byteplus',
	name: 'BytePlus ModelArk',
	baseUrl: 'https://ark.ap-southeast.bytepluses.com/api/v3',
	modelIds: {
		'seedream-4.0': 'seedream-4-0-250828',
		'seedream-4.5': 'seedream-4-5-251128',
		'seedream-5.0-lite': 'seedream-5-0-260128',
		'seedream-5.0-pro': 'dola-seedream-5-0-pro-260628',
		'seedream-5.0-flash': 'seedream-5-0-flash-260915',
		'seedream-5.5': 'seedream-5-5-261028',
	},
	isSearchUndocumented: true,
	linkHours: 24,
	areErrorsFree: true,
	hintFor: modelArkHint,
});

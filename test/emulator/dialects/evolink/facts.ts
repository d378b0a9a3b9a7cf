import { MEGABYTE } from '../../references';
import type { ReferenceRule } from '../../references';
import type { RatioTable, SizeRule } from '../../sizes';
import { PRO_SIZES } from '../shared/proSizes';

/** EvoLink docs, api-manual/image-series/seedream: one page for each model. */
export interface EvolinkModel {
	readonly line: string;
	readonly promptTokens: number;
	readonly size: SizeRule;
	/** Quality to ratio to pixels. */
	readonly qualities: Readonly<Record<string, RatioTable>>;
	readonly defaultQuality: string;
	readonly priorities: readonly string[];
	readonly references: ReferenceRule;
	/** Fields that other models have and this one has not. */
	readonly unsupportedFields: readonly string[];
}

export const RATIOS = [
	'auto',
	'1:1',
	'2:3',
	'3:2',
	'3:4',
	'4:3',
	'4:5',
	'5:4',
	'9:16',
	'16:9',
	'21:9',
	'9:21',
];

const ONE_K: RatioTable = {
	'1:1': '1024x1024',
	'2:3': '832x1248',
	'3:2': '1248x832',
	'3:4': '864x1152',
	'4:3': '1152x864',
	'4:5': '896x1120',
	'5:4': '1120x896',
	'9:16': '720x1280',
	'16:9': '1280x720',
	'21:9': '1512x648',
	'9:21': '648x1512',
};
const TWO_K: RatioTable = {
	'1:1': '2048x2048',
	'2:3': '1664x2496',
	'3:2': '2496x1664',
	'3:4': '1728x2304',
	'4:3': '2304x1728',
	'4:5': '1792x2240',
	'5:4': '2240x1792',
	'9:16': '1600x2848',
	'16:9': '2848x1600',
	'21:9': '3136x1344',
	'9:21': '1344x3136',
};
const THREE_K: RatioTable = {
	'1:1': '3072x3072',
	'2:3': '2496x3744',
	'3:2': '3744x2496',
	'3:4': '2592x3456',
	'4:3': '3456x2592',
	'4:5': '2688x3360',
	'5:4': '3360x2688',
	'9:16': '2304x4096',
	'16:9': '4096x2304',
	'21:9': '4704x2016',
	'9:21': '2016x4704',
};
const FOUR_K: RatioTable = {
	'1:1': '4096x4096',
	'2:3': '3328x4992',
	'3:2': '4992x3328',
	'3:4': '3520x4704',
	'4:3': '4704x3520',
	'4:5': '3584x4480',
	'5:4': '4480x3584',
	'9:16': '3040x5504',
	'16:9': '5504x3040',
	'21:9': '6240x2656',
	'9:21': '2656x6240',
};

const FORMATS = ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'];
const REFERENCES: ReferenceRule = {
	maxCount: 14,
	formats: FORMATS,
	maxBytes: 10 * MEGABYTE,
	maxRatio: 16,
	dataUris: false,
};
const PRO_REFERENCES: ReferenceRule = {
	...REFERENCES,
	maxCount: 10,
	formats: [...FORMATS, 'heic', 'heif'],
	maxBytes: 30 * MEGABYTE,
};

const PRO_FIELDS = ['output_format', 'watermark', 'background'];
const MAX_AREA = 16_777_216;

const FOUR: EvolinkModel = {
	line: '4.0',
	promptTokens: 2000,
	size: { minArea: 921_600, maxArea: MAX_AREA },
	qualities: { '1K': ONE_K, '2K': TWO_K, '4K': FOUR_K },
	defaultQuality: '2K',
	priorities: ['standard', 'fast'],
	references: REFERENCES,
	unsupportedFields: ['model_params', ...PRO_FIELDS],
};

const PRO: EvolinkModel = {
	line: '5.0-pro',
	promptTokens: 4000,
	size: { minArea: 921_600, maxArea: 4_624_220 },
	qualities: PRO_SIZES,
	defaultQuality: '1K',
	priorities: ['standard', 'fast'],
	references: PRO_REFERENCES,
	unsupportedFields: ['n', 'model_params'],
};

export const MODELS: Readonly<Record<string, EvolinkModel>> = {
	'doubao-seedream-4.0': FOUR,
	'doubao-seedream-4.5': {
		...FOUR,
		line: '4.5',
		size: { minArea: 3_686_400, maxArea: MAX_AREA },
		qualities: { '2K': TWO_K, '4K': FOUR_K },
		priorities: ['standard'],
	},
	'doubao-seedream-5.0-lite': {
		...FOUR,
		line: '5.0-lite',
		size: { minArea: 3_686_400, maxArea: MAX_AREA },
		qualities: { '2K': TWO_K, '3K': THREE_K, '4K': FOUR_K },
		priorities: ['standard'],
		unsupportedFields: PRO_FIELDS,
	},
	'doubao-seedream-5.0-pro': PRO,
	'doubao-seedream-5.0-flash': { ...PRO, line: '5.0-flash', priorities: ['standard'] },
};

import type { Provider } from '../../emulator';

/** `WIDTHxHEIGHT` by shape. */
type Sizes = Readonly<Record<string, string>>;

/** ModelArk docs 1541523; 4:5, 5:4 and 9:21 are EvoLink's (EvoLink docs, image-series/seedream). */
const SETS = {
	'1K': {
		'1:1': '1024x1024',
		'2:3': '832x1248',
		'3:2': '1248x832',
		'3:4': '864x1152',
		'4:3': '1152x864',
		'4:5': '896x1120',
		'5:4': '1120x896',
		'9:16': '736x1312',
		'16:9': '1312x736',
		'9:21': '672x1568',
		'21:9': '1568x672',
	},
	'2K': {
		'1:1': '2048x2048',
		'2:3': '1664x2496',
		'3:2': '2496x1664',
		'3:4': '1728x2304',
		'4:3': '2304x1728',
		'4:5': '1792x2240',
		'5:4': '2240x1792',
		'9:16': '1600x2848',
		'16:9': '2848x1600',
		'9:21': '1344x3136',
		'21:9': '3136x1344',
	},
	'3K': {
		'1:1': '3072x3072',
		'2:3': '2496x3744',
		'3:2': '3744x2496',
		'3:4': '2592x3456',
		'4:3': '3456x2592',
		'4:5': '2688x3360',
		'5:4': '3360x2688',
		'9:16': '2304x4096',
		'16:9': '4096x2304',
		'9:21': '2016x4704',
		'21:9': '4704x2016',
	},
	'4K': {
		'1:1': '4096x4096',
		'2:3': '3328x4992',
		'3:2': '4992x3328',
		'3:4': '3520x4704',
		'4:3': '4704x3520',
		'4:5': '3584x4480',
		'5:4': '4480x3584',
		'9:16': '3040x5504',
		'16:9': '5504x3040',
		'9:21': '2656x6240',
		'21:9': '6240x2656',
	},
};

/** EvoLink docs, image-series/seedream-5.0-pro. */
const PRO = {
	'1K': {
		'1:1': '1024x1024',
		'2:3': '832x1248',
		'3:2': '1248x832',
		'3:4': '864x1152',
		'4:3': '1152x864',
		'4:5': '896x1120',
		'5:4': '1120x896',
		'9:16': '800x1424',
		'16:9': '1424x800',
		'9:21': '672x1568',
		'21:9': '1568x672',
	},
	'1.5K': {
		'1:1': '1536x1536',
		'2:3': '1248x1872',
		'3:2': '1872x1248',
		'3:4': '1344x1792',
		'4:3': '1792x1344',
		'4:5': '1344x1680',
		'5:4': '1680x1344',
		'9:16': '1152x2048',
		'16:9': '2048x1152',
		'9:21': '1008x2352',
		'21:9': '2352x1008',
	},
	'2K': {
		'1:1': '2048x2048',
		'2:3': '1664x2496',
		'3:2': '2496x1664',
		'3:4': '1776x2368',
		'4:3': '2368x1776',
		'4:5': '1792x2240',
		'5:4': '2240x1792',
		'9:16': '1584x2816',
		'16:9': '2816x1584',
		'9:21': '1344x3136',
		'21:9': '3136x1344',
	},
};

/** Novita's 4.0 takes 1048576 pixels at the least: the presets below that are scaled up in their exact shape. */
const NOVITA_1K: Sizes = {
	'1:1': '1024x1024',
	'2:3': '836x1255',
	'3:2': '1255x836',
	'3:4': '887x1183',
	'4:3': '1183x887',
	'4:5': '916x1145',
	'5:4': '1145x916',
	'9:16': '768x1366',
	'16:9': '1366x768',
	'9:21': '672x1568',
	'21:9': '1568x672',
};

/** What Novita documents itself (Novita docs, model-apis-seedream-4-0). */
const NOVITA_2K: Sizes = {
	...SETS['2K'],
	'16:9': '2560x1440',
	'9:16': '1440x2560',
	'21:9': '3024x1296',
};

/** What UniAll lists itself (docs.uniall.ai/models/image/seedream). */
const UNIALL_1K: Sizes = { ...SETS['1K'], '16:9': '1280x720', '9:16': '720x1280' };
const UNIALL_2K: Sizes = { ...SETS['2K'], '16:9': '2560x1440', '9:16': '1440x2560' };

/** UniAll takes sides of 4096 at the most: the longer ones are scaled down in their exact shape. */
const UNIALL_3K: Sizes = { ...SETS['3K'], '9:21': '1755x4096', '21:9': '4096x1755' };
const UNIALL_4K: Sizes = {
	'1:1': '4096x4096',
	'2:3': '2731x4096',
	'3:2': '4096x2731',
	'3:4': '3072x4096',
	'4:3': '4096x3072',
	'4:5': '3277x4096',
	'5:4': '4096x3277',
	'9:16': '2304x4096',
	'16:9': '4096x2304',
	'9:21': '1755x4096',
	'21:9': '4096x1755',
};

interface Pixels {
	provider: Provider;
	model: string;
	resolution: string;
	sizes: Sizes;
}

function rows(
	provider: Provider,
	model: string,
	bySizes: Readonly<Record<string, Sizes>>,
): Pixels[] {
	return Object.entries(bySizes).map(([resolution, sizes]) => ({
		provider,
		model,
		resolution,
		sizes,
	}));
}

const { '1K': ONE, '2K': TWO, '3K': THREE, '4K': FOUR } = SETS;

/** The models that make sets, as their maker and the relay Tokaify sell them. */
function sets(provider: Provider): Pixels[] {
	return [
		...rows(provider, 'seedream-4.0', { '1K': ONE, '2K': TWO, '4K': FOUR }),
		...rows(provider, 'seedream-4.5', { '2K': TWO, '4K': FOUR }),
		...rows(provider, 'seedream-5.0-lite', { '2K': TWO, '3K': THREE, '4K': FOUR }),
	];
}

/** Every shape and resolution that the editor offers for a model that the provider sells. */
export const PIXELS: Pixels[] = [
	...rows('novita', 'seedream-4.0', { '1K': NOVITA_1K, '2K': NOVITA_2K, '4K': FOUR }),
	...rows('novita', 'seedream-4.5', { '2K': NOVITA_2K, '4K': FOUR }),
	...rows('novita', 'seedream-5.0-lite', { '2K': NOVITA_2K, '3K': THREE }),
	...rows('uniall', 'seedream-4.0', { '1K': UNIALL_1K, '2K': UNIALL_2K, '4K': UNIALL_4K }),
	...rows('uniall', 'seedream-4.5', { '2K': UNIALL_2K, '4K': UNIALL_4K }),
	...rows('uniall', 'seedream-5.0-lite', { '2K': UNIALL_2K, '3K': UNIALL_3K, '4K': UNIALL_4K }),
	...sets('tokaify'),
	...sets('byteplus'),
	...sets('volcengine'),
	...rows('byteplus', 'seedream-5.0-pro', PRO),
	...rows('byteplus', 'seedream-5.0-flash', PRO),
	...rows('volcengine', 'seedream-5.0-pro', PRO),
	...rows('volcengine', 'seedream-5.0-flash', PRO),
];

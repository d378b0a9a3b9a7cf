import { describe, expect, it } from 'vitest';
import type { ModelFamily } from '../../../../../nodes/shared/seedream/models';
import { findProvider } from '../../../../../nodes/shared/seedream/providers';
import { checked, type RequestWishes } from '../../../support';

function planOf(id: string, wishes: RequestWishes, references: string[] = []) {
	const provider = findProvider(id);
	if (!provider) throw new Error(`There is no provider ${id}`);
	return provider.buildRequest({ ...checked(wishes, provider).request, references });
}

const A = 'https://x.test/a.png';
const B = 'data:image/png;base64,AAAA';

type Row = [
	provider: string,
	model: ModelFamily,
	what: string,
	wishes: RequestWishes,
	references: string[],
	body: Record<string, unknown>,
];

const prompt = 'A lake at dawn';
const set = (count: number): string => `${prompt}\n\nGenerate ${count} different images.`;
const auto: RequestWishes = { size: { mode: 'ratio', aspectRatio: 'auto', resolution: '2K' } };

const ROWS: Row[] = [
	['novita', 'seedream-4.0', 'the least', {}, [], { prompt, size: '2560x1440', watermark: false }],
	[
		'novita',
		'seedream-4.0',
		'a shape of its choice',
		auto,
		[],
		{ prompt, size: '2K', watermark: false },
	],
	[
		'novita',
		'seedream-4.0',
		'one reference, as `images`',
		{},
		[A],
		{ prompt, size: '2560x1440', watermark: false, images: [A] },
	],
	[
		'novita',
		'seedream-4.0',
		'a set, as `max_images`',
		{ numberOfImages: 3 },
		[],
		{
			prompt: set(3),
			size: '2560x1440',
			watermark: false,
			sequential_image_generation: 'auto',
			max_images: 3,
		},
	],
	[
		'novita',
		'seedream-4.5',
		'one reference, as `image`',
		{},
		[A],
		{ prompt, size: '2560x1440', watermark: false, image: [A] },
	],
	[
		'novita',
		'seedream-4.5',
		'a set, in options',
		{ numberOfImages: 3 },
		[],
		{
			prompt: set(3),
			size: '2560x1440',
			watermark: false,
			sequential_image_generation: 'auto',
			sequential_image_generation_options: { max_images: 3 },
		},
	],
	[
		'novita',
		'seedream-5.0-lite',
		'references and a set',
		{ numberOfImages: 2, options: { watermark: true } },
		[A, B],
		{
			prompt: set(2),
			size: '2560x1440',
			watermark: true,
			image: [A, B],
			sequential_image_generation: 'auto',
			sequential_image_generation_options: { max_images: 2 },
		},
	],

	[
		'uniall',
		'seedream-4.0',
		'the least',
		{},
		[],
		{ model: 'seedream-4.0', prompt, custom_size: { width: 2560, height: 1440 } },
	],
	[
		'uniall',
		'seedream-4.5',
		'no size for a shape of its choice',
		auto,
		[],
		{ model: 'seedream-4.5', prompt },
	],
	[
		'uniall',
		'seedream-5.0-lite',
		'references and a number',
		{ numberOfImages: 4 },
		[A],
		{
			model: 'seedream-5.0-lite',
			prompt,
			custom_size: { width: 2560, height: 1440 },
			n: 4,
			image_urls: [A],
		},
	],
	[
		'uniall',
		'seedream-4.0',
		'how long to wait, in whole seconds',
		{ options: { maxWaitSeconds: 99.6 } },
		[],
		{
			model: 'seedream-4.0',
			prompt,
			custom_size: { width: 2560, height: 1440 },
			timeout_seconds: 100,
		},
	],

	[
		'tokaify',
		'seedream-4.0',
		'the least',
		{},
		[],
		{ model: 'doubao-seedream-4-0-250828', prompt, size: '2848x1600', watermark: false },
	],
	[
		'tokaify',
		'seedream-4.5',
		'the end user',
		{ options: { user: 'u-1' } },
		[],
		{
			model: 'doubao-seedream-4-5-251128',
			prompt,
			size: '2848x1600',
			watermark: false,
			user: 'u-1',
		},
	],
	[
		'tokaify',
		'seedream-4.0',
		'references and a set',
		{ numberOfImages: 2 },
		[A, B],
		{
			model: 'doubao-seedream-4-0-250828',
			prompt: set(2),
			size: '2848x1600',
			watermark: false,
			image: [A, B],
			sequential_image_generation: 'auto',
			sequential_image_generation_options: { max_images: 2 },
		},
	],

	[
		'byteplus',
		'seedream-4.0',
		'the least',
		{},
		[],
		{ model: 'seedream-4-0-250828', prompt, size: '2848x1600', watermark: false },
	],
	[
		'byteplus',
		'seedream-4.0',
		'the priority',
		{ options: { promptPriority: 'fast' } },
		[],
		{
			model: 'seedream-4-0-250828',
			prompt,
			size: '2848x1600',
			watermark: false,
			optimize_prompt_options: { mode: 'fast' },
		},
	],
	[
		'byteplus',
		'seedream-5.0-lite',
		'PNG and a search',
		{ options: { outputFormat: 'png', webSearch: true } },
		[],
		{
			model: 'seedream-5-0-260128',
			prompt,
			size: '2848x1600',
			watermark: false,
			output_format: 'png',
			tools: [{ type: 'web_search' }],
		},
	],
	[
		'byteplus',
		'seedream-5.0-pro',
		'no field for sets and streams',
		{ options: { stream: true } },
		[A],
		{
			model: 'dola-seedream-5-0-pro-260628',
			prompt,
			size: '2816x1584',
			watermark: false,
			image: A,
		},
	],
	[
		'volcengine',
		'seedream-4.5',
		'a stream',
		{ options: { stream: true } },
		[],
		{
			model: 'doubao-seedream-4-5-251128',
			prompt,
			size: '2848x1600',
			watermark: false,
			stream: true,
		},
	],
	[
		'volcengine',
		'seedream-5.0-flash',
		'a transparent background',
		{ options: { outputFormat: 'png', background: 'transparent' } },
		[A],
		{
			model: 'doubao-seedream-5-0-flash-260915',
			prompt,
			size: '2816x1584',
			watermark: false,
			image: A,
			output_format: 'png',
			background: 'transparent',
		},
	],
];

describe('the body on the wire', () => {
	it.each(ROWS)('%s, %s: %s', (id, family, _, wishes, references, body) => {
		expect(planOf(id, { model: { family }, ...wishes }, references).body).toEqual(body);
	});
});

describe('the address on the wire', () => {
	it.each([
		['novita', 'seedream-4.0', 0, '/v3/seedream-4.0'],
		['novita', 'seedream-5.0-lite', 1, '/v3/seedream-5.0-lite'],
		['uniall', 'seedream-4.0', 0, '/v1/images/generations'],
		['uniall', 'seedream-4.0', 1, '/v1/images/edits'],
		['tokaify', 'seedream-4.0', 1, '/v1/images/generations'],
		['byteplus', 'seedream-4.0', 1, '/images/generations'],
		['volcengine', 'seedream-4.0', 0, '/images/generations'],
	] as const)('of %s, %s with %d references is %s', (id, family, count, path) => {
		expect(planOf(id, { model: { family } }, Array(count).fill(A)).path).toBe(path);
	});

	it('says whether the answer comes piece by piece', () => {
		expect(planOf('byteplus', { options: { stream: true } }).isStream).toBe(true);
		expect(planOf('byteplus', {}).isStream).toBeUndefined();
		expect(planOf('tokaify', { options: { stream: true } }).isStream).toBe(true);
		expect(planOf('novita', { options: { stream: true } }).isStream).toBeUndefined();
	});
});

describe('a resolution that a provider sells in its own way', () => {
	it.each([
		[
			'novita, whose least is more than the preset',
			'novita',
			'seedream-4.0',
			'16:9',
			'1K',
			/^13\d\dx7\d\d$/,
		],
		['the preset where it fits', 'byteplus', 'seedream-4.0', '16:9', '1K', /^1312x736$/],
		['the preset of 5.0 Pro', 'byteplus', 'seedream-5.0-pro', '3:4', '1.5K', /^1344x1792$/],
		['upright and lying alike', 'volcengine', 'seedream-4.0', '9:21', '4K', /^2656x6240$/],
	] as const)('%s', (_, id, family, aspectRatio, resolution, size) => {
		const plan = planOf(id, {
			model: { family },
			size: { mode: 'ratio', aspectRatio, resolution },
		});
		expect(plan.body?.size).toMatch(size);
	});

	it('keeps to the sides of UniAll', () => {
		const plan = planOf('uniall', {
			size: { mode: 'ratio', aspectRatio: '16:9', resolution: '4K' },
		});
		expect(plan.body?.custom_size).toEqual({ width: 4096, height: 2304 });
	});
});

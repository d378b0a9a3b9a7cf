import { describe, expect, it } from 'vitest';
import { MODEL_FAMILIES } from '../../../../../nodes/shared/seedream/models';
import type { SizeChoice } from '../../../../../nodes/shared/seedream/request';
import { ASPECT_RATIOS, RESOLUTIONS } from '../../../../../nodes/shared/seedream/sizes';
import { validateRequest } from '../../../../../nodes/shared/seedream/validation/validate';
import { API, aRequest, images, providerOf, type RequestWishes } from '../../../support';

const ACCEPTED = 'accepted';

/** `16:9 2K` or `2048x1152`, as people write it. */
function sizeOf(text: string): SizeChoice {
	const [shape, tier] = text.split(' ');
	const aspectRatio = ASPECT_RATIOS.find((ratio) => ratio === shape);
	const resolution = RESOLUTIONS.find((name) => name === tier);
	if (aspectRatio && resolution) return { mode: 'ratio', aspectRatio, resolution };
	const [width = NaN, height = NaN] = text.split('x').map(Number);
	return { mode: 'pixels', width, height };
}

/** All problems in one line, or `accepted`. */
function verdict(wishes: RequestWishes, provider = providerOf('evolink')): string {
	const { problems } = validateRequest(aRequest(wishes), provider, API);
	return problems.map(({ text }) => text).join(' / ') || ACCEPTED;
}

/** `…` in what is expected stands for any words. */
function expectVerdict(actual: string, expected: string): void {
	const pattern = expected
		.split('…')
		.map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	expect(actual).toMatch(new RegExp(`^${pattern.join('[^]*')}$`));
}

type Row = [model: string, size: string, references: number, images: number, verdict: string];

const ROWS: Row[] = [
	// the smallest and the largest of each model
	['seedream-4.0', '16:9 1K', 0, 1, ACCEPTED],
	['seedream-4.0', '1:1 4K', 0, 15, ACCEPTED],
	['seedream-4.0', '1280x720', 0, 1, ACCEPTED],
	['seedream-4.0', '4096x4096', 14, 1, ACCEPTED],
	['seedream-4.5', '1920x1920', 0, 1, ACCEPTED],
	['seedream-5.0-lite', 'auto 3K', 10, 5, ACCEPTED],
	['seedream-5.0-pro', '9:21 1.5K', 10, 1, ACCEPTED],
	['seedream-5.0-flash', '2:3 2K', 0, 1, ACCEPTED],

	// resolutions
	[
		'seedream-4.0',
		'1:1 3K',
		0,
		1,
		'Resolution is 3K, and Seedream 4.0 on EvoLink makes 1K, 2K, 4K. Choose one of these.',
	],
	[
		'seedream-4.5',
		'1:1 1K',
		0,
		1,
		'Resolution is 1K, and Seedream 4.5 on EvoLink makes 2K, 4K. Choose one of these.',
	],
	['seedream-5.0-lite', '1:1 1.5K', 0, 1, 'Resolution is 1.5K, … makes 2K, 3K, 4K. …'],
	['seedream-5.0-pro', '1:1 4K', 0, 1, 'Resolution is 4K, … makes 1K, 1.5K, 2K. …'],

	// pixels
	[
		'seedream-4.0',
		'1279x720',
		0,
		1,
		'Size 1279x720 has 920880 pixels, and the least is 921600 for Seedream 4.0 on EvoLink. The nearest that would do is 1280x720.',
	],
	[
		'seedream-4.0',
		'512x512',
		0,
		1,
		'Size 512x512 has 262144 pixels, and the least is 921600 … nearest that would do is 960x960.',
	],
	[
		'seedream-4.0',
		'5000x5000',
		0,
		1,
		'Size 5000x5000 has 25000000 pixels, and the most is 16777216 … nearest that would do is 4096x4096.',
	],
	[
		'seedream-4.5',
		'1024x1024',
		0,
		1,
		'Size 1024x1024 has 1048576 pixels, and the least is 3686400 … nearest that would do is 1920x1920.',
	],
	[
		'seedream-5.0-pro',
		'2560x2048',
		0,
		1,
		'Size 2560x2048 has 5242880 pixels, and the most is 4624220 … nearest that would do is 2404x1923.',
	],
	[
		'seedream-4.0',
		'5000x300',
		0,
		1,
		'Size 5000x300 has a side ratio of 1:16.67, and the widest is 1:16 … nearest that would do is 4896x306.',
	],
	[
		'seedream-4.0',
		'100x5000',
		0,
		1,
		'Size 100x5000 has 500000 pixels, … 921600 … 240x3840. / Size 100x5000 has a side ratio of 1:50, … 1:16 … 240x3840.',
	],
	['seedream-4.0', '0x1024', 0, 1, 'Width is 0, and it must be a whole number of pixels above 0.'],
	['seedream-4.0', '1024.5x-1', 0, 1, 'Width is 1024.5, … / Height is -1, …'],
	['seedream-4.0', 'wide', 0, 1, 'Width is NaN, … / Height is NaN, …'],

	// images
	[
		'seedream-4.0',
		'1:1 2K',
		0,
		16,
		'Number of Images is 16, and Seedream 4.0 on EvoLink makes at most 15 images in one request. The nearest is 15.',
	],
	[
		'seedream-5.0-pro',
		'1:1 2K',
		0,
		2,
		'Number of Images is 2, and Seedream 5.0 Pro on EvoLink makes 1 image in one request. The nearest is 1.',
	],
	[
		'seedream-4.0',
		'1:1 2K',
		0,
		0,
		'Number of Images is 0, and it must be a whole number from 1 to 15. The nearest is 1.',
	],
	['seedream-4.0', '1:1 2K', 0, -3, 'Number of Images is -3, … The nearest is 1.'],
	['seedream-4.0', '1:1 2K', 0, 2.4, 'Number of Images is 2.4, … The nearest is 2.'],
	['seedream-4.0', '1:1 2K', 0, NaN, 'Number of Images is NaN, … The nearest is 1.'],

	// references
	[
		'seedream-4.0',
		'1:1 2K',
		15,
		1,
		'There are 15 reference images, and Seedream 4.0 on EvoLink takes at most 14. Leave out 1. / Number of Images and reference images are 1 + 15 = 16, … at most 15 together. With these references, at most 0 can be made.',
	],
	[
		'seedream-5.0-pro',
		'1:1 2K',
		11,
		1,
		'There are 11 reference images, and Seedream 5.0 Pro on EvoLink takes at most 10. Leave out 1.',
	],
	[
		'seedream-4.5',
		'1:1 2K',
		10,
		6,
		'Number of Images and reference images are 6 + 10 = 16, and Seedream 4.5 on EvoLink takes at most 15 together. With these references, at most 5 can be made.',
	],

	// everything at once
	[
		'seedream-5.0-pro',
		'1:1 4K',
		11,
		2,
		'Number of Images is 2, … / Resolution is 4K, … / There are 11 reference images, …',
	],
];

describe('a request on its way to EvoLink', () => {
	it.each(ROWS)(
		'%s, %s, %d references, %d images: %s',
		(model, size, references, count, expected) => {
			const family = MODEL_FAMILIES.find((name) => name === model) ?? 'seedream-4.0';
			const actual = verdict({
				model: { family },
				size: sizeOf(size),
				references: images(references),
				numberOfImages: count,
				operation: references > 0 ? 'edit' : 'generate',
			});
			expectVerdict(actual, expected);
		},
	);

	const others: Array<[string, RequestWishes, string]> = [
		['no prompt', { prompt: ' \n ' }, 'Prompt is empty. Describe the image that is wanted.'],
		['a prompt of 2000 characters', { prompt: 'x'.repeat(2000) }, ACCEPTED],
		['a prompt of 12000 characters, perhaps', { prompt: 'x'.repeat(12_000) }, ACCEPTED],
		[
			'a prompt of any length, as nobody here can count its tokens',
			{ prompt: 'x'.repeat(50_000) },
			ACCEPTED,
		],
		['a model of its own', { model: { customId: ' seedream-9 ' } }, ACCEPTED],
		[
			'a model of its own beyond any limit',
			{ model: { customId: 'x' }, size: sizeOf('9x9'), numberOfImages: 99 },
			ACCEPTED,
		],
		[
			'a model of its own without an ID',
			{ model: { customId: ' ' } },
			"Model ID is empty. Enter EvoLink's ID of the model.",
		],
		[
			'nothing to edit',
			{ operation: 'edit' },
			'There is no image to edit. Give a binary field or an image URL.',
		],
		[
			'a link of another kind',
			{ references: [{ kind: 'url', url: 'ftp://x.test/a.png' }] },
			'The image URL "ftp://x.test/a.png" is not one that a provider can open. It must begin with https:// or http://, or be a Base64 data URI.',
		],
		[
			'a path as a link',
			{ references: [{ kind: 'url', url: '/images/a.png' }] },
			'The image URL "/images/a.png" is not one …',
		],
		[
			'a link that is cut in the message',
			{ references: [{ kind: 'url', url: 'x'.repeat(500) }] },
			`The image URL "${'x'.repeat(77)}…" is not one …`,
		],
		[
			'a callback to a private host',
			{ callbackUrl: 'https://localhost/x' },
			'Callback URL has the host localhost, …',
		],
		[
			'PNG from a model without formats',
			{ options: { outputFormat: 'png' } },
			'Output Format is PNG, and Seedream 4.0 on EvoLink has no choice of format. Leave it out.',
		],
		['JPEG from a model without formats', { options: { outputFormat: 'jpeg' } }, ACCEPTED],
		[
			'a search where there is none',
			{ options: { webSearch: true } },
			'Web Search is on, and Seedream 4.0 on EvoLink cannot search. Switch it off.',
		],
		[
			'a watermark where there is none',
			{ options: { watermark: true } },
			'Watermark is on, and Seedream 4.0 on EvoLink cannot add one. Switch it off.',
		],
		[
			'a transparent background where there is none',
			{ options: { background: 'transparent' } },
			'Background is transparent, and Seedream 4.0 on EvoLink makes opaque images only. Choose Opaque.',
		],
	];
	it.each(others)('%s', (_, wishes, expected) => expectVerdict(verdict(wishes), expected));

	it('is a matter of syntax where it can never work, and of limits where it may be overruled', () => {
		const kinds = (wishes: RequestWishes) =>
			validateRequest(aRequest(wishes), providerOf('evolink'), API).problems.map(
				({ kind }) => kind,
			);
		expect(kinds({ prompt: '', numberOfImages: 0, operation: 'edit' })).toEqual([
			'syntax',
			'syntax',
			'syntax',
		]);
		expect(kinds({ size: sizeOf('9x9'), numberOfImages: 99 })).toEqual(['limit', 'limit']);
	});

	it('needs PNG and exactly one reference for a transparent background', () => {
		const wishes = (count: number, outputFormat: 'png' | 'jpeg'): RequestWishes => ({
			model: { family: 'seedream-5.0-pro' },
			references: images(count),
			options: { background: 'transparent', outputFormat },
		});
		expect(verdict(wishes(1, 'png'))).toBe(ACCEPTED);
		expectVerdict(
			verdict(wishes(2, 'jpeg')),
			'Background … PNG. / Background … exactly 1 reference image … there are 2.',
		);
	});
});

describe('what is left out and said in a warning', () => {
	const warnings = (wishes: RequestWishes, provider = providerOf('evolink')): string[] =>
		validateRequest(aRequest(wishes), provider, API).warnings;

	it.each<[string, RequestWishes, string]>([
		[
			'the priority',
			{ model: { family: 'seedream-4.5' }, options: { promptPriority: 'fast' } },
			'Prompt Priority was left out',
		],
		['the end user', { options: { user: 'u-1' } }, 'End User ID was left out'],
		['streaming', { options: { stream: true } }, 'Stream was left out'],
		[
			'limits that are not known',
			{ model: { customId: 'x' } },
			'The limits of the model x are not known here',
		],
		[
			'a prompt that may be too long',
			{ prompt: 'x'.repeat(2001) },
			'2001 characters; Seedream 4.0 on EvoLink takes 2000 tokens',
		],
	])('%s', (_, wishes, text) => {
		expect(warnings(wishes)).toEqual([expect.stringContaining(text)]);
		expect(verdict(wishes)).toBe(ACCEPTED);
	});

	it.each<[string, string, RequestWishes, string[]]>([
		[
			'limits that Tokaify only recommends',
			'tokaify',
			{ references: images(15), size: sizeOf('9x9') },
			[
				'the least is 921600 for Seedream 4.0. ',
				'and Seedream 4.0 takes at most 14',
				'and Seedream 4.0 takes at most 15 together',
			],
		],
		[
			'references and images together at Novita, which has no such rule',
			'novita',
			{ references: images(10), numberOfImages: 6 },
			[
				'Novita AI does not demand this, so it is no more than a warning: Number of Images and reference images are 6 + 10 = 16, and Seedream 4.0 takes',
			],
		],
		[
			'a transparent background without an input image on 5.0 Pro of its maker',
			'volcengine',
			{
				model: { family: 'seedream-5.0-pro' },
				options: { background: 'transparent', outputFormat: 'png' },
			},
			['EvoLink demands one'],
		],
		[
			'a shape that only EvoLink documents',
			'byteplus',
			{ size: sizeOf('9:21 2K') },
			['9:21 is not among the shapes that BytePlus ModelArk documents: it is sent as 1344x3136'],
		],
		[
			'a shape that not all pages of EvoLink name',
			'evolink',
			{ size: sizeOf('9:21 2K') },
			["EvoLink's pages differ on whether the aspect ratio 9:21 is taken"],
		],
		[
			'a shape of which UniAll lists no size',
			'uniall',
			{ size: sizeOf('3:2 2K') },
			['3:2 is not among the shapes that UniAll documents: it is sent as 2496x1664'],
		],
		[
			'a resolution that is not sent, where the shape is left to UniAll',
			'uniall',
			{ model: { family: 'seedream-4.5' }, size: sizeOf('auto 1K') },
			['no size is sent'],
		],
		[
			'a search that BytePlus does not document',
			'byteplus',
			{ model: { family: 'seedream-5.0-lite' }, options: { webSearch: true } },
			['Web Search is not documented for Seedream 5.0 Lite on BytePlus ModelArk'],
		],
	])('%s', (_, id, wishes, texts) => {
		expect(warnings(wishes, providerOf(id))).toEqual(
			texts.map((text) => expect.stringContaining(text)),
		);
		expect(verdict(wishes, providerOf(id))).toBe(ACCEPTED);
	});

	it('nothing, for the essentials', () => expect(warnings({})).toEqual([]));

	it('handing on the task, where there is none', () => {
		const wishes: RequestWishes = { completion: 'submit', callbackUrl: 'http://localhost/x' };
		expect(warnings(wishes, providerOf('byteplus'))).toEqual([
			expect.stringContaining('no task and no callback'),
		]);
		expect(verdict(wishes, providerOf('byteplus'))).toBe(ACCEPTED);
	});
});

describe('a request on its way to other providers', () => {
	const rows: Array<[string, RequestWishes, string]> = [
		['novita', { size: sizeOf('16:9 1K') }, ACCEPTED],
		[
			'novita',
			{ size: sizeOf('1280x720') },
			'Size 1280x720 has 921600 pixels, and the least is 1048576 for Seedream 4.0 on Novita AI. …',
		],
		[
			'novita',
			{ model: { family: 'seedream-5.0-lite' }, size: sizeOf('1:1 4K') },
			'Resolution is 4K, … makes 2K, 3K. …',
		],
		[
			'novita',
			{ model: { family: 'seedream-5.0-pro' } },
			'Novita AI does not offer Seedream 5.0 Pro. Choose one of seedream-4.0, seedream-4.5, seedream-5.0-lite, or Custom …',
		],
		['uniall', { size: sizeOf('21:9 4K'), numberOfImages: 6 }, ACCEPTED],
		[
			'uniall',
			{ numberOfImages: 7 },
			'Number of Images is 7, and Seedream 4.0 on UniAll makes at most 6 images in one request. The nearest is 6.',
		],
		[
			'uniall',
			{ size: sizeOf('4097x2000') },
			'Size 4097x2000 has a side of 4097 pixels, and the longest is 4096 … 4096x2000.',
		],
		[
			'uniall',
			{ references: images(11) },
			'There are 11 reference images, … takes at most 10. Leave out 1.',
		],
		['tokaify', { options: { outputFormat: 'png' } }, 'Output Format is PNG, …'],
		['byteplus', { model: { family: 'seedream-5.0-flash' } }, ACCEPTED],
		['tokaify', { references: images(15), numberOfImages: 2, size: sizeOf('9x9') }, ACCEPTED],
		['novita', { references: images(10), numberOfImages: 6 }, ACCEPTED],
		[
			'byteplus',
			{
				model: { family: 'seedream-5.0-pro' },
				options: { background: 'transparent', outputFormat: 'png' },
			},
			ACCEPTED,
		],
		['volcengine', { model: { family: 'seedream-5.0-flash' } }, ACCEPTED],
		['volcengine', { options: { watermark: true, stream: true } }, ACCEPTED],
	];
	it.each(rows)('%s: %o', (id, wishes, expected) => {
		expectVerdict(verdict(wishes, providerOf(id)), expected);
	});
});

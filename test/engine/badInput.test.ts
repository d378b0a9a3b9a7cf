import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { itemsOf, NODE, runSeedream } from './seedream';
import { binaryItem, type TestFile } from './support';

const emulator = useEmulator({ taskMs: 60 });

/** The message has all of these: the value, the limit, and what to do. */
async function expectRefused(
	parameters: INodeParameters,
	says: string[],
	items?: INodeExecutionData[],
): Promise<void> {
	const input = { operation: 'generate', prompt: 'A boat', ...parameters };
	const stopped = await runSeedream(emulator, input, { items });
	expect(stopped.status).toBe('error');
	for (const text of says) expect(stopped.error?.message).toContain(text);
	expect(stopped.error).toMatchObject({
		context: { itemIndex: 0, data: { error: { billed: 'no', provider: 'evolink' } } },
	});

	const continued = await runSeedream(emulator, input, {
		items,
		node: { onError: 'continueRegularOutput' },
	});
	expect(continued.status).toBe('success');
	expect(continued.items(NODE)).toMatchObject([
		{ json: { error: { code: 'invalid_request', billed: 'no' } }, pairedItem: { item: 0 } },
	]);
	for (const text of says)
		expect(continued.items(NODE)[0]?.json.error).toMatchObject({
			message: expect.stringContaining(text),
		});

	expect(emulator.requestsOf('create')).toHaveLength(0);
	expect(emulator.creditsUsed()).toBe(0);
}

const pixels = (width: number, height: number) => ({ sizeMode: 'pixels', width, height });

type Row = readonly [what: string, parameters: INodeParameters, says: string[]];

const TEXT_AND_NUMBERS: Row[] = [
	['an empty prompt', { prompt: '={{ "" }}' }, ['Prompt is empty', 'Describe']],
	['a prompt of blanks', { prompt: '={{ " \\n " }}' }, ['Prompt is empty', 'Describe']],
	[
		'a prompt that an expression does not find',
		{ prompt: '={{ $json.nothing }}' },
		['Prompt is empty', 'Describe'],
	],
	['no image', { numberOfImages: 0 }, ['Number of Images is 0', 'from 1 to 15', 'nearest is 1']],
	[
		'minus two images',
		{ numberOfImages: -2 },
		['Number of Images is -2', 'from 1 to 15', 'nearest is 1'],
	],
	[
		'sixteen images',
		{ numberOfImages: 16 },
		['Number of Images is 16', 'at most 15', 'nearest is 15'],
	],
	[
		'two and a half images',
		{ numberOfImages: 2.5 },
		['Number of Images is 2.5', 'whole number', 'nearest is 3'],
	],
	[
		'a number of images in words',
		{ numberOfImages: '={{ "many" }}' },
		['many', 'whole number from 1 to 15'],
	],
	[
		'a number of images on Pro that came by expression',
		{ model: '={{ "seedream-5.0-pro" }}', modelId: 'x', numberOfImages: 3 },
		['Number of Images is 3', '1 image', 'Seedream 5.0 Pro on EvoLink'],
	],
	[
		'an aspect ratio that does not exist',
		{ aspectRatio: '={{ "7:5" }}' },
		['Aspect Ratio is "7:5"', '16:9'],
	],
	['a resolution that does not exist', { resolution: '={{ "8K" }}' }, ['Resolution is "8K"', '4K']],
	[
		'a resolution that the model has not',
		{ model: 'seedream-4.5', resolution: '={{ "1K" }}' },
		['Resolution is 1K', 'Seedream 4.5 on EvoLink', '2K, 4K'],
	],
];

const SIZES: Row[] = [
	['1:20', pixels(1000, 20_000), ['1000x20000', '1:20', 'widest is 1:16', 'nearest']],
	[
		'100x100',
		pixels(100, 100),
		['100x100', '10000 pixels', 'least is 921600', 'nearest that would do is 960x960'],
	],
	[
		'5000x5000',
		pixels(5000, 5000),
		['5000x5000', '25000000', 'most is 16777216', 'nearest that would do is 4096x4096'],
	],
	[
		'below the least of 4.5',
		{ ...pixels(1024, 1024), model: 'seedream-4.5' },
		['1024x1024', '1048576', '3686400', '1920x1920'],
	],
	[
		'below the least of 5.0 Lite',
		{ ...pixels(1280, 720), model: 'seedream-5.0-lite' },
		['1280x720', '921600', '3686400', '2560x1440'],
	],
	[
		'above the most of 5.0 Pro',
		{ ...pixels(2560, 2560), model: 'seedream-5.0-pro' },
		['2560x2560', '6553600', '4624220'],
	],
	['a width of nothing', pixels(0, 1000), ['Width is 0', 'whole number']],
	['a height of half a pixel', pixels(1000, 1000.5), ['Height is 1000.5', 'whole number']],
];

const links = (count: number) =>
	Array.from({ length: count }, (_, index) => `https://example.com/${index}.png`).join('\n');
const byUrl = { operation: 'edit', imageSource: 'url' };

const URLS: Row[] = [
	[
		'fifteen references',
		{ ...byUrl, imageUrls: links(15) },
		['15 reference images', 'at most 14', 'Leave out 1'],
	],
	[
		'eleven references on Pro',
		{ ...byUrl, imageUrls: links(11), model: 'seedream-5.0-pro' },
		['11 reference images', 'at most 10', 'Leave out 1'],
	],
	[
		'more than fifteen images and references together',
		{ ...byUrl, imageUrls: links(10), numberOfImages: 6 },
		['6 + 10 = 16', 'at most 15', 'at most 5 can be made'],
	],
	[
		'a URL without scheme',
		{ ...byUrl, imageUrls: 'example.com/a.png' },
		['example.com/a.png', 'https://'],
	],
	['a file path', { ...byUrl, imageUrls: '/tmp/a.png' }, ['/tmp/a.png', 'https://']],
	[
		'a data URI that holds no image',
		{ ...byUrl, imageUrls: 'data:image/png;base64,iVBORw0KGgo=' },
		['data:image/png', 'not an image', 'JPEG, PNG'],
	],
	[
		'a data URI without Base64',
		{ ...byUrl, imageUrls: 'data:image/svg+xml,%3Csvg/%3E' },
		['data:image/svg+xml', 'cannot be read as Base64', 'https://'],
	],
	['no URL at all', { ...byUrl, imageUrls: '={{ [] }}' }, ['no image to edit', 'URL']],
];

describe('Refused before anything is sent, with the value, the limit and what to do', () => {
	it.each([...TEXT_AND_NUMBERS, ...SIZES, ...URLS])('%s', async (_, parameters, says) => {
		await expectRefused(parameters, says);
	});

	it.each([
		{ what: 'no JSON', additionalFields: '={{ "{a" }}', says: ['not valid JSON', '{a'] },
		{ what: 'no object', additionalFields: '={{ [1] }}', says: ['must be a JSON object'] },
	])('fields of the provider that are $what', async ({ additionalFields, says }) => {
		const input = { operation: 'generate', prompt: 'A boat' };
		const result = await runSeedream(emulator, input, { options: { additionalFields } });
		for (const text of ['Additional Fields', ...says])
			expect(result.error?.message).toContain(text);
		expect(emulator.requests).toHaveLength(0);
	});

	it('a prompt that was left empty does not even start', async () => {
		const result = await runSeedream(emulator, { operation: 'generate', prompt: '' });
		expect(result.error?.message).toContain('"Prompt" is required');
		expect(emulator.requests).toHaveLength(0);
	});

	it('an expression that fails: its parameter and the reason, and no word of a prompt that is empty', async () => {
		const result = await runSeedream(emulator, {
			operation: 'generate',
			prompt: "={{ $('Nobody').item.json.x }}",
		});
		expect(result.error?.message).toMatch(/expression in prompt.*Referenced node doesn't exist/i);
		expect(result.error?.message).not.toContain('is empty');
		expect(emulator.requests).toHaveLength(0);
	});

	it.each(['maxWaitSeconds', 'concurrency', 'pollIntervalSeconds'])(
		'an option for waiting that is no number: %s',
		async (name) => {
			const result = await runSeedream(
				emulator,
				{ operation: 'generate', prompt: 'A boat', download: false },
				{ options: { [name]: '={{ "soon" }}' } },
			);
			expect(result.error?.message).toContain('soon');
			expect(emulator.requests).toHaveLength(0);
		},
	);
});

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF');

const FILES: ReadonlyArray<
	readonly [what: string, make: () => Promise<Buffer> | Buffer, says: string[]]
> = [
	['a PDF named .png', () => PDF, ['photo.png', 'not an image', 'PNG', 'JPEG']],
	['an empty file', () => Buffer.alloc(0), ['photo.png', 'not an image']],
	[
		'an image of one pixel',
		async () => await picture(1, 1),
		['photo.png', '1x1', 'at least 15 pixels', 'larger'],
	],
	[
		'a side of 14 pixels',
		async () => await picture(14, 40),
		['photo.png', '14x40', 'at least 15 pixels'],
	],
	[
		'a strip of 1:20',
		async () => await picture(20, 400),
		['photo.png', '20x400', '1:20', '1:16', 'Crop'],
	],
	[
		'11 MB',
		async () => Buffer.concat([await picture(100, 100), Buffer.alloc(11 * 1024 * 1024)]),
		['photo.png', 'has 11', 'most is 10 MB', 'smaller'],
	],
	[
		'a format that the file host does not take',
		async () => await picture(40, 40, 'tiff'),
		['photo.png', 'TIFF', 'JPEG, PNG', 'URL'],
	],
];

describe('A reference image is looked at before it is uploaded', () => {
	const edit = { operation: 'edit' };
	const file = (buffer: Buffer): TestFile => ({
		buffer,
		fileName: 'photo.png',
		mimeType: 'image/png',
	});

	it.each(FILES)('%s', async (_, make, says) => {
		await expectRefused(
			edit,
			['"data"', ...says],
			[binaryItem({ binary: { data: file(await make()) } })],
		);
		expect(emulator.requestsOf('upload')).toHaveLength(0);
	});

	it('a binary field that is missing: its name, and the names of those that are there', async () => {
		const items = [
			binaryItem({
				binary: { photo: file(await picture(40, 40)), logo: file(await picture(40, 40)) },
			}),
		];
		await expectRefused(edit, ['"data"', 'photo, logo'], items);
	});

	it('an item without any binary field', async () => {
		await expectRefused(edit, ['"data"', 'none'], itemsOf({}));
		await expectRefused({ ...edit, binaryPropertyNames: '*' }, ['no image to edit'], itemsOf({}));
	});
});

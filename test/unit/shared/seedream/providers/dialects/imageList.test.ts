import { describe, expect, it } from 'vitest';
import {
	joinLists,
	parseImageList,
	unreadableMember,
} from '../../../../../../nodes/shared/seedream/providers/dialects/imageList';
import { UNREADABLE_IMAGE, type TaskImage } from '../../../../../../nodes/shared/seedream/task';

const LINK = 'https://x.test/1.png';
const NOTHING = { images: [], failedImages: [] };

const at = (index: number) => ({ index, source: { kind: 'url', url: LINK } });

describe('a list of images', () => {
	it.each<[string, unknown]>([
		['nothing', undefined],
		['an empty list', []],
		['a number', 7],
		['a word', 'pending'],
		['an object of another kind', { id: 1 }],
		['a link to something else', 'ftp://x.test/1.png'],
		['a data URI without data', 'data:image/png;base64,'],
		['a list in which nothing is an image', [1, { id: 2 }, null]],
	])('is not found in %s', (_, value) => expect(parseImageList(value)).toEqual(NOTHING));

	it('keeps each image in its place, beside members that cannot be read', () => {
		expect(parseImageList([7, LINK, { done: true }])).toEqual({
			images: [at(1)],
			failedImages: [
				{ index: 0, code: UNREADABLE_IMAGE, message: 'There is no image in 7' },
				{ index: 2, code: UNREADABLE_IMAGE, message: 'There is no image in {"done":true}' },
			],
		});
	});

	it.each([
		[
			'with a code that is a number',
			{ code: 500, message: 'no GPU' },
			{ code: '500', message: 'no GPU' },
		],
		['without a word', {}, { message: 'no reason given' }],
	])('has the members that were not made: %s', (_, error, failed) => {
		expect(parseImageList([{ error }])).toEqual({
			images: [],
			failedImages: [{ index: 0, ...failed }],
		});
	});

	it('has the image where a member has an error beside it', () => {
		expect(parseImageList([{ url: LINK, error: { message: 'late' } }]).images).toEqual([at(0)]);
	});

	it.each(['2K', '', 'x', '0x10', null, 7])('has no size where %j is none', (size) => {
		expect(parseImageList([{ url: LINK, size }]).images).toEqual([at(0)]);
	});

	it('is read from fields of any type', () => {
		const member = { url: LINK, b64_json: 7, revised_prompt: [], error: 'no' };
		expect(parseImageList([member]).images).toEqual([at(0)]);
	});
});

describe('a member that cannot be read', () => {
	it('is shown as far as an error can carry it', () => {
		expect(unreadableMember('x'.repeat(5000), 3).message).toHaveLength(
			'There is no image in '.length + 2000,
		);
		expect(unreadableMember(undefined, 0).message).toBe('There is no image in null');
	});
});

describe('the layers of an image', () => {
	const link = (zIndex: number) => `https://x.test/${zIndex}.png`;
	const layer = (zIndex: number, more: object = {}) => ({
		url: link(zIndex),
		z_index: zIndex,
		...more,
	});
	const stackOf = (images: Array<Pick<TaskImage, 'index' | 'layer'>>) =>
		images.map(({ index, layer }) => [index, layer?.zIndex]);

	it('come from the base upwards, whatever their order in the answer', () => {
		const { images } = parseImageList([layer(2), layer(10), layer(0), layer(1)]);
		expect(stackOf(images)).toEqual([
			[0, 0],
			[1, 1],
			[2, 2],
			[3, 10],
		]);
		expect(images.map(({ source }) => source)).toEqual(
			[0, 1, 2, 10].map((zIndex) => ({ kind: 'url', url: link(zIndex) })),
		);
	});

	it('keep what is said of them, in the words of the provider where this package has none', () => {
		const box = { absolute: [225, 442, 796, 1414], normalized: [135, 177, 478, 567] };
		const said = { name: 'parrot', description: 'a red parrot', bounding_box: box };
		const own = { size: '1040x1770', output_format: 'png', text_lines: [{ text: 'SALE' }] };
		const { images } = parseImageList([layer(1, { ...said, ...own })]);
		expect(images).toEqual([
			{
				index: 0,
				source: { kind: 'url', url: link(1) },
				width: 1040,
				height: 1770,
				layer: {
					zIndex: 1,
					name: 'parrot',
					description: 'a red parrot',
					boundingBox: box,
					text_lines: [{ text: 'SALE' }],
				},
			},
		]);
	});

	it('begin with a base whose 0 got lost, as some programs leave it out', () => {
		const { images } = parseImageList([layer(1), layer(2), { url: link(0) }]);
		expect(images.map(({ source }) => source)).toMatchObject([
			{ url: link(0) },
			{ url: link(1) },
			{ url: link(2) },
		]);
		expect(stackOf(images)[0]).toEqual([0, undefined]);
	});

	it('are none where nothing says so', () => {
		const { images } = parseImageList([link(2), { url: link(1), name: 'boat' }]);
		expect(images).toEqual([
			{ index: 0, source: { kind: 'url', url: link(2) } },
			{ index: 1, source: { kind: 'url', url: link(1) } },
		]);
	});

	it('are each there once where two lists name them', () => {
		const described = parseImageList([layer(1), layer(0)]);
		const { images } = joinLists(described, parseImageList([link(0), link(1), link(7)]));
		expect(images.map(({ source }) => source)).toMatchObject([
			{ url: link(0) },
			{ url: link(7) },
			{ url: link(1) },
		]);
	});
});

import { describe, expect, it } from 'vitest';
import {
	parseImageList,
	unreadableMember,
} from '../../../../../../nodes/shared/seedream/providers/dialects/imageList';
import { UNREADABLE_IMAGE } from '../../../../../../nodes/shared/seedream/task';

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

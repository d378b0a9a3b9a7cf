import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MODEL_SPECS } from '../../../../nodes/shared/seedream/models';
import {
	inspectImage,
	isJpeg,
	type ImageFormat,
} from '../../../../nodes/shared/seedream/references';
import { referenceLimitProblems } from '../../../../nodes/shared/seedream/validation/referenceLimits';
import { heif } from '../../heif';
import { aBinary } from '../../support';

type Made = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff';

const picture = async (format: Made, width = 40, height = 30): Promise<Buffer> =>
	await sharp({ create: { width, height, channels: 3, background: '#3366aa' } })
		.toFormat(format)
		.toBuffer();

const MADE: Made[] = ['jpeg', 'png', 'webp', 'gif', 'tiff'];

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

function bmp(width: number, height: number): Buffer {
	const header = Buffer.alloc(54);
	header.write('BM');
	header.writeUInt32LE(40, 14);
	header.writeInt32LE(width, 18);
	header.writeInt32LE(height, 22);
	return header;
}

describe('the header of an image file', () => {
	it.each(MADE)('says format and size of a real %s', async (format) => {
		expect(inspectImage(await picture(format))).toEqual({ format, width: 40, height: 30 });
	});

	it('says those of a bitmap, also of one that is stored from top to bottom', () => {
		expect(inspectImage(bmp(640, 480))).toEqual({ format: 'bmp', width: 640, height: 480 });
		expect(inspectImage(bmp(640, -480))).toEqual({ format: 'bmp', width: 640, height: 480 });
	});

	it.each<[string, ImageFormat]>([
		['heic', 'heic'],
		['heix', 'heic'],
		['mif1', 'heif'],
	])('says those of a photo of the brand %s', (brand, format) => {
		expect(inspectImage(heif(brand, [4032, 3024]))).toEqual({ format, width: 4032, height: 3024 });
	});

	it('says the size of the largest image of a file that holds several', () => {
		const photo = heif('heic', [320, 240], [4032, 3024], [512, 512]);
		expect(inspectImage(photo)).toEqual({ format: 'heic', width: 4032, height: 3024 });
	});

	it('is read from the bytes alone, whatever view of memory they come in', async () => {
		const file = await picture('png');
		const padded = new Uint8Array(file.length + 10);
		padded.set(file, 5);
		const view = padded.subarray(5, 5 + file.length);
		expect(inspectImage(view)).toEqual({ format: 'png', width: 40, height: 30 });
	});

	it('reads an image of one pixel', async () => {
		expect(inspectImage(await picture('png', 1, 1))).toEqual({
			format: 'png',
			width: 1,
			height: 1,
		});
	});

	it.each(MADE)('never throws for a %s that is cut off anywhere', async (format) => {
		const file = await picture(format);
		for (let length = 0; length < Math.min(file.length, 700); length++) {
			expect(() => inspectImage(file.subarray(0, length))).not.toThrow();
		}
		expect(inspectImage(file.subarray(0, 5))).toBeUndefined();
	});

	it.each([
		['nothing', new Uint8Array()],
		['one byte', new Uint8Array([0xff])],
		['text', text('This is not a picture.')],
		['HTML', text('<!doctype html><html><body>404</body></html>')],
		['a PDF', text('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>')],
		['a drawing', text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
		['an AVIF, which no provider takes', heif('avif', [100, 100])],
		['zeros', new Uint8Array(1000)],
	])('is none in %s', (_, bytes) => {
		expect(inspectImage(bytes)).toBeUndefined();
	});

	it('tells a JPEG by its first bytes', async () => {
		expect(isJpeg(await picture('jpeg'))).toBe(true);
		expect(isJpeg(await picture('png'))).toBe(false);
		expect(isJpeg(new Uint8Array())).toBe(false);
	});
});

describe('a reference image', () => {
	const limits = MODEL_SPECS['seedream-4.0'].references;
	const pro = MODEL_SPECS['seedream-5.0-pro'].references;
	const MB = 1024 * 1024;
	const problemsOf = (...given: Parameters<typeof referenceLimitProblems>) =>
		referenceLimitProblems(...given).map(({ text }) => text);
	const sized = (width: number, height: number, format: ImageFormat = 'png') =>
		aBinary('cat.png', { header: { format, width, height } });

	it.each([
		['the smallest', 15, 15],
		['the largest area', 6000, 6000],
		['the widest', 16 * 20, 20],
		['a long side in a small area', 12_000, 2000],
	])('is taken with %s', (_, width, height) => {
		expect(problemsOf(sized(width, height), limits)).toEqual([]);
	});

	const refused: Array<[string, number, number, string[]]> = [
		['one pixel', 1, 1, ['is 1x1 pixels, and each side must have at least 15 pixels']],
		['a thin line', 14, 100, ['is 14x100 pixels, and each side must have at least 15 pixels']],
		['too wide', 321, 20, ['a side ratio of 1:16.05, and the widest is 1:16. Crop it first']],
		['too tall', 20, 321, ['a side ratio of 1:16.05, and the widest is 1:16. Crop it first']],
		['too large', 6000, 6001, ['36006000 in all, and the most is 36000000. Make it smaller first']],
		['two at once', 10, 200, ['at least 15 pixels', 'a side ratio of 1:20']],
		['no sides at all', 0, 0, ['is 0x0 pixels, and each side must have at least 15 pixels']],
	];
	it.each(refused)(
		'is refused with its name, the value and the limit: %s',
		(_, width, height, texts) => {
			const problems = problemsOf(sized(width, height), limits);
			expect(problems).toEqual(texts.map((part) => expect.stringContaining(part)));
			for (const problem of problems) expect(problem).toMatch(/^The image in "cat\.png" is /);
		},
	);

	it('may have as many bytes as the model takes, and not one more', () => {
		const heavy = (bytes: number) => aBinary('cat.png', { bytes });
		expect(problemsOf(heavy(10 * MB), limits)).toEqual([]);
		expect(problemsOf(heavy(30 * MB), pro)).toEqual([]);
		expect(problemsOf(heavy(10.5 * MB), limits)).toEqual([
			'The image in "cat.png" has 10.5 MB, and the most is 10 MB. Make it smaller or compress it first.',
		]);
		expect(problemsOf(heavy(10 * MB + 1), limits)).toHaveLength(1);
		expect(problemsOf(heavy(31 * MB), pro)).toHaveLength(1);
	});

	it('that is too large says a size above the limit, not the limit itself', () => {
		const [problem] = problemsOf(aBinary('cat', { bytes: 10 * MB + 1 }), limits);
		expect(problem).not.toContain('has 10 MB, and the most is 10 MB');
	});

	it('must be of a format that the model takes', () => {
		expect(problemsOf(sized(100, 100, 'heic'), pro)).toEqual([]);
		expect(problemsOf(sized(100, 100, 'heic'), limits)).toEqual([
			'The image in "cat.png" is HEIC, and what is taken is JPEG, PNG, WEBP, BMP, TIFF, GIF. Convert it first.',
		]);
	});

	it('must be an image, whatever its name says', () => {
		const { header: _, ...pdf } = aBinary('invoice.png');
		expect(problemsOf(pdf, limits)).toEqual([
			expect.stringMatching(
				/^The image in "invoice\.png" is not an image that can be read, whatever its name says/,
			),
		]);
	});
});

import { describe, expect, it } from 'vitest';
import { isDataUri, joinDataUris, parseDataUri } from '../../../../nodes/shared/seedream/dataUri';

/** The beginning of a PNG of 3x2. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000003000000020802000000', 'hex');
const BASE64 = PNG.toString('base64');
const MOST = 1000;

const parse = (uri: string, most = MOST) => parseDataUri(uri, 'The image URL', most);

describe('a data URI', () => {
	it('is known by its scheme, in any case of letters', () => {
		expect(['data:,', 'DATA:image/png;base64,AAAA'].map(isDataUri)).toEqual([true, true]);
		expect(['https://x.test/data:', 'mydata:'].map(isDataUri)).toEqual([false, false]);
	});

	it('is the image that its bytes are, whatever it calls them', async () => {
		const image = parse(`data:image/jpeg;name=a.jpg;base64,${BASE64}`);
		expect(image).toMatchObject({
			label: 'The image URL',
			bytes: PNG.length,
			header: { format: 'png', width: 3, height: 2 },
			isDataUri: true,
		});
		expect(Buffer.from((await image?.read()) ?? [])).toEqual(PNG);
	});

	it('is taken without its padding, and in the letters of URLs', () => {
		const bytes = Buffer.from([0xfb, 0xff, 0xfe, 0xff]);
		const uri = `data:;base64,${bytes.toString('base64url')}`;
		expect(parse(uri)?.bytes).toBe(4);
	});

	it.each([
		'data:image/png,abc',
		'data:image/png;base64,',
		'data:;base64,AA=A',
		'data:;base64,A*A',
		BASE64,
	])('is none without Base64: %s', (uri) => expect(parse(uri)).toBeUndefined());

	it('is not looked into where it is too heavy, but weighed', () => {
		const heavy = parse(`data:image/png;base64,${BASE64}`, PNG.length - 1);
		expect(heavy?.bytes).toBe(PNG.length);
		expect(heavy).not.toHaveProperty('header');
	});

	it('is the same image wherever it comes from', () => {
		const one = parse(`data:image/png;base64,${BASE64}`);
		expect(parse(`data:;base64,${BASE64}`)?.fingerprint).toBe(one?.fingerprint);
		expect(parse('data:;base64,AAAA')?.fingerprint).not.toBe(one?.fingerprint);
	});
});

describe('text that was split at white space', () => {
	it('has a data URI in one piece again, however it was broken', () => {
		const parts = ['data:image/png;base64,AAAA', 'BBBB', 'CC==', 'https://x.test/1.png'];
		expect(joinDataUris(parts)).toEqual([
			'data:image/png;base64,AAAABBBBCC==',
			'https://x.test/1.png',
		]);
	});

	it('keeps apart what does not belong together', () => {
		const parts = ['1.png', 'ABCD', 'data:;base64,AAAA', 'data:;base64,BBBB', 'and', 'b.png'];
		expect(joinDataUris(parts)).toEqual(parts);
	});
});

import { describe, expect, it } from 'vitest';
import { isSameSecret, masker } from '../../../../nodes/shared/seedream/secret';

const KEY = 'sk-Ab3/x+9=Zq.7';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const hidden: ReadonlyArray<readonly [how: string, text: string]> = [
	['as it is', `key ${KEY} is wrong`],
	['several times', `${KEY} ${KEY}, and again ${KEY}`],
	['in other letters', KEY.toUpperCase()],
	['with the slashes of JSON escaped', KEY.replaceAll('/', '\\/')],
	['with JSON escapes for signs', KEY.replace('+', '\\u002b').replace('=', '\\u003D')],
	[
		'with JSON escapes for all of it',
		[...KEY].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
	],
	['escaped twice', JSON.stringify(JSON.stringify({ key: KEY.replaceAll('/', '\\/') }))],
	['as a part of a URL', encodeURIComponent(KEY)],
	['as a part of a URL, encoded twice', encodeURIComponent(encodeURIComponent(KEY))],
	['in a form', new URLSearchParams({ key: KEY }).toString()],
	['in HTML', KEY.replace('+', '&#43;').replace('=', '&#x3d;').replace('/', '&#x2F;')],
	['in base64', base64(KEY)],
	['in base64 behind Bearer', base64(`Bearer ${KEY}`)],
	['in base64 behind a user', base64(`u:${KEY}`)],
	['in base64 for URLs', Buffer.from(`xx${KEY}`).toString('base64url')],
];

describe('The key is taken out of an answer', () => {
	it.each(hidden)('%s', (_, text) => {
		const shown = masker([KEY])(text);
		expect(shown).toContain('***');
		const middle = KEY.slice(4, -4);
		const core = base64(KEY).slice(4, -4);
		for (const form of [KEY, middle, encodeURIComponent(middle), core])
			expect(shown.toLowerCase()).not.toContain(form.toLowerCase());
	});

	it('and the rest stays: JSON stays JSON', () => {
		const text = JSON.stringify({ a: [KEY, 1], error: { message: `no ${KEY}\n` } });
		expect(JSON.parse(masker([KEY])(text))).toEqual({
			a: ['***', 1],
			error: { message: 'no ***\n' },
		});
	});
});

describe('A key that may be a word of any answer does not eat it', () => {
	const answer = JSON.stringify({
		id: 'task-unified-1-x',
		status: 'completed',
		results: ['https://x/image.png'],
		authentication_error: null,
	});

	it.each(['a', 'id', 'task', 'image', 'completed', 'https', 'authentication', 'Bearer', ''])(
		'"%s"',
		(key) => {
			expect(masker([key])(answer)).toBe(answer);
		},
	);

	it('it is taken out where it stands as a key', () => {
		expect(masker(['completed'])('got "Authorization: Bearer completed", completed')).toBe(
			'got "Authorization: Bearer ***", completed',
		);
	});
});

it('Any text is worked off in a time that grows with its length', () => {
	const mask = masker([KEY]);
	const began = performance.now();
	for (const text of [
		'\\'.repeat(500_000),
		's'.repeat(500_000),
		'%25'.repeat(200_000),
		'&#0'.repeat(200_000),
		'sk-Ab3'.repeat(80_000),
	]) {
		expect(mask(text)).toBe(text);
	}
	expect(performance.now() - began).toBeLessThan(5000);
});

describe('A secret', () => {
	it('is the same only where every letter of it is', () => {
		expect(isSameSecret('a1b2', 'a1b2')).toBe(true);
		for (const given of ['', 'a1b', 'a1b2 ', 'A1B2', 'a1b3'])
			expect(isSameSecret(given, 'a1b2')).toBe(false);
	});

	it('is compared by its bytes, of which letters may have several', () => {
		expect(isSameSecret('é', 'é')).toBe(true);
		expect(isSameSecret('é', 'e')).toBe(false);
		expect(isSameSecret('é', 'ab')).toBe(false);
	});

	it('that is empty lets nobody in', () => expect(isSameSecret('', '')).toBe(false));
});

import { timingSafeEqual } from 'node:crypto';

const MASK = '***';

/** A key with fewer characters, or of letters alone, may be a word of any answer. */
const SHORTEST_KEY = 8;

/** Ways to write one character in JSON, URLs and HTML. */
function writings(character: string): string {
	const code = character.charCodeAt(0);
	const hex = code.toString(16).padStart(2, '0');
	const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
	return [
		`\\\\{0,7}${literal(character)}`,
		`\\\\{1,7}u${hex.padStart(4, '0')}`,
		bytes.map((byte) => `%(?:25){0,3}${byte}`).join(''),
		`&#x0{0,6}${hex};`,
		`&#0{0,6}${code};`,
	].join('|');
}

/**
 * What is always the same of a text's base64 form when other text stands before it: the form
 * depends on how many bytes stand before, by three.
 */
function base64Forms(secret: string): string[] {
	return [0, 1, 2].map((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
		return whole.slice(before === 0 ? 0 : 4);
	});
}

function mayBeWord(secret: string): boolean {
	return secret.length < SHORTEST_KEY || /^\p{L}+$/u.test(secret);
}

/** Signs with which text escapes or encodes others. Without any, a secret stands there as it is. */
const ESCAPES = /[\\%]|&#/;

/**
 * Takes secrets out of text, also where the text escapes or encodes them. One that may be an
 * ordinary word is only taken out where it stands as a key, behind `Bearer` or `Key`.
 */
export function masker(secrets: readonly string[]): (text: string) => string {
	const masks = secrets.filter((secret) => secret !== '').map(maskerOf);
	return (text) => masks.reduce((shown, mask) => mask(shown), text);
}

function maskerOf(secret: string): (text: string) => string {
	const written = Array.from(secret, (character) => `(?:${writings(character)})`).join('');
	if (mayBeWord(secret)) {
		const asKey = new RegExp(`((?:Bearer|Key)(?:\\s|\\+|%20)+)${written}`, 'gi');
		return (text) => text.replace(asKey, `$1${MASK}`);
	}
	const plain = new RegExp(literal(secret), 'gi');
	const escaped = new RegExp(written, 'gi');
	const encoded = base64Forms(secret)
		.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
		.filter((form) => form.length >= SHORTEST_KEY);
	return (text) =>
		encoded.reduce(
			(shown, form) => shown.replaceAll(form, MASK),
			text.replace(ESCAPES.test(text) ? escaped : plain, MASK),
		);
}

function literal(text: string): string {
	return text.replace(/[^A-Za-z0-9]/g, '\\$&');
}

/** Compares in constant time; an empty secret is like nothing. */
export function isSameSecret(given: string, secret: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(secret)];
	return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

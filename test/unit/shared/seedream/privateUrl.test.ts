import { describe, expect, it } from 'vitest';
import { areOfOneHost, isPrivateUrl } from '../../../../nodes/shared/seedream/privateUrl';

describe('a URL that only the own network can open', () => {
	it.each(['http://n8n:5678/x', 'https://nas.local', 'http://api.internal/v1', 'http://LOCALHOST'])(
		'has a name of it: %s',
		(url) => expect(isPrivateUrl(url)).toBe(true),
	);

	it('has an address of it, however that is written', () => {
		const urls = ['http://127.1', 'http://0x7f000001', 'http://[::ffff:192.168.0.1]:80/x'];
		expect(urls.map(isPrivateUrl)).toEqual([true, true, true]);
	});

	it.each(['https://local.example.com', 'https://8.8.8.8', 'https://[2001:db8::1]/10.0.0.1'])(
		'is not this one: %s',
		(url) => expect(isPrivateUrl(url)).toBe(false),
	);

	it.each(['', 'localhost', '/x', 'http://'])('is not what is no URL: "%s"', (text) =>
		expect(isPrivateUrl(text)).toBe(false),
	);
});

describe('two URLs lead to the same host', () => {
	it.each([
		['whatever scheme, port and path', 'http://x.test:81/a', 'https://X.TEST/b'],
		['however its address is written', 'http://127.0.0.1/', 'http://2130706433:80/'],
	])('%s', (_, left, right) => expect(areOfOneHost(left, right)).toBe(true));

	it.each([
		['a name below', 'https://a.x.test', 'https://x.test'],
		['what is no URL', 'x', 'x'],
	])('but not %s', (_, left, right) => expect(areOfOneHost(left, right)).toBe(false));
});

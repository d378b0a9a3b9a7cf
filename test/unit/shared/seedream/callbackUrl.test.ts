import { describe, expect, it } from 'vitest';
import {
	callbackContextOf,
	callbackUrlProblems,
	signCallbackUrl,
	scopeOf,
	signingProblems,
	callbackKey,
	verifyCallbackParameters,
	withScope,
} from '../../../../nodes/shared/seedream/callbackUrl';
import { START } from '../../support';

const KEY = 'sk-secret-key';
const HOOK = 'https://n8n.example.com/webhook/abc';

/** Those of the provider that says most of them. */
const RULES = { isHttpsOnly: true, maxCharacters: 2048 };
const problemsOf = (url: string, api: string): string[] => callbackUrlProblems(url, api, RULES);

const parametersOf = (url: string): Record<string, string> =>
	Object.fromEntries(new URL(url).searchParams);
const verified = (parameters: Record<string, string>, key: string, now = START, receiver = HOOK) =>
	verifyCallbackParameters(parameters, callbackKey(key), now, receiver);
const signed = (url = HOOK, context?: unknown): string => signCallbackUrl(url, KEY, START, context);

describe('a signed callback URL', () => {
	it('is believed by whoever has the same key, and says when it was issued', () => {
		expect(verified(parametersOf(signed()), KEY)).toEqual({ issuedAt: START });
	});

	it('keeps its host, its path and the parameters that it had', () => {
		const url = new URL(signed(`${HOOK}?tenant=7&empty=&sign=a%26b#part`));
		expect(url.origin + url.pathname).toBe(HOOK);
		expect(parametersOf(url.href)).toMatchObject({ tenant: '7', empty: '', sign: 'a&b' });
		expect(verified(parametersOf(url.href), KEY)).toBeDefined();
	});

	it('is believed whatever the order in which its parameters arrive', () => {
		const entries = Object.entries(parametersOf(signed(`${HOOK}?b=2&a=1`, { id: 1 })));
		expect(verified(Object.fromEntries(entries.reverse()), KEY)).toBeDefined();
	});

	it('does not hold the key', () => {
		expect(signed()).not.toContain(KEY);
	});

	it('gives way to a new signature when it is signed again', () => {
		const again = signCallbackUrl(signed(HOOK, { old: true }), KEY, START + 1);
		expect(verified(parametersOf(again), KEY)).toMatchObject({ issuedAt: START + 1 });
	});

	const contexts: Array<[string, unknown]> = [
		['a word', 'order-1'],
		['nothing in it', ''],
		['a number', 42],
		['null', null],
		['false', false],
		['a list', [1, 'two', null]],
		['an object in an object', { row: { id: 7, tags: ['a', 'b'] } }],
		['letters of all kinds', { name: 'Zoë 北京 🎨 \u{1F469}\u200D\u{1F680}' }],
		['signs that URLs are made of', { text: '?a=1&sd_sig=x#y %20 + / \\ " \n' }],
		['a lone surrogate', { text: '\ud800' }],
	];
	it.each(contexts)('carries its context there and back: %s', (_, context) => {
		const parameters = parametersOf(signed(HOOK, context));
		expect(verified(parameters, KEY)).toEqual({ issuedAt: START, context });
		expect(callbackContextOf(parameters)).toEqual(context);
	});

	it('has no context where none was given or where it is no JSON', () => {
		expect(callbackContextOf({})).toBeUndefined();
		expect(callbackContextOf({ sd_ctx: '{broken' })).toBeUndefined();
	});
});

describe('a callback is refused', () => {
	const parameters = parametersOf(signed(`${HOOK}?tenant=7`, { id: 1 }));
	const without = (name: string): Record<string, string> =>
		Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name));

	it('only then: the untouched one is believed', () => {
		expect(verified(parameters, KEY)).toBeDefined();
	});

	it.each(Object.keys(parameters))('when the parameter %s was changed', (name) => {
		const value = parameters[name] ?? '';
		for (const other of [`${value}x`, value.slice(1), value.toUpperCase() + '0', '']) {
			expect(verified({ ...parameters, [name]: other }, KEY)).toBeUndefined();
		}
	});

	it.each(Object.keys(parameters))('when the parameter %s was left out', (name) => {
		expect(verified(without(name), KEY)).toBeUndefined();
	});

	it.each(['extra', 'sd_x', 'SD_SIG', ''])('when a parameter "%s" was added', (name) => {
		expect(verified({ ...parameters, [name]: '1' }, KEY)).toBeUndefined();
	});

	it('when two parameters were put together into one', () => {
		const merged = { ...without('sd_t'), sd_ctx: `${parameters.sd_ctx}&sd_t=${parameters.sd_t}` };
		expect(verified(merged, KEY)).toBeUndefined();
	});

	it.each(['sk-other-key', '', `${KEY} `, KEY.toUpperCase()])('for the key "%s"', (key) => {
		expect(verified(parameters, key)).toBeUndefined();
	});

	it('when it was issued more than two days ago, or that far in the future', () => {
		const twoDays = 48 * 60 * 60 * 1000;
		expect(verified(parameters, KEY, START + twoDays)).toBeDefined();
		expect(verified(parameters, KEY, START + twoDays + 1)).toBeUndefined();
		expect(verified(parameters, KEY, START - twoDays - 1)).toBeUndefined();
	});

	it('when there is nothing at all in it', () => {
		expect(verified({}, KEY)).toBeUndefined();
		expect(verified({ sd_sig: '' }, KEY)).toBeUndefined();
	});
});

describe('a signed callback URL is good for the trigger that it names', () => {
	const TRIGGER = 'https://n8n.example.com/webhook/5f1c/webhook';
	const isGood = (handedOut: string, receiver: string): boolean =>
		verified(parametersOf(signed(handedOut)), KEY, START, receiver) !== undefined;

	it.each([
		['behind a proxy that strips a prefix', 'https://public.example.com/n8n/webhook/5f1c/webhook'],
		['behind a proxy that adds one', 'https://public.example.com/5f1c/webhook'],
		['at its test URL', 'https://n8n.example.com/webhook-test/5f1c/webhook'],
		['with a slash at the end', `${TRIGGER}/`],
		['with a name that is encoded', 'https://n8n.example.com/webhook/%35f1c/webhook'],
	])('%s', (_, handedOut) => {
		expect(isGood(handedOut, TRIGGER)).toBe(true);
	});

	it('and for no other one with the same credential', () => {
		expect(isGood(TRIGGER, 'https://n8n.example.com/webhook/77aa/webhook')).toBe(false);
		expect(isGood(TRIGGER, 'https://n8n.example.com/webhook/5f1c/other')).toBe(false);
		expect(isGood(TRIGGER, '')).toBe(false);
	});

	it('as long as tasks of version 0.1 are under way, which signed no path, those count too', () => {
		// Made by version 0.1 with this key and time.
		const old = { sd_t: String(START), sd_sig: 'm8JQPDfXP9aabiazKAkQeq-4pcNnsS69-IquDgGpgBI' };
		expect(verified(old, KEY, START, TRIGGER)).toEqual({ issuedAt: START });
	});
});

describe('a callback URL that could never be verified is not signed', () => {
	it.each(['id=1&id=2', 'tags[]=x', 'a[b]=c', 'a%5B0%5D=c', '=x', 'toString=1', '__proto__=1'])(
		'%s',
		(query) => {
			const [problem] = signingProblems(`${HOOK}?${query}`);
			expect(problem).toMatch(/Callback URL has the query parameter.*Callback Context/);
		},
	);

	it.each(['', '?tenant=7', '?a=[1]&b=x%5By%5D', '?a=&b='])('"%s" is', (query) => {
		expect(signingProblems(`${HOOK}${query}`)).toEqual([]);
	});
});

const PUBLIC_API = 'https://api.evolink.ai';
const PRIVATE_API = 'http://127.0.0.1:8080';

describe('a callback URL that a provider would not call', () => {
	const privateHosts = [
		'localhost',
		'n8n.localhost',
		'127.0.0.1',
		'127.8.9.1',
		'10.0.0.5',
		'192.168.1.9',
		'172.16.0.1',
		'172.31.255.1',
		'169.254.1.1',
		'0.0.0.0',
		'2130706433',
		'0x7f.1',
		'[::1]',
		'[::]',
		'[fc00::1]',
		'[fd12:3456::1]',
		'[fe80::1]',
		'[::ffff:127.0.0.1]',
		'[::ffff:10.0.0.1]',
		'100.64.0.1',
		'100.127.255.254',
	];
	it.each(privateHosts)('has a private host: %s', (host) => {
		const problems = problemsOf(`https://${host}/webhook/abc`, PUBLIC_API);
		expect(problems).toEqual([
			expect.stringMatching(/the provider cannot reach.*WEBHOOK_URL.*polling/),
		]);
	});

	const publicHosts = [
		'n8n.example.com',
		'172.15.0.1',
		'172.32.0.1',
		'11.0.0.1',
		'192.169.0.1',
		'8.8.8.8',
		'[2001:db8::1]',
		'[::ffff:161.178.1.2]',
		'100.63.0.1',
		'100.128.0.1',
		'localhost.example.com',
		'localhosted.example.com',
		'10.example.com',
		'127.example.com',
		'fd.example.com',
	];
	it.each(publicHosts)('is none with the public host %s', (host) => {
		expect(problemsOf(`https://${host}/webhook/abc`, PUBLIC_API)).toEqual([]);
	});

	it('is not https', () => {
		const problems = problemsOf('http://n8n.example.com/webhook/abc', PUBLIC_API);
		expect(problems).toEqual([
			expect.stringMatching(/begins with http:\/\/.*https:\/\/ only.*polling/),
		]);
	});

	it('has every problem named at once', () => {
		const url = `http://localhost:5678/${'x'.repeat(2048)}`;
		expect(problemsOf(url, PUBLIC_API)).toHaveLength(3);
	});

	it.each(['', 'n8n.example.com/webhook', '/webhook/abc', 'https://'])(
		'is no URL: "%s"',
		(text) => {
			const problems = problemsOf(text, PUBLIC_API);
			expect(problems).toEqual([expect.stringContaining('is not a URL')]);
		},
	);

	it('has more than 2048 characters, and the message says how to make it shorter', () => {
		const exact = `${HOOK}?${'x'.repeat(2048 - HOOK.length - 1)}`;
		expect(problemsOf(exact, PUBLIC_API)).toEqual([]);
		const [problem] = problemsOf(`${exact}x`, PUBLIC_API);
		expect(problem).toContain('has 2049 characters with its context, and the most is 2048');
		expect(problem).toContain('Make the context smaller');
	});

	it.each([PRIVATE_API, 'http://localhost/api', 'https://192.168.0.9/v1'])(
		'may be private and http where the API is private itself: %s',
		(api) => {
			expect(problemsOf('http://localhost:5678/webhook/abc', api)).toEqual([]);
			expect(problemsOf('http://10.0.0.5/webhook/abc', api)).toEqual([]);
		},
	);

	it.each(['http://n8n.example.com/webhook/abc', 'http://8.8.8.8/x', 'ftp://10.0.0.5/x'])(
		'is refused even there when it is public and not https, or no web address: %s',
		(url) => {
			expect(problemsOf(url, PRIVATE_API)).toEqual([expect.stringContaining('https:// only')]);
		},
	);

	it('may not be too long even there', () => {
		expect(problemsOf(`${HOOK}?${'x'.repeat(2048)}`, PRIVATE_API)).toHaveLength(1);
	});
});

describe('what a callback URL says of the ID of its task', () => {
	const of = (scope?: string, url = HOOK): string =>
		signCallbackUrl(url, KEY, START, undefined, scope);

	it('is signed with the rest, and read from the query', () => {
		const parameters = parametersOf(of('some.app'));
		expect(scopeOf(parameters)).toBe('some.app');
		expect(verified(parameters, KEY)).toBeDefined();
		expect(verified({ ...parameters, sd_of: 'other.app' }, KEY)).toBeUndefined();
	});

	it('is that of the request at hand, and gone where there is nothing to say', () => {
		const again = of('other.app', of('some.app'));
		expect(scopeOf(parametersOf(again))).toBe('other.app');
		expect(scopeOf(parametersOf(of(undefined, again)))).toBeUndefined();
	});

	it('may stand in a URL that is not signed this way', () => {
		expect(scopeOf(parametersOf(withScope(HOOK, 'some.app')))).toBe('some.app');
		expect(withScope(HOOK, undefined)).toBe(HOOK);
	});
});

describe('a callback URL of a provider that says little of what it calls', () => {
	it('may be http, and of any length, but not private', () => {
		const rules = { isHttpsOnly: false };
		const long = `http://n8n.example.com/webhook/abc?${'x'.repeat(5000)}`;
		expect(callbackUrlProblems(long, PUBLIC_API, rules)).toEqual([]);
		expect(callbackUrlProblems('http://10.0.0.5/webhook', PUBLIC_API, rules)).toHaveLength(1);
		expect(callbackUrlProblems('ftp://n8n.example.com/', PUBLIC_API, rules)).toHaveLength(1);
	});
});

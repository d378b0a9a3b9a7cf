import fc, { property } from 'fast-check';
import { parse } from 'qs';
import { describe, expect, it, vi } from 'vitest';
import {
	callbackUrlProblems,
	signCallbackUrl,
	signingProblems,
	callbackKey,
	verifyCallbackParameters,
} from '../../nodes/shared/seedream/callbackUrl';
import { PROVIDERS } from '../../nodes/shared/seedream/providers';
import { validateRequest } from '../../nodes/shared/seedream/validation/validate';
import { toText } from '../../nodes/shared/n8n/text';
import { aRequest } from '../unit/support';
import { check } from './support/check';

// Thousands of cases take their time where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const NOW = Date.UTC(2026, 0, 2);
const RULES = { isHttpsOnly: true, maxCharacters: 2048 };

const name = fc.oneof(
	fc.string({ minLength: 1, maxLength: 8 }),
	fc.constantFrom(
		'a',
		'id',
		'tags[]',
		'x[y]',
		'x.y',
		'__proto__',
		'constructor',
		'toString',
		'sd_t',
		'sd_sig',
		'sd_ctx',
		'[',
		']',
		'a[0]',
	),
);
const value = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.constantFrom('', '1', ' ', '+', '%', '&', '=', 'ü', '\u0000'),
);

/** A URL with a path and a query of any kind, as a person may enter it. */
const receiver = fc
	.record({
		base: fc.constantFrom(
			'https://n8n.example.com',
			'https://n8n.example.com:8443',
			'http://localhost:5678',
		),
		path: fc.array(fc.oneof(fc.webSegment(), fc.string({ maxLength: 6 })), { maxLength: 4 }),
		query: fc.array(fc.tuple(name, value), { maxLength: 6 }),
		written: fc.constantFrom('encoded', 'raw'),
	})
	.map(({ base, path, query, written }) => {
		const pairs = query.map(([key, text]) =>
			written === 'raw' ? `${key}=${text}` : `${encode(key)}=${encode(text)}`,
		);
		return `${base}/${path.map(encode).join('/')}?${pairs.join('&')}`;
	});

/** Lone halves of a character cannot be encoded. */
function encode(text: string): string {
	return encodeURIComponent(Buffer.from(text).toString());
}

const anyUrl = fc.oneof(
	receiver,
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
	fc.string({ unit: 'binary' }),
	fc.constantFrom(
		'https://',
		'mailto:a@b.c',
		'javascript:1',
		'data:,x',
		'https://[::1]/',
		'https://x.test/?%',
		'https://x.test/%zz/%',
	),
);

/** The query as a node of n8n gets it: Express's parser (qs), and what the trigger makes of it. */
function receivedQuery(url: string): Record<string, string> {
	const parsed: unknown = parse(new URL(url).search.slice(1), { allowPrototypes: true });
	return Object.fromEntries(
		Object.entries(Object(parsed)).map(([key, given]) => [key, toText(given)]),
	);
}

describe('Any text as a URL', () => {
	it.each(PROVIDERS)(
		'of a reference or a callback is taken or refused by $name, and never throws',
		async (provider) => {
			const isFine = property(anyUrl, (url) => {
				const request = aRequest({
					operation: 'edit',
					references: [{ kind: 'url', url }],
					callbackUrl: url,
					completion: 'submit',
				});
				const { problems } = validateRequest(
					request,
					provider,
					provider.baseUrl ?? 'https://api.example.com',
				);
				for (const { text } of problems) expect(text).toMatch(/\S/);
			});
			await check(isFine, { runs: 1000 });
		},
	);

	it('of a callback is judged, wherever the API is', async () => {
		const isFine = property(fc.tuple(anyUrl, anyUrl), ([url, api]) => {
			for (const problem of callbackUrlProblems(url, api, RULES)) expect(problem).toMatch(/\S/);
		});
		await check(isFine, { runs: 2000 });
	});
});

describe('A callback URL that is signed', () => {
	const context = fc.oneof(fc.constant(undefined), fc.jsonValue());

	it('is verified by the one who gets it, with its context, or is refused before', async () => {
		const isFine = property(
			fc.tuple(anyUrl, context, fc.string({ minLength: 1 })),
			([url, given, key]) => {
				if (
					!URL.canParse(url) ||
					signingProblems(url).length > 0 ||
					callbackUrlProblems(url, 'http://127.0.0.1', RULES).length > 0
				)
					return;
				const signed = signCallbackUrl(url, key, NOW, given);
				const verified = verifyCallbackParameters(
					receivedQuery(signed),
					callbackKey(key),
					NOW + 1000,
					signed,
				);
				expect(verified).toEqual({
					issuedAt: NOW,
					...(given !== undefined && { context: JSON.parse(JSON.stringify(given)) }),
				});
			},
		);
		await check(isFine, { runs: 5000 });
	});

	it('is refused once anything in it is changed, or with another key', async () => {
		const change = fc.tuple(
			receiver,
			context,
			fc.constantFrom('parameter', 'key', 'context', 'time', 'path', 'signature'),
			fc.string({ minLength: 1, maxLength: 5 }),
		);
		const isFine = property(change, ([url, given, what, other]) => {
			if (signingProblems(url).length > 0) return;
			const signed = new URL(signCallbackUrl(url, 'key', NOW, given));
			const forged = new URL(signed);
			if (what === 'parameter') forged.searchParams.append(`zz${other}`, other);
			if (what === 'context') forged.searchParams.set('sd_ctx', JSON.stringify([other, 'forged']));
			if (what === 'time') forged.searchParams.set('sd_t', String(NOW + 1 + other.length));
			if (what === 'path') forged.pathname = `/webhook/other-${encode(other)}/webhook`;
			if (what === 'signature') forged.searchParams.set('sd_sig', other);
			const key = what === 'key' ? `key${other}` : 'key';
			expect(
				verifyCallbackParameters(receivedQuery(forged.href), callbackKey(key), NOW, forged.href),
			).toBeUndefined();
		});
		await check(isFine, { runs: 3000 });
	});

	it('any query and any receiver are verified or not, and never throw', async () => {
		const isFine = property(fc.tuple(fc.dictionary(name, value), anyUrl), ([query, url]) => {
			expect(verifyCallbackParameters(query, callbackKey('key'), NOW, url)).toBeUndefined();
		});
		await check(isFine, { runs: 2000 });
	});
});

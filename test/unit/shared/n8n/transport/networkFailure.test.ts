import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { networkFailureOf } from '../../../../../nodes/shared/n8n/transport/networkFailure';

const coded = (code: string, more: object = {}) =>
	Object.assign(new Error('it broke'), { code, ...more });
const wrapped = (cause: unknown) => new Error('n8n says', { cause });
const failure = (error: unknown) => networkFailureOf(error, 60_000).networkFailure;

describe('a request that got no answer', () => {
	it.each([
		['ENOTFOUND', 'no connection could be made (ENOTFOUND)'],
		['ECONNREFUSED', 'no connection could be made (ECONNREFUSED)'],
		['ERR_INVALID_URL', 'no connection could be made (ERR_INVALID_URL)'],
		['CERT_HAS_EXPIRED', 'its certificate is not accepted (CERT_HAS_EXPIRED)'],
		[
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'its certificate is not accepted (ERR_TLS_CERT_ALTNAME_INVALID)',
		],
	])('was never sent where it cannot have left: %s', (code, message) => {
		expect(failure(wrapped(wrapped(coded(code))))).toEqual({ sent: 'no', code, message });
	});

	it.each([
		['ECONNRESET', 'the connection ended with ECONNRESET'],
		['EPIPE', 'the connection ended with EPIPE'],
		['ETIMEDOUT', 'nothing came within 60 seconds'],
		['ECONNABORTED', 'nothing came within 60 seconds'],
		['ERR_BAD_RESPONSE', 'the answer was cut off'],
	])('may have arrived otherwise: %s', (code, message) => {
		expect(failure(wrapped(coded(code)))).toEqual({ sent: 'maybe', code, message });
	});

	it('was never sent where the time was over while the connection was made', () => {
		const connecting = coded('ETIMEDOUT', { syscall: 'connect' });
		expect(failure(connecting)).toMatchObject({ sent: 'no' });
		expect(failure(coded('ETIMEDOUT', { syscall: 'read' }))).toMatchObject({ sent: 'maybe' });
	});

	it('was never sent where none of several addresses could be connected to', () => {
		const [tried, sent] = [{ syscall: 'connect' }, { syscall: 'read' }].map((more) =>
			coded('ETIMEDOUT', more),
		);
		const all = (errors: unknown[]) => failure(wrapped(coded('ETIMEDOUT', { errors }))).sent;
		expect(all([tried, tried])).toBe('no');
		expect([all([tried, sent]), all([]), all([7])]).toEqual(['maybe', 'maybe', 'maybe']);
	});

	it("is told of by what the network says, not by the HTTP client's word for it", () => {
		expect(failure(coded('ERR_BAD_RESPONSE', { cause: coded('ECONNRESET') }))).toMatchObject({
			code: 'ECONNRESET',
		});
	});

	it.each([
		['an error without a code', new Error('odd'), 'odd'],
		['a code that is none', coded('it-broke'), 'it broke'],
		['no error at all', 'odd', 'odd'],
	])('may have arrived where nothing is known: %s', (_, error, message) => {
		expect(failure(error)).toEqual({ sent: 'maybe', message });
	});

	it('is told of although its causes go in a circle', () => {
		const circle: Error = new Error('round');
		circle.cause = wrapped(circle);
		expect(failure(circle)).toEqual({ sent: 'maybe', message: 'round' });
	});

	it('is known from the error that Node.js really gives', async () => {
		const refused = await new Promise((resolve) => {
			connect({ host: '127.0.0.1', port: 1 }).on('error', resolve);
		});
		expect(failure(refused)).toMatchObject({ sent: 'no', code: 'ECONNREFUSED' });
	});
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../nodes/shared/seedream/errorCodes';

const ROOT = join(__dirname, '../..');

/** The first column of the table of codes. */
function documentedCodes(): string[] {
	const document = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
	return [...document.matchAll(/^\| `(\w+)` \| \S.* \| \S.* \|$/gm)].map(([, code = '']) => code);
}

/** The codes that stand in the product's sources as `code: '…'`. */
function writtenCodes(): string[] {
	const files = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' });
	const sources = files.filter((file) => file.endsWith('.ts'));
	return sources.flatMap((file) => {
		const text = readFileSync(join(ROOT, 'nodes', file), 'utf8');
		return [...text.matchAll(/\bcode: '(\w+)'/g)].map(([, code = '']) => code);
	});
}

describe('The codes of errors that this package finds itself', () => {
	it('are explained in docs/errors.md, each one and no other, with what to do', () => {
		expect(documentedCodes().filter((code) => code !== 'code')).toEqual([...ERROR_CODES]);
	});

	it('are all that the sources write', () => {
		const written = writtenCodes();
		expect(written.length).toBeGreaterThan(10);
		expect([...ERROR_CODES]).toEqual(expect.arrayContaining(written));
	});
});

import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BodyReader } from './sink';

const files = [randomBytes(1000), randomBytes(1), randomBytes(2)];
const image = files.map((file) => `data:image/png;base64,${file.toString('base64')}`);
const body = JSON.stringify({ model: 'a model', image, size: '1024x1024' });
const hashes = files.map((file) => createHash('sha256').update(file).digest('hex'));

describe('What arrives at the sink', () => {
	it.each([1, 2, 7, 100, body.length])('is the same in parts of %i bytes', (size) => {
		const reader = new BodyReader();
		for (let at = 0; at < body.length; at += size) reader.read(body.slice(at, at + size));
		expect(reader.hashes).toEqual(hashes);
		const rest: unknown = JSON.parse(reader.json);
		expect(rest).toMatchObject({ model: 'a model', size: '1024x1024' });
	});
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/paths';
import { isUpToDate, keptPictures } from '../e2e/pictures';

describe('The pictures of the examples and of the README', () => {
	const kept = keptPictures();

	it.each(['examples/pictures', 'docs/pictures'])('are all of those in %s', (folder) => {
		const there = readdirSync(join(repositoryRoot, folder)).map((name) => `${folder}/${name}`);
		const wanted = kept.map(({ file }) => file).filter((file) => file.startsWith(folder));
		expect(there.sort(), 'Run npm run pictures').toEqual(wanted.sort());
	});

	it.each(kept)('$file shows $example as it is', async (picture) => {
		expect(await isUpToDate(picture), 'It has changed since. Run npm run pictures').toBe(true);
	});
});

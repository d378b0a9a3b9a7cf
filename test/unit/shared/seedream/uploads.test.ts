import { describe, expect, it } from 'vitest';
import { noTasksError } from '../../../../nodes/shared/seedream/commonErrors';
import { evolink } from '../../../../nodes/shared/seedream/providers/evolink';
import { failure, success, type Result } from '../../../../nodes/shared/seedream/result';
import { Uploads } from '../../../../nodes/shared/seedream/uploads';

const STORED = success('https://files.test/a.png');
const FAILED = failure(noTasksError(evolink, 'a'));

/** Uploads that end as listed, and how many were begun. */
function host(...endings: Array<Result<string> | Error>) {
	let begun = 0;
	const upload = async (): Promise<Result<string>> => {
		const ending = endings[begun++];
		await new Promise((resolve) => setImmediate(resolve));
		if (!ending || ending instanceof Error) throw ending ?? new Error('one too many');
		return ending;
	};
	return { upload, begun: () => begun };
}

describe('the uploads of one run', () => {
	it('are one for each file, also for those who ask while it is under way', async () => {
		const uploads = new Uploads();
		const { upload, begun } = host(STORED);
		const asked = [1, 2, 3].map(async () => await uploads.once('a.png', upload));
		expect(await Promise.all(asked)).toEqual([STORED, STORED, STORED]);
		expect(await uploads.once('a.png', upload)).toEqual(STORED);
		expect(begun()).toBe(1);
	});

	it('are two for two files', async () => {
		const uploads = new Uploads();
		const { upload, begun } = host(STORED, STORED);
		await uploads.once('a.png', upload);
		await uploads.once('b.png', upload);
		expect(begun()).toBe(2);
	});

	it('fail for all who wait, and are tried again by the next', async () => {
		const uploads = new Uploads();
		const { upload, begun } = host(FAILED, STORED);
		const asked = [1, 2].map(async () => await uploads.once('a.png', upload));
		expect(await Promise.all(asked)).toEqual([FAILED, FAILED]);
		expect(await uploads.once('a.png', upload)).toEqual(STORED);
		expect(begun()).toBe(2);
	});

	it('that are broken off are not remembered either', async () => {
		const uploads = new Uploads();
		const { upload } = host(new Error('stopped'), STORED);
		const asked = [1, 2].map(async () => await uploads.once('a.png', upload));
		for (const broken of asked) await expect(broken).rejects.toThrow('stopped');
		expect(await uploads.once('a.png', upload)).toEqual(STORED);
	});
});

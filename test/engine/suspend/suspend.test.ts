import { describe, expect, it } from 'vitest';
import { picture, until } from '../../emulator/testClient';
import { NODE, paidBodies } from '../seedream';
import { binaryItem, readBinary } from '../support';
import { likePolling, linksOf } from './likePolling';
import { BOAT, BOATS, numbered, settle, useScene } from './scene';

const scene = useScene();

const SMALL = { sizeMode: 'ratio', aspectRatio: '1:1', resolution: '1K' };

describe('Suspending gives what polling gives', () => {
	it.each([
		{ count: 1, downloads: 'all' },
		{ count: 5, downloads: 'all' },
		{ count: 50, downloads: 'every tenth' },
	])(
		'$count items in one execution, $downloads downloaded: resumed once, linked to their inputs',
		async ({ count, downloads }) => {
			const items = numbered(count);
			const isDownloaded = (n: number) => downloads === 'all' || n % 10 === 0;
			const download = downloads === 'all' ? true : '={{ $json.n % 10 === 0 }}';
			const awake = await likePolling(
				scene,
				{ ...BOATS, ...SMALL, download },
				{ items, options: { concurrency: 10 } },
			);
			expect(linksOf(awake.items(NODE))).toEqual(items.map((_, item) => ({ item })));
			const types = awake.items(NODE).map(({ binary }) => binary?.data?.mimeType);
			expect(types).toEqual(
				items.map((_, index) => (isDownloaded(index + 1) ? 'image/jpeg' : undefined)),
			);
			expect(awake.items('End')).toEqual(awake.items(NODE));
		},
	);

	it('every parameter that an expression gives is that of its own item', async () => {
		const parameters = {
			...BOAT,
			prompt: '={{ $json.prompt }}',
			numberOfImages: '={{ $json.count }}',
			...SMALL,
			aspectRatio: '={{ $json.ratio }}',
			download: '={{ $json.download }}',
		};
		const options = {
			outputMode: '={{ $json.mode }}',
			outputBinaryProperty: '=of_{{ $json.prompt }}',
		};
		const items = [
			{ json: { prompt: 'sea', count: 2, ratio: '16:9', download: true, mode: 'image' } },
			{ json: { prompt: 'sky', count: 3, ratio: '1:1', download: true, mode: 'task' } },
			{ json: { prompt: 'sun', count: 1, ratio: '9:16', download: false, mode: 'image' } },
		];
		const awake = await likePolling(scene, parameters, { items, options });
		expect(linksOf(awake.items(NODE))).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		const fields = awake.items(NODE).map(({ binary }) => Object.keys(binary ?? {}));
		expect(fields).toEqual([['of_sea'], ['of_sea'], ['of_sky', 'of_sky_1', 'of_sky_2'], []]);
	});

	it('several items combined into one request: one task, linked to all of them', async () => {
		const file = { buffer: await picture(64, 64), mimeType: 'image/png' };
		const items = [1, 2, 3].map((n) => binaryItem({ json: { n }, binary: { data: file } }));
		const awake = await likePolling(
			scene,
			{ ...BOAT, operation: 'edit', combineItems: true },
			{ items },
		);
		expect(linksOf(awake.items(NODE))).toEqual([[{ item: 0 }, { item: 1 }, { item: 2 }]]);
	});

	it('edits of binary files, which are uploaded before the wait and not again after it', async () => {
		const file = { buffer: await picture(64, 64), mimeType: 'image/png' };
		const items = [1, 2].map((n) => binaryItem({ json: { n }, binary: { data: file } }));
		await likePolling(scene, { ...BOAT, operation: 'edit' }, { items, binaryMode: 'filesystem' });
		// Two runs, one that polls and one that suspends, and in each the one file of both items.
		expect(scene.emulator.requestsOf('upload')).toHaveLength(2);
	});

	it("files in n8n's binary store can be read after the wait", async () => {
		const awake = await scene.suspendAndResume(
			{ ...BOAT, ...SMALL, download: true },
			{ binaryMode: 'filesystem' },
		);
		const [item] = awake.items(NODE);
		expect(item?.binary?.data?.id).toMatch(/^filesystem/);
		expect((await readBinary(item?.binary?.data))?.length).toBeGreaterThan(1000);
	});

	it('a download that fails: the item stays, with its URL and a warning', async () => {
		scene.emulator.addFault({ on: 'download', status: 404 });
		const awake = await likePolling(scene, { ...BOATS, download: true }, { items: numbered(2) });
		expect(awake.items(NODE)).toMatchObject(
			[1, 2].map(() => ({ json: { url: expect.any(String), warnings: [expect.any(String)] } })),
		);
	});

	it('with Execute Once only the first item is run and handed on', async () => {
		const awake = await likePolling(scene, BOATS, {
			items: numbered(3),
			node: { executeOnce: true },
		});
		expect(awake.items(NODE)).toHaveLength(1);
		expect(paidBodies(scene.emulator)).toMatchObject([
			{ prompt: 'A boat 1' },
			{ prompt: 'A boat 1' },
		]);
	});

	it("an editor's manual run suspends and resumes as well", async () => {
		await likePolling(scene, BOATS, { items: numbered(2), mode: 'manual' });
	});
});

describe('Nothing is suspended', () => {
	it('when all tasks have ended before the wait would begin, whatever their callbacks do', async () => {
		scene.emulator.setTaskMs(0);
		scene.emulator.addFault({ on: 'create', noCallback: true });
		// The answers come late, so that the tasks are over by then.
		scene.emulator.addFault({ on: 'create', hang: 60 });
		const result = await scene.run(BOATS, { items: numbered(3) });
		expect(result.status).toBe('success');
		expect(result.items('End')).toMatchObject(
			[1, 2, 3].map(() => ({ json: { status: 'completed' } })),
		);
		expect(scene.queries()).toBe(3);
	});

	it('when there are no items', async () => {
		const result = await scene.run(BOAT, { items: [] });
		expect(result.status).toBe('success');
		expect(scene.paid()).toBe(0);
	});

	it('where the provider answers with the finished images, which a warning says', async () => {
		const result = await scene.run(
			{ ...BOATS, ...SMALL, download: true },
			{ provider: 'novita', items: numbered(2) },
		);
		expect(result.status).toBe('success');
		const warnings = [expect.stringMatching(/callback/i)];
		expect(result.items(NODE)).toMatchObject(
			[1, 2].map(() => ({ json: { status: 'completed', warnings } })),
		);
		expect(result.items(NODE).every(({ binary }) => binary?.data)).toBe(true);
		expect(JSON.stringify(paidBodies(scene.emulator))).not.toContain('webhook-waiting');
	});
});

describe('Before all tasks have ended', () => {
	it('nothing is handed on, and each callback before the last leaves the execution asleep', async () => {
		scene.emulator.addFault({ on: 'create', neverEnds: true, after: 2, times: 1 });
		const asleep = await scene.run(BOATS, { items: numbered(3), options: { concurrency: 1 } });
		await until(() => (scene.n8n.statuses.length >= 2 ? true : undefined));
		await settle(50);
		expect(scene.n8n.statuses).toEqual([200, 200]);
		expect(scene.n8n.runs).toHaveLength(0);
		expect(asleep.runData.End).toBeUndefined();
		expect(asleep.waitTill?.getTime()).toBeGreaterThan(Date.now() + 500_000);
	});
});

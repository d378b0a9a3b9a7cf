import { createHash } from 'node:crypto';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { FIXTURES } from '../../providers';
import { A } from '../../providers/shared/wire';
import { NODE, runSeedream, type SeedreamRun } from '../seedream';
import { binaryItem, readBinary, type RunResult } from '../support';

const emulator = useEmulator({ taskMs: 20 });

const APART: INodeParameters = { operation: 'decompose' };
/** By its address, with links only. */
const LINKED: INodeParameters = {
	...APART,
	imageSource: 'url',
	imageUrls: A,
	download: false,
};

let poster: Buffer;
beforeAll(async () => {
	poster = await picture(1200, 900);
});

/** An item with the poster. */
function posterItem(): INodeExecutionData {
	return binaryItem({ binary: { data: { buffer: poster, mimeType: 'image/png' } } });
}

async function apart(parameters: INodeParameters = {}, run: SeedreamRun = {}): Promise<RunResult> {
	const result = await runSeedream(
		emulator,
		{ ...APART, ...parameters },
		{ items: [posterItem()], ...run },
	);
	expect(result.error).toBeUndefined();
	return result;
}

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function bytesAt(url: unknown): Promise<Buffer> {
	return Buffer.from(await (await fetch(String(url))).arrayBuffer());
}

const SELLERS = ['evolink', 'byteplus', 'volcengine'] as const;

describe.each(SELLERS)('The layers of an image at %s', (provider) => {
	it('come as one item each, the base first, with their boxes', async () => {
		const items = (await apart({ prompt: '[layers:5]' }, { provider })).items(NODE);
		expect(items.map(({ json }) => json.layer)).toMatchObject(
			[0, 1, 2, 3, 4, 5].map((zIndex) => ({ zIndex })),
		);
		const [base, ...layers] = items;
		expect(base?.json.layer).not.toHaveProperty('boundingBox');
		for (const [index, { json }] of items.entries()) {
			expect(json).toMatchObject({ status: 'completed', imageIndex: index, imageCount: 6 });
			expect(json).not.toHaveProperty('requestedCount');
			expect(json.warnings).toEqual([]);
		}
		const sides = [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)];
		for (const { json } of layers) {
			expect(json.layer).toMatchObject({
				name: expect.any(String),
				description: expect.any(String),
				boundingBox: { absolute: sides, normalized: sides },
			});
		}
	});

	it('are handed on byte for byte, with their transparency, under names that the model has no say in', async () => {
		const items = (await apart({}, { provider })).items(NODE);
		expect(items.length).toBeGreaterThan(2);
		for (const { json, binary } of items) {
			const bytes = await readBinary(binary?.data);
			expect(sha(bytes)).toBe(sha(await bytesAt(json.url)));
			const { format, width, height, hasAlpha } = await sharp(bytes).metadata();
			expect(json).toMatchObject({ width, height, mimeType: `image/${format}` });
			const { zIndex } = Object(json.layer);
			expect(json.fileName).toMatch(new RegExp(`-layer-${zIndex}\\.(jpg|png)$`));
			expect([format, hasAlpha]).toEqual(zIndex === 0 ? ['jpeg', false] : ['png', true]);
		}
	});

	it('come with one item for the task where that is wanted', async () => {
		const [item, ...others] = (
			await apart({}, { provider, options: { outputMode: 'task' } })
		).items(NODE);
		expect(others).toEqual([]);
		const images: unknown[] = Object(item?.json.images);
		expect(images).toMatchObject([{ layer: { zIndex: 0 } }, { layer: { zIndex: 1 } }, {}, {}]);
		expect(Object.keys(item?.binary ?? {})).toEqual(['data', 'data_1', 'data_2', 'data_3']);
	});

	it('are as fine as is said, and the base is of the format that is said', async () => {
		const options = { outputFormat: 'png' };
		const [base] = (await apart({ resolution: '1K' }, { provider, options })).items(NODE);
		expect(base?.json.mimeType).toBe('image/png');
		expect(Number(base?.json.width) * Number(base?.json.height)).toBeLessThan(1_200_000);
	});

	it('are all or none: where one fails nothing is billed, and the error says so', async () => {
		const result = await runSeedream(
			emulator,
			{ ...LINKED, prompt: 'the parrot [moderated-output:2]' },
			{ provider },
		);
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ context: { data: { error: { billed: 'no' } } } });
		expect(emulator.creditsUsed()).toBe(0);
	});
});

const ANSWERS = FIXTURES.flatMap(({ id, layers, answers }) =>
	layers?.answer !== undefined
		? [
				{
					id,
					body: layers.answer,
					isTask: answers.taskId !== undefined,
					/** What says first that the task is over, where the layers stand in an answer of their own. */
					end: answers.result === undefined ? undefined : answers.finished,
					isDoubtful: layers.isDoubtful === true,
				},
			]
		: [],
);

/** Left, top, right, bottom. */
const BOX = Array(4).fill(expect.any(Number));

describe.each(ANSWERS)(
	'The answer that $id documents',
	({ id: provider, body, isTask, end, isDoubtful }) => {
		it('is handed on as it came, in the order of the stack, with what nobody here knows', async () => {
			if (end !== undefined) emulator.addFault({ on: 'query', body: end, times: 1 });
			emulator.addFault({ on: isTask ? 'query' : 'create', body });
			const options = { skipValidation: isDoubtful };
			const items = (await apart(LINKED, { provider, options })).items(NODE);
			expect(items.map(({ json }) => [json.url, json.layer])).toEqual([
				[expect.stringMatching(/^https:\/\/x\.test\/0\.(jpe?g|png)$/), { zIndex: 0 }],
				[
					'https://x.test/1.png',
					expect.objectContaining({
						zIndex: 1,
						name: 'parrot',
						description: 'a red parrot',
						boundingBox: { absolute: BOX, normalized: BOX },
					}),
				],
				['https://x.test/2.png', expect.objectContaining({ zIndex: 2, name: 'title' })],
			]);
			const said = items
				.map(({ json }) => Object(json.layer))
				.filter(({ text_lines }) => text_lines);
			expect(said).toMatchObject([{ text_lines: [{ text: 'SALE' }] }]);
			for (const { json } of items) expect(Object(json.layer)).not.toHaveProperty('url');
		});
	},
);

describe('Where the wish for layers is lost on its way', () => {
	it('the images of the plain edit are kept, and it is said loudly', async () => {
		const result = await apart(
			{ ...LINKED, prompt: 'the parrot', resolution: '2K' },
			{ provider: 'tokaify', options: { skipValidation: true } },
		);
		const [item, ...others] = result.items(NODE);
		expect(others).toEqual([]);
		expect(item?.json.url).toMatch(/^http/);
		expect(item?.json).not.toHaveProperty('layer');
		const told = expect.stringMatching(/^No layers came: .*plain edit.*billed/);
		expect(item?.json.warnings).toContainEqual(told);
		expect(result.hints).toContainEqual(expect.objectContaining({ message: told }));
	});
});

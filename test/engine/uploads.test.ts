import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { picture } from '../emulator/testClient';
import { useEmulator } from '../emulator/useEmulator';
import { useCompressedTime } from '../properties/support/time';
import { NODE, paidBodies, runSeedream } from './seedream';
import { binaryItem } from './support';

const emulator = useEmulator({ taskMs: 20 });
useCompressedTime(50);
let red: Buffer;
let green: Buffer;
beforeAll(async () => {
	red = await picture(40, 40);
	green = await picture(50, 50);
});

const EDIT: INodeParameters = {
	operation: 'edit',
	prompt: 'Brighter',
	completion: 'submit',
	imageSource: 'both',
	binaryPropertyNames: '*',
	imageUrls: '={{ $json.urls ?? [] }}',
};

/** An item with these images, named after their place. */
function itemWith(...files: Buffer[]): INodeExecutionData {
	const fields = files.map((buffer, index) => [
		`image_${index}`,
		{ buffer, fileName: `${index}.png`, mimeType: 'image/png' },
	]);
	return binaryItem({ binary: Object.fromEntries(fields) });
}

const times = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, () => itemWith(red));

const uploads = () => emulator.requestsOf('upload').length;

/** The image URLs of each paid request. */
const sent = (): unknown[] =>
	paidBodies(emulator).map((body) =>
		body instanceof Object ? Reflect.get(body, 'image_urls') : undefined,
	);

const edit = async (items: INodeExecutionData[], concurrency: number, node = {}) =>
	await runSeedream(emulator, EDIT, { items, options: { concurrency }, node });

describe('A reference image that several items use', () => {
	it.each([1, 5])('is uploaded once, with %d items at a time', async (concurrency) => {
		const result = await edit(times(20), concurrency);
		expect(result.error).toBeUndefined();
		expect(uploads()).toBe(1);
		const [first] = sent();
		expect(sent()).toEqual(Array(20).fill(first));
	});

	it('is the same file wherever it comes from, and another one is not', async () => {
		const uri = `data:image/png;base64,${red.toString('base64')}`;
		const items = [itemWith(red, green), itemWith(green, red), { json: { urls: [uri] } }];
		const result = await edit(items, 1);
		expect(result.error).toBeUndefined();
		expect(uploads()).toBe(2);
		const [[a, b] = []] = sent().map((urls) => (Array.isArray(urls) ? urls : []));
		expect(a).not.toEqual(b);
		expect(sent()).toEqual([[a, b], [b, a], [a]]);
	});

	it('is uploaded again in the next run, as nobody knows how long it is kept', async () => {
		await edit(times(2), 1);
		await edit(times(2), 1);
		expect(uploads()).toBe(2);
	});
});

describe('An upload that fails is not remembered', () => {
	const CONTINUE = { onError: 'continueRegularOutput' };

	it('the next item tries again', async () => {
		emulator.addFault({ on: 'upload', status: 400, times: 1 });
		const result = await edit(times(4), 1, CONTINUE);
		expect(result.items(NODE)).toMatchObject([
			{ json: { error: { billed: 'no' } } },
			...Array(3).fill({ json: { status: 'pending' } }),
		]);
		expect(uploads()).toBe(2);
		expect(sent()).toHaveLength(3);
	});

	it('it fails for those who waited for it, and the next try is shared in turn', async () => {
		emulator.addFault({ on: 'upload', status: 400, times: 1 });
		const result = await edit(times(20), 5, CONTINUE);
		const failed = result.items(NODE).filter(({ json }) => json.error !== undefined);
		expect(failed).toEqual(
			Array(5).fill(
				expect.objectContaining({
					json: { error: expect.objectContaining({ billed: 'no' }) },
				}),
			),
		);
		expect(uploads()).toBe(2);
		expect(sent()).toHaveLength(15);
	});

	it('nor does one that passes at a second try fail for anybody', async () => {
		emulator.addFault({ on: 'upload', status: 503, times: 1 });
		const result = await edit(times(20), 5);
		expect(result.error).toBeUndefined();
		expect(uploads()).toBe(2);
		expect(sent()).toHaveLength(20);
	});
});

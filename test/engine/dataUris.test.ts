import type { IncomingMessage } from 'node:http';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../emulator';
import { picture } from '../emulator/testClient';
import { FIXTURES } from '../providers';
import { useEmulator } from '../emulator/useEmulator';
import { startOtherServer } from './otherServer';
import { itemsOf, paidBodies, runSeedream } from './seedream';
import { binaryItem } from './support';

const emulator = useEmulator({ taskMs: 20 });
let red: Buffer;
let green: Buffer;
let file: Buffer;
beforeAll(async () => {
	// Small enough to be recorded whole.
	red = await picture(16, 16);
	green = await picture(20, 20);
	file = await picture(24, 24);
});

const A = 'https://example.com/a.png';
const B = 'https://example.com/b,c.jpg?x=1,2';
const EDIT: INodeParameters = {
	operation: 'edit',
	prompt: 'Brighter',
	aspectRatio: '1:1',
	download: false,
	imageSource: 'url',
};

const uri = (bytes: Buffer, type = 'image/png') =>
	`data:${type};base64,${bytes.toString('base64')}`;
const pictures = (): INodeExecutionData =>
	binaryItem({ binary: { data: { buffer: file, mimeType: 'image/png' } } });

/** Those who take data URIs, the field that they stand in, and whether a single one stands alone. */
const TAKERS = FIXTURES.flatMap(({ id: provider, takers = [] }) =>
	takers.map(({ model, field, isLoneBare }) => ({ provider, model, field, isLoneBare })),
);

/** The reference images in the one request that was sent, which was taken. */
async function sent(
	provider: Provider,
	field: string,
	parameters: INodeParameters,
	items = itemsOf({}),
): Promise<unknown> {
	const result = await runSeedream(emulator, { ...EDIT, ...parameters }, { provider, items });
	expect(result.error?.message).toBeUndefined();
	expect(emulator.requests.map(({ kind, status }) => [kind, status])).toEqual([['create', 200]]);
	const [body] = paidBodies(emulator);
	return body instanceof Object ? Reflect.get(body, field) : undefined;
}

describe.each(TAKERS)(
	'A data URI at $provider, $model',
	({ provider, model, field, isLoneBare }) => {
		it('is sent as it is', async () => {
			const data = uri(red);
			expect(await sent(provider, field, { model, imageUrls: data })).toEqual(
				isLoneBare ? data : [data],
			);
		});

		it.each([
			{ as: 'one per line', give: (list: string[]) => list.join('\n') },
			{ as: 'one per line, with commas', give: (list: string[]) => list.join(' ,\n') },
			{ as: 'a list as JSON text', give: (list: string[]) => JSON.stringify(list) },
			{ as: 'an expression that gives a list', give: () => '={{ $json.list }}' },
		])('keeps its place among the URLs, after the files: $as', async ({ give }) => {
			const list = [A, uri(red), B, uri(green)];
			const items = [{ ...pictures(), json: { list } }];
			const references = await sent(
				provider,
				field,
				{ model, imageSource: 'both', imageUrls: give(list) },
				items,
			);
			expect(references).toEqual([uri(file), ...list]);
		});

		it.each([
			{
				what: 'a type that the bytes contradict',
				write: (png: string) => `data:image/jpeg;base64,${png}`,
			},
			{
				what: 'a type that does not exist',
				write: (png: string) => `data:image/photo;base64,${png}`,
			},
			{
				what: 'no type of an image',
				write: (png: string) => `data:application/octet-stream;base64,${png}`,
			},
			{ what: 'no type at all', write: (png: string) => `data:;base64,${png}` },
			{ what: 'a type in upper case', write: (png: string) => `data:image/PNG;base64,${png}` },
			{ what: 'everything in upper case', write: (png: string) => `DATA:IMAGE/PNG;BASE64,${png}` },
			{ what: 'a parameter', write: (png: string) => `data:image/png;charset=utf-8;base64,${png}` },
			{
				what: 'no padding',
				write: (png: string) => `data:image/png;base64,${png.replace(/=+$/, '')}`,
			},
			{
				what: 'the alphabet for URLs',
				write: (png: string) =>
					`data:image/png;base64,${png.replaceAll('+', '-').replaceAll('/', '_')}`,
			},
		])('with $what is corrected', async ({ write }) => {
			const data = write(red.toString('base64'));
			expect(await sent(provider, field, { model, imageUrls: `${A}\n${data}` })).toEqual([
				A,
				uri(red),
			]);
		});

		it('of a JPEG that calls itself jpg is corrected', async () => {
			const jpeg = await picture(16, 16, 'jpeg');
			const references = await sent(provider, field, { model, imageUrls: uri(jpeg, 'image/jpg') });
			expect([references].flat()).toEqual([expect.stringMatching(/^data:image\/jpeg;base64,/)]);
		});

		it('that is the same in every item of Combine All Input Items is sent once, others in their order', async () => {
			const items = itemsOf(
				{ urls: [uri(red), A] },
				{ urls: [uri(green), uri(red)] },
				{ urls: [uri(red), A, uri(green)] },
			);
			const references = await sent(
				provider,
				field,
				{ model, imageUrls: '={{ $json.urls }}', combineItems: true },
				items,
			);
			expect(references).toEqual([uri(red), A, uri(green)]);
		});

		it('that is the same twice in one item is sent twice, as it was asked for', async () => {
			expect(
				await sent(provider, field, { model, imageUrls: [uri(red), uri(red)].join('\n') }),
			).toEqual([uri(red), uri(red)]);
		});

		it('is of no account where the images come from binary fields', async () => {
			const references = await sent(
				provider,
				field,
				{ model, imageSource: 'binary', imageUrls: uri(red) },
				[pictures()],
			);
			expect([references].flat()).toEqual([uri(file)]);
		});
	},
);

describe('A data URI of a large image', () => {
	it('arrives as it was written, to the last character', async () => {
		const bodies: string[] = [];
		const read = async (request: IncomingMessage) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(Buffer.from(chunk));
			bodies.push(Buffer.concat(chunks).toString());
		};
		const server = await startOtherServer((request, response) => {
			void read(request).then(() => response.writeHead(400).end('{}'));
		});
		const noise = Buffer.alloc(3_000_000, 'seedream');
		const data = uri(Buffer.concat([red, noise]));
		const credentials = { provider: 'byteplus', apiKey: 'test-key', baseUrl: server.url };
		await runSeedream(
			emulator,
			{ ...EDIT, imageUrls: '={{ [$json.url, $json.url] }}' },
			{ credentials, items: itemsOf({ url: data }) },
		);
		await server.stop();
		const [body] = bodies.map((text): { image?: unknown } => JSON.parse(text));
		expect(Array.isArray(body?.image) && body.image.every((image) => image === data)).toBe(true);
	});
});

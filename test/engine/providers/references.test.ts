import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { shorten } from '../../emulator/recording';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { FIXTURES } from '../../providers';
import type { RefusedFile } from '../../providers/fixture';
import { A, B } from '../../providers/shared/wire';
import { paidBodies, runSeedream } from '../seedream';
import { binaryItem } from '../support';
import { failureOf } from './support';

const emulator = useEmulator({ taskMs: 20 });

let red: Buffer;
let green: Buffer;
let blue: Buffer;
beforeAll(async () => {
	red = await picture(20, 20);
	green = await picture(30, 20, 'jpeg');
	blue = await picture(40, 20, 'webp');
});

const EDIT: INodeParameters = {
	operation: 'edit',
	prompt: 'Brighter',
	aspectRatio: '1:1',
	download: false,
};

/** As the emulator records it: long base64 is cut short, with its length. */
function uri(format: string, bytes: Buffer): unknown {
	return shorten(`data:image/${format};base64,${bytes.toString('base64')}`);
}

/** An item with the images `data`, `logo` and `wide`, whose names and types say little of what they are. */
function pictures(): INodeExecutionData {
	return binaryItem({
		binary: {
			data: { buffer: red, fileName: 'RED.PNG', mimeType: 'image/PNG' },
			logo: { buffer: green, fileName: 'green.png', mimeType: 'image/png' },
			wide: { buffer: blue, fileName: 'blue', mimeType: 'application/octet-stream' },
		},
	});
}

const TAKERS = FIXTURES.flatMap(({ id, takers = [] }) =>
	takers.map((taker) => ({ provider: id, ...taker })),
);

describe.each(TAKERS)(
	'Reference images at $provider, $model, as $field',
	({ provider, model, field, isLoneBare, takesWebp, plain }) => {
		const rest = { ...plain, prompt: 'Brighter', size: '2048x2048', watermark: false };
		const lone = (reference: unknown) => (isLoneBare ? reference : [reference]);

		async function expectSent(references: unknown, parameters: INodeParameters): Promise<void> {
			const result = await runSeedream(
				emulator,
				{ ...EDIT, model, ...parameters },
				{ provider, items: [pictures()] },
			);
			expect(result.error).toBeUndefined();
			expect(emulator.requests.map(({ kind, status }) => [kind, status])).toEqual([
				['create', 200],
			]);
			expect(paidBodies(emulator)).toEqual([{ ...rest, [field]: references }]);
		}

		it('one from a binary field: a data URI with the type of its bytes, in lower case', async () => {
			await expectSent(lone(uri('png', red)), {});
		});

		it('one URL as it is', async () => {
			await expectSent(lone(B), { imageSource: 'url', imageUrls: B });
		});

		it('several from binary fields, in the order in which they are named, each with its own type', async () => {
			const [webp, ...others] = [uri('webp', blue), uri('jpeg', green), uri('png', red)];
			await expectSent(takesWebp ? [webp, ...others] : others, {
				binaryPropertyNames: takesWebp ? 'wide, logo, data' : 'logo, data',
			});
		});

		it('binary fields first, then URLs', async () => {
			const parameters = { imageSource: 'both', imageUrls: `${B}\n${A}` };
			await expectSent([uri('png', red), B, A], parameters);
		});

		it.each(['memory', 'filesystem'] as const)('with binary data in %s', async (binaryMode) => {
			const run = { provider, items: [pictures()], binaryMode };
			const result = await runSeedream(emulator, { ...EDIT, model }, run);
			expect(result.error).toBeUndefined();
			expect(paidBodies(emulator)).toEqual([{ ...rest, [field]: lone(uri('png', red)) }]);
		});
	},
);

const BY_URL_ONLY = FIXTURES.filter(({ takesFiles }) => !takesFiles);

describe.each(BY_URL_ONLY)('At $name, which takes URLs only', ({ id: provider }) => {
	it.each(['binary', 'both'])(
		'an image from a binary field (%s) is refused with the way out',
		async (imageSource) => {
			const edit = { ...EDIT, imageSource, imageUrls: A };
			const failure = await failureOf(emulator, edit, { provider, items: [pictures()] });
			expect(emulator.requests).toHaveLength(0);
			expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no' });
			expect(failure.message).toMatch(/RED\.PNG.*by URL only.*Image Source to URLs/);
		},
	);
});

const REFUSED = FIXTURES.flatMap(({ id, refusedFiles = [] }) =>
	refusedFiles.map((refused) => ({ provider: id, ...refused })),
);

describe('A reference that the provider would refuse is refused here', () => {
	it.each(REFUSED)('$provider, $model: $says', async ({ provider, model, file, message }) => {
		const buffer = await bytesOf(file);
		const items = [binaryItem({ binary: { data: { buffer, mimeType: 'image/png' } } })];
		const run = { provider, items, binaryMode: 'filesystem' } as const;
		const failure = await failureOf(emulator, { ...EDIT, model }, run);
		expect(emulator.requests).toHaveLength(0);
		expect(failure.message).toMatch(message);
	});
});

/** A real picture of a little more than so many MB: what stands behind its end is no part of it. */
async function bytesOf(file: RefusedFile['file']): Promise<Buffer> {
	if (typeof file === 'string') return Buffer.from(file);
	const { width, height, format = 'png', megabytes } = file;
	const bytes = await picture(width, height, format);
	if (megabytes === undefined) return bytes;
	return Buffer.concat([bytes, Buffer.alloc(megabytes * 1024 * 1024 + 60_000)]);
}

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { SYNCHRONOUS_DIALECTS } from '../../providers';
import { MODERATED_PROMPT } from '../../providers/shared/moderation';
import { modelByExpression } from '../../providers/shared/wire';
import { NODE, paidBodies } from '../seedream';
import { readBinary } from '../support';
import { STREAM, stream, STREAMING } from './events';
import { failureOf, FOUR_BOATS, itemFacts, jsonOf, paidRequests } from './support';

const emulator = useEmulator({ taskMs: 40 });

const LINK = expect.stringMatching(/^http/);

describe.each(STREAMING)('A set that $name sends image by image', ({ id: provider, streamed }) => {
	it('comes out like any other', async () => {
		const result = await stream(emulator, FOUR_BOATS, { provider });
		expect(emulator.requestsOf('create')).toMatchObject([{ body: { stream: true }, status: 200 }]);
		expect(jsonOf(result)).toEqual(
			[0, 1, 2, 3].map((imageIndex) => ({
				status: 'completed',
				provider,
				imageIndex,
				imageCount: 4,
				requestedCount: 4,
				url: LINK,
				warnings: [],
				...itemFacts(streamed, 4),
			})),
		);
	});

	it('as files, where base64 is asked for', async () => {
		const result = await stream(
			emulator,
			{ ...FOUR_BOATS, sizeMode: 'pixels', width: 1280, height: 960 },
			{ provider, options: { additionalFields: '{"response_format": "b64_json"}' } },
		);
		expect(result.items(NODE)).toHaveLength(4);
		for (const item of result.items(NODE)) {
			expect(await sharp(await readBinary(item.binary?.data)).metadata()).toMatchObject({
				width: 1280,
				height: 960,
			});
		}
	});

	it('with one member refused: three images in their places, the refused one in failedImages', async () => {
		const result = await stream(
			emulator,
			{ ...FOUR_BOATS, prompt: 'Boats [moderated-output:2]' },
			{ provider },
		);
		expect(jsonOf(result).map(({ imageIndex }) => imageIndex)).toEqual([0, 2, 3]);
		expect(jsonOf(result)[0]).toMatchObject({
			...itemFacts(streamed, 3),
			failedImages: [{ index: 1, code: 'OutputImageSensitiveContentDetected' }],
			warnings: ['4 images were requested and 3 received.'],
		});
	});

	it('broken off half-way: what had arrived is kept with a warning, and it is not sent again', async () => {
		emulator.addFault({ on: 'create', provider, truncate: true });
		const result = await stream(emulator, FOUR_BOATS, { provider });
		expect(paidRequests(emulator)).toBe(1);
		expect(jsonOf(result)).toMatchObject([
			{ imageIndex: 0, imageCount: 1, requestedCount: 4, url: LINK },
		]);
		expect(jsonOf(result)[0]?.warnings).toEqual([
			expect.stringMatching(/ended early/),
			'4 images were requested and 1 received.',
		]);
	});

	it('broken off, where all are wanted: the error names the link that had arrived', async () => {
		emulator.addFault({ on: 'create', provider, truncate: true });
		const failure = await failureOf(emulator, FOUR_BOATS, {
			provider,
			options: { ...STREAM, failOnPartial: true },
		});
		expect(failure).toMatchObject({ code: 'partial_result', billed: 'yes', urls: [LINK] });
		expect(paidRequests(emulator)).toBe(1);
	});

	it('cut before the first image: one POST, and the error says that it may be billed', async () => {
		emulator.addFault({ on: 'create', provider, reset: 'after' });
		const failure = await failureOf(emulator, FOUR_BOATS, { provider, options: STREAM });
		expect(paidRequests(emulator)).toBe(1);
		expect(failure).toMatchObject({ billed: 'unknown', retryable: false });
		expect(failure.message).toMatch(/may have been accepted/);
	});

	it('refused before it begins: the error is read like any other', async () => {
		const failure = await failureOf(
			emulator,
			{ ...FOUR_BOATS, prompt: '[moderated]' },
			{ provider, options: STREAM },
		);
		expect(failure).toMatchObject({ httpStatus: 400, billed: 'no' });
		expect(failure.message).toMatch(MODERATED_PROMPT);
	});

	it('429, then taken: the stream is read', async () => {
		emulator.addFault({ on: 'create', provider, status: 429, retryAfter: 0, times: 1 });
		expect(jsonOf(await stream(emulator, FOUR_BOATS, { provider }))).toHaveLength(4);
		expect(paidRequests(emulator)).toBe(2);
	});

	it('an answer in one piece, although a stream was asked for', async () => {
		emulator.addFault({
			on: 'create',
			provider,
			body: { created: 1, data: [{ url: 'https://example.com/1.png' }] },
		});
		expect(
			jsonOf(await stream(emulator, { ...FOUR_BOATS, numberOfImages: 1 }, { provider })),
		).toMatchObject([{ url: LINK }]);
	});
});

const UNSTREAMED = SYNCHRONOUS_DIALECTS.flatMap(({ id, synchronous }) =>
	synchronous.unstreamed.map((model) => ({ provider: id, model })),
);

describe('Where there is no stream', () => {
	it.each(UNSTREAMED)(
		'$provider, $model: the field is left out, the user is told, and the image comes',
		async ({ provider, model }) => {
			const { numberOfImages: _, ...one } = FOUR_BOATS;
			const result = await stream(emulator, { ...one, ...modelByExpression(model) }, { provider });
			expect(paidBodies(emulator)).toHaveLength(1);
			expect(paidBodies(emulator)[0]).not.toHaveProperty('stream');
			expect(jsonOf(result)).toMatchObject([
				{ url: LINK, warnings: [expect.stringMatching(/^Stream was left out/)] },
			]);
		},
	);
});

import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { fetchFile, rows, run, seedream } from '../scenario';
import { errorOf, itemsOf } from '../support/execution';
import type { Check } from './check';

const ROWS = [1, 2, 3].map((row) => ({ prompt: `Boat ${row}` }));
const TWO_EACH = {
	operation: 'generate',
	prompt: '={{ $json.prompt }}',
	numberOfImages: 2,
	aspectRatio: '16:9',
	download: false,
};

const validated = z.object({
	status: z.literal('validated'),
	requestedCount: z.number(),
	request: z.object({ method: z.literal('POST'), url: z.string(), body: z.unknown() }),
	warnings: z.array(z.string()),
});

/** What Validate Only shows is what the same workflow then sends. */
export const validatedIsWhatIsSent: Check = {
	name: 'Validate Only sends nothing and shows what is sent',
	run: async (stage) => {
		const { emulator, credential } = stage;
		const make = async (options: Record<string, unknown>) =>
			await run(stage, 'Validate only', [
				...rows(ROWS),
				seedream(credential, { ...TWO_EACH, options: { concurrency: 1, ...options } }),
			]);
		const looked = await make({ validateOnly: true });
		assert.equal(looked.status, 'success', errorOf(looked));
		assert.deepEqual(emulator.requests, []);
		const shown = itemsOf(looked, 'Seedream').map(({ json }) => validated.parse(json));
		const paid = await make({});
		assert.equal(paid.status, 'success', errorOf(paid));
		assert.deepEqual(
			shown.map(({ request }) => request.body),
			emulator.requestsOf('create').map(({ body }) => body),
		);
		return `0 requests, then ${shown.length} POSTs with exactly the bodies that were shown`;
	},
};

/** An image that one node has made goes to the next one as a file, which Validate Only names and does not upload. */
export const filesAreNamed: Check = {
	name: 'Validate Only names files and uploads none',
	run: async (stage) => {
		const { emulator, credential } = stage;
		const made = await run(stage, 'A file', [
			seedream(credential, { operation: 'generate', prompt: 'A boat', resolution: '1K' }),
		]);
		const url = String(itemsOf(made, 'Seedream')[0]?.json['url']);
		const before = emulator.requests.length;
		const edit = { operation: 'edit', prompt: 'At night', options: { validateOnly: true } };
		const execution = await run(stage, 'Look at an edit', [
			fetchFile(url),
			seedream(credential, edit),
		]);
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.deepEqual(
			emulator.requests.slice(before).map(({ kind }) => kind),
			['download'],
		);
		const text = JSON.stringify(itemsOf(execution, 'Seedream')[0]?.json['request']);
		assert.match(text, /\[The image in \\"data\\"[^\]]*jpeg, 1024x1024 pixels, \d+ bytes\]/);
		return /\[The image[^\]]*\]/.exec(text)?.[0].replaceAll('\\"', '"') ?? '';
	},
};

/** The limit of the user holds over all items, and where the node continues on errors too. */
export const maxImagesHolds: Check = {
	name: 'Max Images: one image too many, and nothing is sent',
	run: async (stage) => {
		const node = seedream(
			stage.credential,
			{ ...TWO_EACH, options: { maxImages: 5 } },
			{ onError: 'continueRegularOutput' },
		);
		const execution = await run(stage, 'Too many', [...rows(ROWS), node]);
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.deepEqual(stage.emulator.requests, []);
		const messages = itemsOf(execution, 'Seedream').map(({ json }) =>
			JSON.stringify(json['error']),
		);
		assert.equal(messages.length, ROWS.length);
		for (const message of messages)
			assert.match(message, /6 images in 3 requests, and Max Images allows 5.*"billed":"no"/);
		return '6 images asked for, 5 allowed: 0 requests, 3 error items with billed: no';
	},
};

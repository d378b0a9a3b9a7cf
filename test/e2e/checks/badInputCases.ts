import type { Fault } from '../../emulator';

/** One thing that a user may do wrong, and what the node must say about it. */
export interface BadInput {
	readonly title: string;
	readonly parameters: Record<string, unknown>;
	/** The value, the limit, the way out: each must be in the message or its description. */
	readonly says: readonly RegExp[];
	/** Without it the good one. */
	readonly key?: string;
	readonly fault?: Fault;
	/** Create requests that are sent; without it none. */
	readonly posts?: number;
	/** A file for the binary field `data`, from the files of this name. */
	readonly file?: 'pdf' | 'dot' | 'large';
}

const generate = {
	operation: 'generate',
	prompt: 'A red kite',
	resolution: '1K',
	aspectRatio: '1:1',
};
const edit = { ...generate, operation: 'edit', imageSource: 'binary', binaryPropertyNames: 'data' };
const byUrl = { ...edit, imageSource: 'url', imageUrls: 'https://example.com/a.png' };
const pixels = (width: number, height: number): Record<string, unknown> => ({
	...generate,
	sizeMode: 'pixels',
	width,
	height,
});
const eightUrls = Array.from({ length: 8 }, (_, index) => `https://example.com/${index}.png`).join(
	'\n',
);

/** Found by the node itself: nothing is sent. */
const refusedHere: BadInput[] = [
	// n8n itself refuses a required field that is empty, before the node runs.
	{ title: 'empty prompt', parameters: { ...generate, prompt: '' }, says: [/Prompt/, /required/] },
	{
		title: 'empty prompt from an expression',
		parameters: { ...generate, prompt: '={{ "" }}' },
		says: [/prompt is empty/i, /describe/i],
	},
	{
		title: 'more images than Max Images allows',
		parameters: { ...generate, numberOfImages: 4, options: { maxImages: 3 } },
		says: [/asks for 4 images/, /allows 3/, /raise max images/i],
	},
	{
		title: '0 images',
		parameters: { ...generate, numberOfImages: 0 },
		says: [/is 0\b/, /1 to 15/, /nearest is 1\b/],
	},
	{
		title: '16 images',
		parameters: { ...generate, numberOfImages: 16 },
		says: [/is 16\b/, /at most 15/, /nearest is 15/],
	},
	{
		title: '2.5 images',
		parameters: { ...generate, numberOfImages: 2.5 },
		says: [/is 2\.5/, /whole number/, /nearest is 3/],
	},
	{
		title: '8 images and 8 references',
		parameters: { ...byUrl, imageUrls: eightUrls, numberOfImages: 8 },
		says: [/8 \+ 8 = 16/, /at most 15/, /at most 7 can be made/],
	},
	{
		title: '1:20 pixels',
		parameters: pixels(500, 10_000),
		says: [/500x10000/, /1:20/, /1:16/, /nearest/],
	},
	{ title: '100x100 pixels', parameters: pixels(100, 100), says: [/100x100/, /921600/, /960x960/] },
	{
		title: "below a model's own minimum",
		parameters: { ...pixels(1500, 1500), model: 'seedream-4.5' },
		says: [/1500x1500/, /3686400/, /Seedream 4\.5/, /1920x1920/],
	},
	{
		title: 'missing binary field',
		parameters: { ...edit, binaryPropertyNames: 'photo' },
		says: [/"photo"/, /Binary fields of this item: none/],
	},
	{
		title: 'a PDF named .png',
		parameters: edit,
		file: 'pdf',
		says: [/picture\.png/, /not an image/, /PNG/],
	},
	{
		title: 'an image of 1x1',
		parameters: edit,
		file: 'dot',
		says: [/1x1/, /at least 15/, /larger image/],
	},
	{
		title: 'an image of 11 MB',
		parameters: edit,
		file: 'large',
		says: [/11\b.* MB/, /10 MB/, /smaller/],
	},
	{
		title: 'a URL without scheme',
		parameters: { ...byUrl, imageUrls: 'example.com/a.png' },
		says: [/"example\.com\/a\.png"/, /https:\/\//],
	},
	{
		title: 'a task ID of another kind',
		parameters: { operation: 'getTask', taskId: 'abc' },
		says: [/"abc"/, /task-unified-/],
	},
];

/** Refused by the provider, or answered with something that cannot be understood. */
const refusedThere: BadInput[] = [
	{
		title: 'a wrong key',
		parameters: generate,
		key: 'wrong-key',
		posts: 1,
		says: [/401/, /API key/, /credentials/],
	},
	{
		title: 'no credit',
		parameters: generate,
		key: 'poor-key',
		posts: 1,
		says: [/402/, /credit/i, /top up/i],
	},
	{
		title: 'a model that the key may not use',
		parameters: { ...generate, model: 'seedream-4.5', resolution: '2K' },
		key: 'limited-key',
		posts: 1,
		says: [/403/, /doubao-seedream-4\.5/, /choose another model/],
	},
	{
		title: 'an unknown task ID',
		parameters: { operation: 'getTask', taskId: 'task-unified-1-nobody' },
		says: [/404/, /not found/i, /task ID/],
	},
	{
		title: 'no JSON in answer to a query',
		parameters: { operation: 'getTask', taskId: 'task-unified-1-nobody' },
		fault: { on: 'query', notJson: true },
		says: [/cannot be read/, /<!DOCTYPE html>/, /base URL/],
	},
];

export const badInputs: readonly BadInput[] = [...refusedHere, ...refusedThere];

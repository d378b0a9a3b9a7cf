import { describe, expect, it } from 'vitest';
import { EncodedFile } from '../../../../../nodes/shared/seedream/encodedFile';
import type { ModelFamily } from '../../../../../nodes/shared/seedream/models';
import { evolink } from '../../../../../nodes/shared/seedream/providers/evolink';
import { aBinary, checked, type RequestWishes } from '../../../support';

function bodyOf(wishes: RequestWishes, references: string[] = []): Record<string, unknown> {
	const order = { ...checked(wishes).request, references };
	return evolink.buildRequest(order).body ?? {};
}

const LINK = 'https://files.test/a.png';
const HOOK = 'https://n8n.example.com/webhook/abc';

describe("EvoLink's create request", () => {
	it('goes to one place for text and for images, and names the header of its idempotency key', () => {
		for (const references of [[], [LINK]]) {
			const order = { ...checked().request, references };
			expect(evolink.buildRequest(order)).toMatchObject({
				method: 'POST',
				path: '/v1/images/generations',
			});
		}
		expect(evolink.idempotencyHeader).toBe('Idempotency-Key');
	});

	const minimal: Array<[ModelFamily, Record<string, unknown>]> = [
		['seedream-4.0', { model: 'doubao-seedream-4.0', n: 1 }],
		['seedream-4.5', { model: 'doubao-seedream-4.5', n: 1 }],
		['seedream-5.0-lite', { model: 'doubao-seedream-5.0-lite', n: 1 }],
		['seedream-5.0-pro', { model: 'doubao-seedream-5.0-pro', watermark: false }],
		['seedream-5.0-flash', { model: 'doubao-seedream-5.0-flash', watermark: false }],
	];
	it.each(minimal)('has the fields of %s and no other', (family, fields) => {
		expect(bodyOf({ model: { family } })).toEqual({
			prompt: 'A lake at dawn',
			size: '16:9',
			quality: '2K',
			...fields,
		});
	});

	it('has a model of its own by its ID', () => {
		const body = bodyOf({ model: { customId: 'doubao-seedream-9' }, numberOfImages: 3 });
		expect(body).toMatchObject({ model: 'doubao-seedream-9', n: 3 });
	});

	const fields: Array<[string, RequestWishes, Record<string, unknown>]> = [
		[
			'exact pixels, without quality',
			{ size: { mode: 'pixels', width: 2000, height: 1500 } },
			{ size: '2000x1500' },
		],
		[
			'a shape that the model chooses',
			{ size: { mode: 'ratio', aspectRatio: 'auto', resolution: '4K' } },
			{ size: 'auto', quality: '4K' },
		],
		['the priority', { options: { promptPriority: 'fast' } }, { prompt_priority: 'fast' }],
		['the callback', { callbackUrl: HOOK }, { callback_url: HOOK }],
		[
			'the number of images, in the prompt too',
			{ numberOfImages: 4 },
			{ n: 4, prompt: expect.stringMatching(/^A lake at dawn\n\nGenerate 4 different images\.$/) },
		],
		[
			'the number of images alone where the prompt is to stay as it is',
			{ numberOfImages: 4, options: { stateCountInPrompt: false } },
			{ n: 4, prompt: 'A lake at dawn' },
		],
		[
			'PNG on 5.0 Lite',
			{ model: { family: 'seedream-5.0-lite' }, options: { outputFormat: 'png' } },
			{ model_params: { output_format: 'png' } },
		],
		[
			'PNG and a web search on 5.0 Lite',
			{ model: { family: 'seedream-5.0-lite' }, options: { outputFormat: 'png', webSearch: true } },
			{ model_params: { output_format: 'png', tools: [{ type: 'web_search' }] } },
		],
		[
			'PNG on 5.0 Pro',
			{ model: { family: 'seedream-5.0-pro' }, options: { outputFormat: 'png' } },
			{ output_format: 'png' },
		],
		[
			'a transparent background on 5.0 Pro',
			{
				model: { family: 'seedream-5.0-pro' },
				options: { outputFormat: 'png', background: 'transparent' },
			},
			{ output_format: 'png', background: 'transparent' },
		],
		[
			'a watermark on 5.0 Pro',
			{ model: { family: 'seedream-5.0-pro' }, options: { watermark: true } },
			{ watermark: true },
		],
	];
	it.each(fields)('has %s', (_, wishes, expected) => {
		expect(bodyOf(wishes)).toMatchObject(expected);
	});

	it('has no quality beside exact pixels', () => {
		expect(bodyOf({ size: { mode: 'pixels', width: 2000, height: 1500 } })).not.toHaveProperty(
			'quality',
		);
	});

	it('has references as a list, also a single one', () => {
		expect(bodyOf({}, [LINK])).toMatchObject({ image_urls: [LINK] });
		expect(bodyOf({})).not.toHaveProperty('image_urls');
	});

	it.each<[string, RequestWishes, string]>([
		[
			'the priority on 4.5',
			{ model: { family: 'seedream-4.5' }, options: { promptPriority: 'fast' } },
			'prompt_priority',
		],
		['the usual priority', { options: { promptPriority: 'standard' } }, 'prompt_priority'],
		['the end user', { options: { user: 'u-1' } }, 'user'],
		['a stream', { options: { stream: true } }, 'stream'],
		['the watermark on 4.0', {}, 'watermark'],
		['the number of images on 5.0 Pro', { model: { family: 'seedream-5.0-pro' } }, 'n'],
	])('never has what it has no field for: %s', (_, wishes, field) => {
		expect(bodyOf(wishes)).not.toHaveProperty(field);
	});
});

describe("EvoLink's task IDs", () => {
	const { idProblem, buildRequest: plan } = evolink.tasks ?? failTest();

	it('begin with task-unified-', () => {
		expect(idProblem('task-unified-1757165031-seedream4d')).toBeUndefined();
		expect(idProblem('cgt-1')).toContain('"cgt-1" is not a task ID of EvoLink');
		expect(idProblem('')).toBeDefined();
	});

	it('stand in the path of the query', () => {
		expect(plan('task-unified-1')).toEqual({ method: 'GET', path: '/v1/tasks/task-unified-1' });
	});
});

describe("EvoLink's file host", () => {
	const { referenceTransport } = evolink;
	const { upload } = referenceTransport.kind === 'upload' ? referenceTransport : failTest();

	it('gets the file as a data URI', () => {
		const content = new EncodedFile(aBinary('bytes'), 'image/png');
		expect(upload.buildRequest({ name: 'a.png', content })).toEqual({
			method: 'POST',
			path: '/api/v1/files/upload/base64',
			body: {
				base64_data: content,
				upload_path: 'seedream',
				file_name: 'a.png',
			},
		});
	});

	it('takes JPEG, PNG, GIF and WebP', () => {
		expect([...upload.formats].sort()).toEqual(['gif', 'jpeg', 'png', 'webp']);
	});
});

function failTest(): never {
	throw new Error('EvoLink has tasks and a file host');
}

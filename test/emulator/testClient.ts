import sharp from 'sharp';
import { z } from 'zod/v4';
import type { Emulator, Provider } from './index';

/** What the emulator's own tests say to it. */

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly body: unknown;
}

export async function request(
	url: string,
	init: { method?: string; key?: string; scheme?: string; body?: unknown } = {},
): Promise<Answer> {
	const { key = 'test-key', scheme = 'Bearer', body } = init;
	const response = await fetch(url, {
		method: init.method ?? (body === undefined ? 'GET' : 'POST'),
		headers: {
			...(key === '' ? {} : { authorization: `${scheme} ${key}` }),
			'content-type': 'application/json',
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return { status: response.status, headers: response.headers, body: await response.json() };
}

/** The origin's path, and those of the providers that have another. */
const ORIGIN_CREATE = '/images/generations';
const CREATE: Readonly<Record<Provider, string>> = {
	evolink: '/v1/images/generations',
	novita: '/v3/seedream-4.0',
	uniall: '/v1/images/generations',
	tokaify: '/v1/images/generations',
	wavespeed: '/api/v3/bytedance/seedream-v4',
	kie: '/api/v1/jobs/createTask',
};
const createPath = (provider: Provider) => CREATE[provider] ?? ORIGIN_CREATE;

export async function create(
	emulator: Emulator,
	provider: Provider,
	body: unknown,
	key?: string,
	path = createPath(provider),
): Promise<Answer> {
	return await request(emulator.baseUrl(provider) + path, { body, key });
}

/** The events of a streamed answer. */
export async function stream(
	emulator: Emulator,
	provider: Provider,
	body: object,
): Promise<string[]> {
	const response = await fetch(emulator.baseUrl(provider) + createPath(provider), {
		method: 'POST',
		headers: { authorization: 'Bearer test-key' },
		body: JSON.stringify({ ...body, stream: true }),
	});
	const type = response.headers.get('content-type');
	if (type !== 'text/event-stream') throw new Error(`not a stream: ${type}`);
	return (await response.text()).trim().split('\n\n');
}

const Task = z.looseObject({
	id: z.string(),
	status: z.string(),
	progress: z.number(),
	results: z.array(z.string()).default([]),
	error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});
export type Task = z.infer<typeof Task>;

export function taskIn(answer: Answer): Task {
	return Task.parse(answer.body);
}

export async function queryTask(emulator: Emulator, id: string): Promise<Task> {
	return taskIn(await request(`${emulator.baseUrl('evolink')}/v1/tasks/${id}`));
}

/** Runs an EvoLink task to its end. */
export async function run(emulator: Emulator, body: unknown): Promise<Task> {
	const { id } = taskIn(await create(emulator, 'evolink', body));
	return await until(async () => {
		const task = await queryTask(emulator, id);
		return task.status === 'completed' || task.status === 'failed' ? task : undefined;
	});
}

export async function until<T>(
	look: () => T | undefined | Promise<T | undefined>,
	ms = 3000,
): Promise<T> {
	for (const end = Date.now() + ms; Date.now() < end;) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error('it did not happen in time');
}

const Uploaded = z.object({
	data: z.looseObject({ file_url: z.string(), download_url: z.string() }),
});

export function fileIn(answer: Answer): { file_url: string; download_url: string } {
	return Uploaded.parse(answer.body).data;
}

export async function download(
	url: string,
): Promise<{ format: string; size: string; type: string | null }> {
	const response = await fetch(url);
	const { format, width, height } = await sharp(
		Buffer.from(await response.arrayBuffer()),
	).metadata();
	return { format, size: `${width}x${height}`, type: response.headers.get('content-type') };
}

export async function picture(
	width: number,
	height: number,
	format: 'png' | 'jpeg' | 'webp' | 'tiff' | 'gif' = 'png',
	alpha = 1,
): Promise<Buffer> {
	const background = { r: 200, g: 60, b: 90, alpha };
	return await sharp({ create: { width, height, channels: 4, background } })
		.toFormat(format)
		.toBuffer();
}

export async function dataUri(
	width: number,
	height: number,
	format: 'png' | 'jpeg' | 'webp' | 'tiff' | 'gif' = 'png',
): Promise<string> {
	return `data:image/${format};base64,${(await picture(width, height, format)).toString('base64')}`;
}

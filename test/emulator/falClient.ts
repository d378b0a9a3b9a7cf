import { z } from 'zod/v4';
import type { Emulator } from './index';
import type { Answer } from './testClient';
import { request, until } from './testClient';

/** What the emulator's own tests say to its fal. */

export const T2I = 'fal-ai/bytedance/seedream/v4/text-to-image';
export const EDIT = 'fal-ai/bytedance/seedream/v4/edit';
export const PRO = 'bytedance/seedream/v5/pro/text-to-image';

/** `GET` of a path, or `POST` of a body, with the key as fal wants it. */
export async function fal(
	emulator: Emulator,
	path: string,
	body?: unknown,
	key?: string,
): Promise<Answer> {
	return await request(`${emulator.baseUrl('fal')}/${path}`, { body, key, scheme: 'Key' });
}

export function requestIn(answer: Answer): { request_id: string; response_url: string } {
	return z.looseObject({ request_id: z.string(), response_url: z.string() }).parse(answer.body);
}

/** Runs a request to its end and gives what its result says. */
export async function run(emulator: Emulator, model: string, body: unknown): Promise<Answer> {
	const { response_url: url } = requestIn(await fal(emulator, model, body));
	await until(async () => {
		const { status } = await request(`${url}/status`, { scheme: 'Key' });
		return status === 200 ? true : undefined;
	});
	return await request(url, { scheme: 'Key' });
}

export function linksIn({ body }: Answer): string[] {
	const file = z.looseObject({ url: z.string() });
	return z
		.looseObject({ images: z.array(file) })
		.parse(body)
		.images.map(({ url }) => url);
}

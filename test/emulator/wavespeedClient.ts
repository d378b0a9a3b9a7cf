import { z } from 'zod/v4';
import type { Emulator } from './index';
import { create, request, until } from './testClient';
import type { Answer } from './testClient';

/** What the emulator's own tests say to WaveSpeedAI. */

const Prediction = z.looseObject({
	id: z.string(),
	status: z.string(),
	outputs: z.array(z.string()),
	code: z.number().optional(),
	error: z.string(),
});
export type Prediction = z.infer<typeof Prediction>;

const Envelope = z.strictObject({
	code: z.literal(200),
	message: z.literal('success'),
	data: Prediction,
});

export function predictionIn(answer: Answer): Prediction {
	return Envelope.parse(answer.body).data;
}

/** `path` is what follows `bytedance/seedream-`. */
export async function submit(
	emulator: Emulator,
	path: string,
	body: unknown,
	key?: string,
): Promise<Answer> {
	return await create(emulator, 'wavespeed', body, key, `/api/v3/bytedance/seedream-${path}`);
}

export async function look(emulator: Emulator, id: string): Promise<Prediction> {
	const url = `${emulator.baseUrl('wavespeed')}/api/v3/predictions/${id}/result`;
	return predictionIn(await request(url));
}

/** Runs a task to its end. */
export async function runTask(
	emulator: Emulator,
	path: string,
	body: unknown,
): Promise<Prediction> {
	const { id } = predictionIn(await submit(emulator, path, body));
	return await until(async () => {
		const prediction = await look(emulator, id);
		return ['created', 'processing'].includes(prediction.status) ? undefined : prediction;
	});
}

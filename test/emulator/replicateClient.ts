import { z } from 'zod/v4';
import type { Emulator } from './index';
import { create, request, until } from './testClient';
import type { Answer } from './testClient';

/** What the emulator's own tests say to Replicate. */

export const FOUR = 'bytedance/seedream-4';
export const FOUR_FIVE = 'bytedance/seedream-4.5';
export const LITE = 'bytedance/seedream-5-lite';
export const PRO = 'bytedance/seedream-5-pro';

const Prediction = z.looseObject({
	id: z.string(),
	status: z.string(),
	output: z.array(z.string()).nullable(),
	error: z.string().nullable(),
});
type Prediction = z.infer<typeof Prediction>;

export function predictionIn(answer: Answer): Prediction {
	return Prediction.parse(answer.body);
}

/** A body with this input and nothing else, to this model. */
export async function predict(
	emulator: Emulator,
	input: unknown,
	model = FOUR,
	key?: string,
): Promise<Answer> {
	return await send(emulator, { input }, model, key);
}

export async function send(
	emulator: Emulator,
	body: unknown,
	model = FOUR,
	key?: string,
): Promise<Answer> {
	return await create(emulator, 'replicate', body, key, `/models/${model}/predictions`);
}

export async function get(emulator: Emulator, path: string, key?: string): Promise<Answer> {
	return await request(emulator.baseUrl('replicate') + path, { key });
}

export async function queryPrediction(emulator: Emulator, id: string): Promise<Prediction> {
	return predictionIn(await get(emulator, `/predictions/${id}`));
}

/** Runs a prediction to its end. */
export async function runPrediction(
	emulator: Emulator,
	input: unknown,
	model?: string,
): Promise<Prediction> {
	const { id } = predictionIn(await predict(emulator, input, model));
	return await until(async () => {
		const prediction = await queryPrediction(emulator, id);
		return ['starting', 'processing'].includes(prediction.status) ? undefined : prediction;
	});
}

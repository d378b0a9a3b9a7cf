import { z } from 'zod/v4';
import type { Emulator } from './index';
import { create, request, until } from './testClient';
import type { Answer } from './testClient';

/** What the emulator's own tests say to its Kie.ai. */

const Envelope = z.object({ code: z.number(), msg: z.string(), data: z.unknown() });

/** The refusal of an answer that has HTTP status 200 like any other. */
export function refusalIn({ status, body }: Answer): { code: number; msg: string } {
	if (status !== 200) throw new Error(`HTTP ${status}`);
	const { code, msg, data } = Envelope.parse(body);
	if (code === 200 || data !== null) throw new Error(`no refusal: ${JSON.stringify(body)}`);
	return { code, msg };
}

const Success = z.object({ code: z.literal(200), msg: z.literal('success'), data: z.unknown() });

export function dataIn(answer: Answer): unknown {
	return Success.parse(answer.body).data;
}

const Created = z.strictObject({ taskId: z.string() });

export async function createTask(emulator: Emulator, body: unknown): Promise<string> {
	return Created.parse(dataIn(await create(emulator, 'kie', body))).taskId;
}

const TaskData = z.looseObject({ state: z.string(), resultJson: z.string().nullish() });
export type TaskData = z.infer<typeof TaskData>;

export async function recordInfo(emulator: Emulator, id: string, key?: string): Promise<Answer> {
	const url = `${emulator.baseUrl('kie')}/api/v1/jobs/recordInfo?taskId=${id}`;
	return await request(url, { key });
}

export async function taskData(emulator: Emulator, id: string): Promise<TaskData> {
	return TaskData.parse(dataIn(await recordInfo(emulator, id)));
}

/** Runs a task to its end. */
export async function runTask(emulator: Emulator, body: unknown): Promise<TaskData> {
	const id = await createTask(emulator, body);
	return await until(async () => {
		const data = await taskData(emulator, id);
		return ['success', 'fail'].includes(data.state) ? data : undefined;
	});
}

const Result = z.looseObject({ resultUrls: z.array(z.string()) });
export type Result = z.infer<typeof Result>;

export function resultIn({ resultJson }: TaskData): Result {
	return Result.parse(JSON.parse(resultJson ?? ''));
}

export async function freshLink(emulator: Emulator, url: string, key?: string): Promise<Answer> {
	const path = `${emulator.baseUrl('kie')}/api/v1/common/download-url`;
	return await request(path, { body: { url }, key });
}

const Uploaded = z.object({ data: z.looseObject({ downloadUrl: z.string() }) });

export async function upload(
	emulator: Emulator,
	way: 'base64' | 'url',
	body: unknown,
	key?: string,
): Promise<Answer> {
	return await request(`${emulator.uploadUrl('kie')}/api/file-${way}-upload`, { body, key });
}

export function linkIn(answer: Answer): string {
	return Uploaded.parse(answer.body).data.downloadUrl;
}

/** The link of a picture that was uploaded. */
export async function uploaded(emulator: Emulator, bytes: Buffer): Promise<string> {
	const body = { base64Data: bytes.toString('base64'), uploadPath: 'images' };
	return linkIn(await upload(emulator, 'base64', body));
}

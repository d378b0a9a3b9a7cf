import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { CREDITS_PER_IMAGE } from './index';
import {
	createTask,
	dataIn,
	freshLink,
	recordInfo,
	refusalIn,
	resultIn,
	runTask,
	taskData,
	uploaded,
} from './kieClient';
import { create, download, picture, request, until } from './testClient';
import { useEmulator } from './useEmulator';

const emulator = useEmulator({ taskMs: 40 });

const kie = (body: unknown, key?: string) => create(emulator, 'kie', body, key);

const four = {
	model: 'bytedance/seedream-v4-text-to-image',
	input: { prompt: 'a lake' },
};
const fourFive = {
	model: 'seedream/4.5-text-to-image',
	input: { prompt: 'a lake', aspect_ratio: '1:1', quality: 'basic' },
};
const flash = {
	model: 'seedream/5-flash-text-to-image',
	input: { prompt: 'a lake', aspect_ratio: '16:9' },
};
const link = 'https://example.com/a.png';

/** The same order with other fields in its input. */
function having<T extends { input: object }>(order: T, fields: object): T {
	return { ...order, input: { ...order.input, ...fields } };
}

describe('a task of Kie.ai', () => {
	it('is told by its ID alone when made', async () => {
		const made = await kie(fourFive);
		expect(made).toMatchObject({ status: 200, body: { code: 200, msg: 'success' } });
		expect(dataIn(made)).toEqual({ taskId: expect.stringMatching(/^task_seedream_\d+$/) });
		expect(await createTask(emulator, four)).toMatch(/^task_bytedance_\d+$/);
	});

	it('waits, queues, generates, then has its links in JSON within JSON', async () => {
		emulator.setTaskMs(1000);
		const id = await createTask(emulator, fourFive);
		const states = new Set<string>();
		const end = await until(async () => {
			const data = await taskData(emulator, id);
			states.add(data.state);
			if (data.state !== 'success') expect(data.resultJson ?? '').toBe('');
			return data.state === 'success' ? data : undefined;
		});
		expect([...states]).toEqual(['waiting', 'queuing', 'generating', 'success']);
		expect(resultIn(end)).toEqual({ resultUrls: [expect.stringContaining('/images/')] });
	});

	it('has its times in ms, its price and what it was asked for', async () => {
		const before = Date.now();
		const data = await runTask(emulator, fourFive);
		expect(data).toMatchObject({
			model: fourFive.model,
			failCode: '',
			failMsg: '',
			creditsConsumed: CREDITS_PER_IMAGE,
			param: JSON.stringify(fourFive),
		});
		const { createTime, completeTime, costTime } = data;
		expect(createTime).toBeGreaterThanOrEqual(before);
		expect(completeTime).toBeLessThanOrEqual(Date.now());
		expect(costTime).toBe(Number(completeTime) - Number(createTime));
	});

	it('shows its whole price while it is being made', async () => {
		emulator.setTaskMs(60_000);
		const id = await createTask(emulator, having(four, { max_images: 4 }));
		emulator.addFault({ on: 'query', neverEnds: true, times: 1 });
		expect(await taskData(emulator, id)).toMatchObject({
			state: 'generating',
			creditsConsumed: 4 * CREDITS_PER_IMAGE,
		});
		expect(emulator.creditsUsed()).toBe(4 * CREDITS_PER_IMAGE);
	});

	it('makes as many images as the prompt also asks for, on 4.0, and bills those', async () => {
		const silent = await runTask(emulator, having(four, { max_images: 3 }));
		expect(resultIn(silent).resultUrls).toHaveLength(1);
		const set = having(four, { max_images: 6, prompt: 'six lakes' });
		expect(resultIn(await runTask(emulator, set)).resultUrls).toHaveLength(6);
		const dropped = having(fourFive, { max_images: 3, prompt: '3 lakes' });
		expect(resultIn(await runTask(emulator, dropped)).resultUrls).toHaveLength(1);
		expect(emulator.creditsUsed()).toBeCloseTo(8 * CREDITS_PER_IMAGE);
		expect(emulator.imagesMade()).toBe(8);
	});

	it('fails by moderation, in words only, and then costs nothing', async () => {
		const data = await runTask(emulator, having(fourFive, { prompt: 'a [moderated] lake' }));
		expect(data).toMatchObject({
			state: 'fail',
			resultJson: null,
			failCode: '501',
			failMsg: expect.stringContaining('sensitive'),
			creditsConsumed: 0,
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('fails as a fault says, when made or when asked for', async () => {
		const failTask = { code: '500', message: 'Internal Error' };
		emulator.addFault({ on: 'create', failTask, times: 1 });
		expect(await runTask(emulator, fourFive)).toMatchObject({
			state: 'fail',
			failCode: '500',
			failMsg: 'Internal Error',
		});
		emulator.setTaskMs(60_000);
		const id = await createTask(emulator, fourFive);
		emulator.addFault({ on: 'query', failTask, times: 1 });
		expect(await taskData(emulator, id)).toMatchObject({
			state: 'fail',
			failMsg: 'Internal Error',
		});
		expect(emulator.creditsUsed()).toBe(0);
	});

	it('may succeed without images, and may never end', async () => {
		emulator.addFault({ on: 'create', noImages: true, times: 1 });
		expect(resultIn(await runTask(emulator, fourFive))).toEqual({ resultUrls: [] });
		emulator.addFault({ on: 'create', neverEnds: true, times: 1 });
		const id = await createTask(emulator, fourFive);
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(await taskData(emulator, id)).toMatchObject({ state: 'generating' });
	});

	it('is unknown while it is not to be found yet, to other keys, and if there is none', async () => {
		const id = await createTask(emulator, fourFive);
		const unknown = { code: 422, msg: 'recordInfo is null' };
		emulator.addFault({ on: 'query', notYet: true, times: 1 });
		expect(refusalIn(await recordInfo(emulator, id))).toEqual(unknown);
		expect(await taskData(emulator, id)).toMatchObject({ taskId: id });
		expect(refusalIn(await recordInfo(emulator, id, 'limited-key'))).toEqual(unknown);
		expect(refusalIn(await recordInfo(emulator, 'task_seedream_1'))).toEqual(unknown);
		expect(refusalIn(await recordInfo(emulator, ''))).toEqual({
			code: 400,
			msg: 'taskId parameter is required',
		});
	});
});

describe('an image of Kie.ai', () => {
	const lite = { ...fourFive, model: 'seedream/5-lite-text-to-image' };
	const pro = { ...fourFive, model: 'seedream/5-pro-text-to-image' };

	it.each([
		[four, '1024x1024'],
		[having(four, { image_size: 'landscape_4_3', image_resolution: '4K' }), '4096x3072'],
		[having(four, { image_size: 'portrait_16_9', image_resolution: '2K' }), '1152x2048'],
		[having(four, { image_size: 'landscape_21_9' }), '1024x439'],
		// What a model does not know is dropped.
		[having(four, { aspect_ratio: '16:9', quality: 'high' }), '1024x1024'],
		[fourFive, '2048x2048'],
		[having(fourFive, { aspect_ratio: '9:16', quality: 'high' }), '3040x5504'],
		[having(lite, { quality: 'high' }), '3072x3072'],
		[having(lite, { quality: 'ultra', aspect_ratio: '3:2' }), '4992x3328'],
		[pro, '1024x1024'],
		[having(pro, { quality: 'high', aspect_ratio: '2:3' }), '1664x2496'],
		[flash, '1424x800'],
		[having(flash, { size: '1.5K' }), '2048x1152'],
	])('of %j is %s', async (body, size) => {
		const { resultUrls } = resultIn(await runTask(emulator, body));
		expect(await download(resultUrls[0] ?? '')).toEqual({ format: 'png', size, type: 'image/png' });
	});

	it('is jpeg where the model takes that word', async () => {
		const formats = [];
		for (const order of [four, fourFive, lite, pro, flash]) {
			const { resultUrls } = resultIn(
				await runTask(emulator, having(order, { output_format: 'jpeg' })),
			);
			formats.push((await download(resultUrls[0] ?? '')).format);
		}
		expect(formats).toEqual(['png', 'png', 'jpeg', 'jpeg', 'jpeg']);
	});
});

describe('a reference of Kie.ai', () => {
	const edit = (...links: string[]) => ({
		...having(fourFive, { image_urls: links }),
		model: 'seedream/4.5-edit',
	});

	it('may be an uploaded file, an earlier result, or anything in the outside world', async () => {
		const first = await runTask(emulator, edit(await uploaded(emulator, await picture(100, 80))));
		const second = await runTask(emulator, edit(...resultIn(first).resultUrls, link));
		expect([first.state, second.state]).toEqual(['success', 'success']);
	});

	it('fails the task where it is gone or no picture that it takes', async () => {
		const links = [
			`${emulator.uploadUrl('kie')}/none.png`,
			await uploaded(emulator, await picture(100, 80, 'gif')),
		];
		for (const url of links)
			expect(await runTask(emulator, edit(url))).toMatchObject({ state: 'fail', failCode: '422' });
		expect(emulator.creditsUsed()).toBe(0);
	});
});

describe('a fresh link of Kie.ai', () => {
	it('leads to the same image, also where the first link is dead', async () => {
		emulator.addFault({ on: 'create', deadLink: true, times: 1 });
		const [dead = ''] = resultIn(await runTask(emulator, fourFive)).resultUrls;
		expect((await fetch(dead)).status).toBe(404);
		const fresh = String(dataIn(await freshLink(emulator, dead)));
		expect(await download(fresh)).toMatchObject({ size: '2048x2048' });
		expect(emulator.imagesMade()).toBe(1);
		expect(emulator.creditsUsed()).toBe(CREDITS_PER_IMAGE);
	});

	it('leads to a host that is there', async () => {
		emulator.addFault({ on: 'create', lostHost: true, times: 1 });
		const [lost = ''] = resultIn(await runTask(emulator, fourFive)).resultUrls;
		expect((await fetch(String(dataIn(await freshLink(emulator, lost))))).status).toBe(200);
	});

	it('leads nowhere for a file that there never was', async () => {
		const never = `${new URL(emulator.baseUrl('kie')).origin}/images/abcdef.png`;
		expect((await fetch(String(dataIn(await freshLink(emulator, never))))).status).toBe(404);
	});

	it('is refused for what was not made there', async () => {
		const foreign = await create(emulator, 'byteplus', {
			model: 'seedream-4-0-250828',
			prompt: 'a lake',
			size: '960x960',
		});
		const url = /"url":"([^"]+)"/.exec(JSON.stringify(foreign.body))?.[1] ?? '';
		for (const other of [link, url, 'no link'])
			expect(refusalIn(await freshLink(emulator, other))).toMatchObject({ code: 422 });
	});
});

describe('the credits of Kie.ai', () => {
	const credits = (key?: string) =>
		request(`${emulator.baseUrl('kie')}/api/v1/chat/credit`, { key });

	it('are a number, of the account', async () => {
		emulator.setCredits('test-key', { user: 812.5, token: 20 });
		expect((await credits()).body).toEqual({ code: 200, msg: 'success', data: 812.5 });
		await runTask(emulator, fourFive);
		expect(dataIn(await credits())).toBe(810.7);
		expect(refusalIn(await credits('wrong'))).toMatchObject({ code: 401 });
	});
});

describe('a callback of Kie.ai', () => {
	async function calledBack(order: object): Promise<unknown> {
		const bodies: unknown[] = [];
		const listener = createServer(async (incoming, response) => {
			let body = '';
			for await (const part of incoming) body += String(part);
			bodies.push(JSON.parse(body));
			response.end();
		});
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
		const address = listener.address();
		if (address === null || typeof address === 'string') throw new Error('not listening on a port');
		const callBackUrl = `http://127.0.0.1:${address.port}/done`;
		const id = await createTask(emulator, { ...order, callBackUrl });
		await emulator.settled();
		listener.closeAllConnections();
		await new Promise((resolve) => listener.close(resolve));
		expect(bodies).toHaveLength(1);
		expect(bodies).toMatchObject([
			{
				data: {
					taskId: id,
					param: JSON.stringify({ ...order, callBackUrl }),
					costTime: expect.toSatisfy((seconds: number) => seconds < 20),
				},
			},
		]);
		return bodies[0];
	}

	it('says what a query says, with the order in it', async () => {
		expect(await calledBack(fourFive)).toMatchObject({
			code: 200,
			msg: 'Playground task completed successfully.',
			data: {
				state: 'success',
				resultJson: expect.stringContaining('resultUrls'),
				consumeCredits: CREDITS_PER_IMAGE,
				creditsConsumed: CREDITS_PER_IMAGE,
			},
		});
	});

	it('says with a code of its own that a task failed', async () => {
		expect(await calledBack(having(fourFive, { prompt: '[moderated]' }))).toMatchObject({
			code: 501,
			msg: 'Playground task failed.',
			data: { state: 'fail', failCode: '501', resultJson: null, consumeCredits: 0 },
		});
	});
});

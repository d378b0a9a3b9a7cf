import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../emulator/useEmulator';
import { paidBodies } from './seedream';
import { runTool, type ToolResult, type ToolRun } from './seedreamTool';
import type { AgentKind, Script } from './support/tool';

const emulator = useEmulator({ taskMs: 60 });

/** The model fills the prompt, and nothing else. */
const BOAT = { operation: 'generate', prompt: "={{ $fromAI('prompt') }}" };
/** The same with a part that is another one each time that n8n looks. */
const MOVING = {
	...BOAT,
	prompt: "={{ $fromAI('prompt') }} {{ $now.toMillis() }} {{ Math.random() }}",
};
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const A = { prompt: 'A boat' };
const B = { prompt: 'A car' };

const paid = () => emulator.requestsOf('create').length;
const taskIdIn = (text = '') => /task-unified-\d+-[0-9a-f]+/.exec(text)?.[0];

const IS_IMAGE = /"status":"completed".*"url":"http/;
const SENT_BEFORE = /was sent to EvoLink before.*no answer/;

/** Why there is no image, in the words that the model reads. */
function expectNotSentAgain(text = ''): void {
	expect(text).toMatch(/no answer/);
	expect(text).toMatch(/not sent again/);
	expect(text).toMatch(/may have been accepted and billed/);
}

const AGENTS: ReadonlyArray<readonly [who: string, agent: AgentKind]> = [
	['an agent of version 1 or 2, a sub-agent or the MCP trigger', 'invoked'],
	['an agent of version 3', 'engine'],
];

describe.each(AGENTS)('A tool that is called by %s', (_who, agent) => {
	const call = async (
		script: Script,
		run: Partial<ToolRun> = {},
		parameters: INodeParameters = BOAT,
	): Promise<ToolResult> => await runTool(emulator, parameters, script, { agent, ...run });

	it('makes what the model asked for, and answers with links only', async () => {
		const { status, heard, saved } = await call([A], {}, { ...BOAT, download: true });
		expect(status).toBe('success');
		expect(heard).toEqual([expect.stringMatching(IS_IMAGE)]);
		expect(paidBodies(emulator)).toMatchObject([A]);
		expect(emulator.requestsOf('download')).toHaveLength(0);
		expect(saved).not.toContain('"binary"');
	});

	it.each([
		['as the model gave it', BOAT],
		['with a part that moves', MOVING],
	])(
		'a connection that is cut after acceptance, with Retry On Fail and a prompt %s: one request, and the model is told why',
		async (_, parameters) => {
			emulator.addFault({ on: 'create', reset: 'after' });
			const { heard } = await call([A], { node: RETRY }, parameters);
			expect(paid()).toBe(1);
			expect(heard[0]).toMatch(SENT_BEFORE);
			expectNotSentAgain(heard[0]);
		},
	);

	it.each([
		['stops on errors', {}],
		['hands errors on', { onError: 'continueRegularOutput' }],
	] as const)(
		'the same arguments again, while the first call has no answer: refused, and the model is told why (a node that %s)',
		async (_, node) => {
			emulator.addFault({ on: 'create', reset: 'after' });
			const { heard } = await call([A, A, A], { node });
			expect(paid()).toBe(1);
			for (const text of heard.slice(1)) expect(text).toMatch(SENT_BEFORE);
			heard.forEach(expectNotSentAgain);
		},
	);

	it('the same arguments are the same call, whatever moves in what the model does not fill', async () => {
		emulator.addFault({ on: 'create', reset: 'after' });
		const { heard } = await call([A, A], {}, MOVING);
		expect(paid()).toBe(1);
		expect(heard[1]).toMatch(SENT_BEFORE);
	});

	it('the same arguments in another order are the same call', async () => {
		emulator.addFault({ on: 'create', reset: 'after' });
		const parameters = { ...BOAT, aspectRatio: "={{ $fromAI('shape') }}" };
		const shape = '1:1';
		const { heard } = await call(
			[
				{ ...A, shape },
				{ shape, ...A },
			],
			{},
			parameters,
		);
		expect(paid()).toBe(1);
		expect(heard[1]).toMatch(SENT_BEFORE);
	});

	it('other arguments are a request of their own, also while another call has no answer', async () => {
		emulator.addFault({ on: 'create', reset: 'after', times: 1 });
		const { heard } = await call([A, B, A], { node: RETRY });
		expect(paidBodies(emulator)).toMatchObject([A, B]);
		expectNotSentAgain(heard[0]);
		expect(heard[1]).toMatch(IS_IMAGE);
		expect(heard[2]).toMatch(SENT_BEFORE);
	});

	it('a task that was still open when the wait was over: the same arguments pick it up', async () => {
		emulator.addFault({ on: 'query', neverEnds: true });
		const onStep = (step: number) => (step === 1 ? emulator.clearFaults() : undefined);
		const { heard } = await call([A, A], { options: { maxWaitSeconds: 0.3 }, onStep });
		expect(paid()).toBe(1);
		expect(heard[0]).toMatch(/still processing/);
		expect(heard[1]).toMatch(IS_IMAGE);
		expect(taskIdIn(heard[1])).toBe(taskIdIn(heard[0]));
	});

	it('with Retry On Fail such a task is waited for on', async () => {
		emulator.setTaskMs(500);
		const { heard } = await call([A], { node: RETRY, options: { maxWaitSeconds: 0.3 } }, MOVING);
		expect(heard[0]).toMatch(IS_IMAGE);
		expect(paid()).toBe(1);
	});

	it('once a call was handed on, the same arguments make another image', async () => {
		const { heard } = await call([A, A], { node: RETRY });
		expect(paid()).toBe(2);
		for (const text of heard) expect(text).toMatch(IS_IMAGE);
		expect(taskIdIn(heard[1])).not.toBe(taskIdIn(heard[0]));
	});

	it('the same of a call that only submits: its task was handed on', async () => {
		const { heard } = await call([A, A], {}, { ...BOAT, completion: 'submit' });
		expect(paid()).toBe(2);
		expect(taskIdIn(heard[1])).not.toBe(taskIdIn(heard[0]));
	});

	it('a task that cannot be read, with Retry On Fail: one request, and the model is told to get the task', async () => {
		emulator.addFault({ on: 'query', status: 401 });
		const { heard } = await call([A], { node: RETRY }, MOVING);
		expect(paid()).toBe(1);
		const [query] = emulator.requestsOf('query');
		expect(query?.path.split('/').at(-1)).toBe(taskIdIn(heard[0]));
		expect(heard[0]).toMatch(/Get Task/);
	});

	it('a task that failed is made anew by Retry On Fail, as it was refunded', async () => {
		emulator.addFault({
			on: 'create',
			failTask: { code: 'service_error', message: 'busy' },
			times: 1,
		});
		const { heard } = await call([A], { node: RETRY }, MOVING);
		expect(heard[0]).toMatch(IS_IMAGE);
		expect(paid()).toBe(2);
		expect(emulator.creditsUsed()).toBe(1.8);
	});

	it.each([
		['as often as Max Tries says', RETRY, 3],
		['once without Retry On Fail', {}, 1],
	])('a task that always fails is made %s', async (_, node, most) => {
		emulator.addFault({ on: 'create', failTask: { code: 'service_error', message: 'no GPU' } });
		const { heard } = await call([A], { node });
		expect(heard[0]).toContain('no GPU');
		expect(paid()).toBe(most);
	});

	it('a request that was refused is sent again by Retry On Fail, as nothing was billed', async () => {
		emulator.addFault({ on: 'create', status: 402, times: 1 });
		const { heard } = await call([A], { node: RETRY });
		expect(heard[0]).toMatch(IS_IMAGE);
		expect(paid()).toBe(2);
	});

	it('each call has all of its tries, whatever became of the one before', async () => {
		emulator.addFault({ on: 'create', status: 402, times: 5 });
		const { heard } = await call([A, A], { node: RETRY });
		expect(heard[0]).toMatch(/balance|credit|402/i);
		expect(heard[1]).toMatch(IS_IMAGE);
		expect(paid()).toBe(6);
	});

	it('two calls at once with other arguments: each has its own image, and the end of one makes nobody forget the other', async () => {
		emulator.addFault({ on: 'create', reset: 'after', after: 1, times: 1 });
		const { heard } = await call([[A, B]], { node: { ...RETRY, waitBetweenTries: 400 } });
		expect(paid()).toBe(2);
		const [image = '', refused = ''] = IS_IMAGE.test(heard[0] ?? '') ? heard : [...heard].reverse();
		expect(image).toMatch(IS_IMAGE);
		expect(refused).toMatch(SENT_BEFORE);
	});
});

describe('Two calls at once with the same arguments', () => {
	it.each([
		['fixed', BOAT],
		['moving', MOVING],
	])(
		'side by side: one request, and no second image is promised (a prompt that is %s)',
		async (_, parameters) => {
			emulator.addFault({ on: 'create', hang: 100 });
			const { heard } = await runTool(emulator, parameters, [[A, A]], { agent: 'invoked' });
			expect(paid()).toBe(1);
			const images = heard.filter((text) => IS_IMAGE.test(text));
			expect(new Set(images.map(taskIdIn)).size).toBe(1);
			for (const text of heard)
				if (!images.includes(text)) expect(text).toMatch(/was sent to EvoLink before/);
		},
	);

	it('one after the other, as agents of version 3 do it: the first is handed on, so each has an image of its own', async () => {
		const { heard } = await runTool(emulator, BOAT, [[A, A]], { agent: 'engine' });
		expect(new Set(heard.map(taskIdIn)).size).toBe(2);
		expect(paid()).toBe(2);
	});
});

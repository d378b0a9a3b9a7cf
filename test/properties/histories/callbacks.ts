import { setTimeout as delay } from 'node:timers/promises';
import { findExecution, type RunHandle } from '../../engine/support';
import { receiveCallback } from '../../engine/support/resume';
import type { Create } from './creates';
import type { History, Part } from './history';
import type { Step } from './scene';
import type { Witness } from './witness';

type CallbackStep = Extract<Step, { do: 'callback' }>;

/** One call to a resume URL, with what the caller was told. */
interface Called {
	status: number;
	resumed?: RunHandle;
}

/** Lets callbacks reach the execution that waits. Gives the run that they have woken, if they have. */
export async function callback(
	witness: Witness,
	history: History,
	{ execution }: Part,
	{ call, ended }: CallbackStep,
): Promise<RunHandle | undefined> {
	const own = history.creates.filter(
		(create) => create.execution === execution && create.isAccepted && create.callbackUrl !== '',
	);
	const last = own.at(-1);
	if (!last) return undefined;
	if (ended) await ends(witness, own);
	const before = recordOf(execution);
	const calls = await Promise.all(
		(await callsOf(witness, history, last, call)).map(
			async ([url, body]) => await post(history, url, body),
		),
	);
	const statuses = calls.map(({ status }) => status);
	history.story.push(`${call} callback${ended ? ' after the ends' : ''}: ${statuses.join(', ')}`);
	const resumed = calls.flatMap((answer) => answer.resumed ?? []);
	if (resumed.length > 1)
		history.breaches.push(
			`Callbacks have resumed execution ${execution} ${resumed.length} times at once`,
		);
	if (
		call === 'forged' &&
		(recordOf(execution) !== before || statuses.some((status) => status === 200))
	) {
		history.breaches.push('A forged callback has changed something');
	}
	return resumed[0];
}

async function callsOf(
	witness: Witness,
	{ creates }: History,
	last: Create,
	call: CallbackStep['call'],
): Promise<Array<[string, unknown]>> {
	const body = await witness.taskOf(last);
	const url = last.callbackUrl;
	switch (call) {
		case 'true':
			return [[url, body]];
		case 'several':
			return [
				[url, body],
				[url, body],
				[url, {}],
				[url, body],
			];
		case 'garbage':
			return [
				[url, [1, { id: { $ne: 1 } }]],
				[url, 'done'],
				[url, undefined],
			];
		case 'stale': {
			const older = creates.find(({ callbackUrl }) => callbackUrl !== '') ?? last;
			return [[older.callbackUrl, { id: older.taskId ?? 'task-unified-0-0', status: 'completed' }]];
		}
		case 'forged': {
			const forged = new URL(url);
			forged.searchParams.set('sd_k', '0'.repeat(48));
			const unsigned = new URL(url);
			unsigned.searchParams.delete('sd_k');
			return [
				[forged.href, body],
				[unsigned.href, body],
			];
		}
	}
}

async function post(history: History, address: string, body: unknown): Promise<Called> {
	const url = new URL(address);
	const execution = url.pathname.split('/')[2] ?? '';
	const answer = await receiveCallback(execution, { url: address, method: 'POST', body }, url);
	const text = JSON.stringify(answer.body) ?? '';
	if (text.includes('Workflow Webhook Error')) history.breaches.push('webhook() has thrown');
	return { status: answer.httpStatus, ...(answer.resumed && { resumed: answer.resumed }) };
}

async function ends(witness: Witness, creates: readonly Create[]): Promise<void> {
	for (let look = 0; look < 12; look++) {
		const tasks = await Promise.all(
			creates.map(async (create) => Object(await witness.taskOf(create))),
		);
		if (tasks.every(({ status }) => status === 'completed' || status === 'failed')) return;
		await delay(8);
	}
}

function recordOf(execution: string): string {
	const { status = '', saved = '' } = findExecution(execution) ?? {};
	return status + saved;
}

import type { Bug } from '../bug';

const SUSPEND = 'nodes/Seedream/suspend/suspend.ts';
const RESUME = 'nodes/Seedream/suspend/resumeWebhook.ts';
const END_READER = 'nodes/Seedream/suspend/taskEnds.ts';
const WAIT = 'nodes/Seedream/tasks/wait.ts';

/** Suspensions, and what wakes them. */
export const WAITING: readonly Bug[] = [
	{
		breaks: 'A suspension is collected again by each try, and what failed is never made anew',
		file: SUSPEND,
		find: '\tdelete stored.seedreamSuspension;\n',
		replace: '',
		tests: ['test/engine/suspend/retry.test.ts'],
	},
	{
		breaks: 'A round of a loop collects the suspension of the round before',
		file: SUSPEND,
		find: 'if (suspension?.runIndex !== currentRun(context)) return undefined;',
		replace: 'if (!suspension) return undefined;',
		tests: ['test/engine/suspend/rounds.test.ts'],
	},
	{
		breaks:
			'After the wait the input items are not put back, and a retry works on what stood in for them',
		file: SUSPEND,
		find: '\titems.splice(0, items.length, ...suspension.originals);\n',
		replace: '',
		tests: ['test/engine/suspend/retry.test.ts'],
	},
	{
		breaks: 'At the deadline the input items go on as if they were results',
		file: SUSPEND,
		find: '\titems.splice(0, items.length, ...results.map(placeholder));\n',
		replace: '',
		tests: ['test/engine/suspend/deadline.test.ts'],
	},
	{
		breaks:
			'The resume URL has no path of its own, and a late callback resumes a Wait node that comes after',
		file: SUSPEND,
		find: "url.pathname = `${url.pathname.replace(/\\/+$/, '')}/${RESUME_PATH}`;",
		replace: '',
		tests: ['test/engine/suspend/asleep.test.ts'],
	},
	{
		breaks: 'An execution that sleeps since version 0.1 is not found by its callbacks',
		file: RESUME,
		find: "\t{ ...resumeWebhook, path: '' },\n",
		replace: '',
		tests: ['test/engine/suspend/asleep.test.ts'],
	},
	{
		breaks: 'A callback without the secret wakes an execution',
		file: RESUME,
		find: 'return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);',
		replace: 'return b.length > 0 && (a.length !== b.length || timingSafeEqual(a, b));',
		tests: ['test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks: 'The first callback wakes the execution though other tasks are open',
		file: RESUME,
		find: '\tif (!areEnded) return { webhookResponse: { received: true, waiting: true } };\n',
		replace: '\tvoid areEnded;\n',
		tests: ['test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks:
			'A callback that comes while the API cannot be asked is taken as heard, and nobody calls again',
		file: RESUME,
		find: "\tif (reader.isUnreachable) return answer(context, 503, 'The API cannot be asked; call again');\n",
		replace: '',
		tests: ['test/engine/suspend/garbage.test.ts', 'test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks:
			'A callback that comes before the API shows the end is taken as heard, and nobody calls again',
		file: RESUME,
		find: "\tif (!areConfirmed) return answer(context, 503, 'The API does not confirm it yet; call again');\n",
		replace: '\tvoid areConfirmed;\n',
		tests: ['test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks: 'A node whose name has braces never resumes',
		file: RESUME,
		find: '\t\t/[{}]/g,\n',
		replace: '\t\t/[\\0]/g,\n',
		tests: ['test/engine/suspend/asleep.test.ts'],
	},
	{
		breaks:
			'A task that the API refuses to show is never over, and the execution sleeps to its deadline',
		file: END_READER,
		find: 'const isOver = !reading.outcome.ok || hasEnded(reading.outcome.value.status);',
		replace: 'const isOver = reading.outcome.ok && hasEnded(reading.outcome.value.status);',
		tests: ['test/engine/suspend/garbage.test.ts', 'test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks:
			'An ID in a body that is none of ours is asked for at the API, and the callback is put off for it',
		file: RESUME,
		find: 'const reported = open.filter((id) => id === reportedTask(context));',
		replace: 'const reported = [reportedTask(context)];',
		tests: ['test/engine/suspend/garbage.test.ts'],
	},
	{
		breaks: 'A callback that comes during a slow first round of readings is lost',
		file: WAIT,
		find: 'if (tookMs < (round < SLOW_ROUNDS ? QUICK_ROUND_MS : SAFE_ROUND_MS)) break;',
		replace: 'if (tookMs < Infinity) break;',
		tests: ['test/engine/suspend/asleep.test.ts'],
	},
	{
		breaks: 'A reading that fails for a moment before the wait ends it, though the task is open',
		file: WAIT,
		find: "return 'outcome' in reading ? { ...result, outcome: reading.outcome } : result;",
		replace: 'return { ...result, outcome: await readTask(connection, task.id) };',
		tests: ['test/engine/unread.test.ts'],
	},
	{
		breaks: 'A node that continues on errors does not wait for the others when one has failed',
		file: 'nodes/Seedream/operations/makeImages.ts',
		find: 'return isOpen && (settings.continueOnFail || !hasFailed);',
		replace: 'return isOpen && !hasFailed;',
		tests: ['test/engine/suspend/failures.test.ts'],
	},
	{
		breaks: 'A task that a retry picks up counts as one that calls back here',
		file: 'nodes/Seedream/tasks/submit.ts',
		find: 'return { ...submissionOf(job, outcome), isOwn: false };',
		replace: 'return submissionOf(job, outcome);',
		tests: ['test/engine/suspend/retry.test.ts'],
	},
	{
		breaks: 'A wait by polling does not end with its time',
		file: 'nodes/shared/seedream/poll.ts',
		find: 'while (ends.size < tasks.length && clock.now() < deadline) {',
		replace: 'while (ends.size < tasks.length && clock.now() < deadline * 2) {',
		tests: ['test/unit/shared/seedream/poll.test.ts'],
	},
	{
		breaks: 'An open task at the end of the wait is handed on as if all were well',
		file: 'nodes/shared/seedream/poll.ts',
		find: 'waited < options.maxWaitMs ? success(task)',
		replace: 'waited < Infinity ? success(task)',
		tests: ['test/engine/waiting.test.ts'],
	},
];

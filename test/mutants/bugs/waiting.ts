import type { Bug } from '../bug';

const SUSPEND = 'nodes/Seedream/suspend/suspend.ts';
const RESUME = 'nodes/Seedream/suspend/resumeWebhook.ts';
const WATCH = 'nodes/Seedream/suspend/watch.ts';
const STORE = 'nodes/Seedream/tasks/memory.ts';
const WAIT = 'nodes/Seedream/tasks/wait.ts';

/** Suspensions, and what wakes them. */
export const WAITING: readonly Bug[] = [
	{
		breaks: 'A suspension is collected again by each try, and what failed is never made anew',
		file: SUSPEND,
		find: '\tdelete memory.seedreamSuspension;\n',
		replace: '',
		tests: ['test/engine/suspend/retry.test.ts'],
	},
	{
		breaks: 'A round of a loop collects the suspension of the round before',
		file: SUSPEND,
		find: 'if (suspension?.runIndex !== getRunIndex(context)) return undefined;',
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
		find: "\t{ ...resumeDescription, path: '' },\n",
		replace: '',
		tests: ['test/engine/suspend/asleep.test.ts'],
	},
	{
		breaks: 'A callback without the secret wakes an execution',
		file: 'nodes/shared/seedream/secret.ts',
		find: 'return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);',
		replace: 'return b.length > 0 && (a.length !== b.length || timingSafeEqual(a, b));',
		tests: ['test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks: 'The first callback wakes the execution though other tasks are open',
		file: WATCH,
		find: "if (!look.areAllEnded) return 'wait';",
		replace: '',
		tests: ['test/engine/suspend/callbacks.test.ts', 'test/unit/Seedream/suspend/watch.test.ts'],
	},
	{
		breaks:
			'A callback that comes while the API cannot be asked is taken as heard, and nobody calls again',
		file: WATCH,
		find: "if (look.isUnreachable) return 'unreachable';",
		replace: '',
		tests: ['test/engine/suspend/garbage.test.ts', 'test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks:
			'A callback that comes before the API shows the end is taken as heard, and nobody calls again',
		file: WATCH,
		find: "if (awaitedId !== undefined && !this.ends.has(awaitedId)) return 'unconfirmed';",
		replace: '',
		tests: ['test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks: 'A node whose name has braces never resumes',
		file: STORE,
		find: '\t\t/[{}]/g,\n',
		replace: '\t\t/[\\0]/g,\n',
		tests: ['test/engine/suspend/hidden.test.ts'],
	},
	{
		breaks:
			'A task that the API refuses to show is never over, and the execution sleeps to its deadline',
		file: WATCH,
		find: 'const isOver = result !== undefined && (!result.ok || hasEnded(result.value.status));',
		replace: 'const isOver = result !== undefined && result.ok && hasEnded(result.value.status);',
		tests: ['test/engine/suspend/garbage.test.ts', 'test/engine/suspend/callbacks.test.ts'],
	},
	{
		breaks:
			'An ID in a body that is none of ours is asked for at the API, and the callback is put off for it',
		file: WATCH,
		find: 'const awaitedId = taskIds.find((id) => id === reportedId);',
		replace: 'const awaitedId = reportedId;',
		tests: ['test/engine/suspend/garbage.test.ts'],
	},
	{
		breaks:
			'A callback that comes while the API is being asked is answered by what was asked before it',
		file: 'nodes/shared/seedream/rounds.ts',
		find: '\t\t\tthis.next = undefined;\n\t\t\treturn await work();\n',
		replace: '\t\t\tconst done = await work();\n\t\t\tthis.next = undefined;\n\t\t\treturn done;\n',
		tests: ['test/unit/Seedream/suspend/watch.test.ts'],
	},
	{
		breaks: 'A call that n8n could not act on is answered as if it had woken the execution',
		file: WATCH,
		find: '\t\t\tthis.waking.reportedId !== reportedId &&\n',
		replace: '',
		tests: ['test/unit/Seedream/suspend/watch.test.ts'],
	},
	{
		breaks: 'Each callback of a burst wakes the execution',
		file: WATCH,
		find: "\t\tif (this.isWokenFor(reportedId)) return 'woken';\n\t\tthis.waking",
		replace: '\t\tthis.waking',
		tests: ['test/unit/Seedream/suspend/watch.test.ts'],
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
		find: "return 'result' in reading ? { ...result, outcome: reading.result } : result;",
		replace:
			"if ('result' in reading) return { ...result, outcome: reading.result };\n\t\tconst error = { message: 'Not read', hint: 'Get it.', retryable: true, billed: 'unknown' } as const;\n\t\treturn { ...result, outcome: { ok: false, error } };",
		tests: ['test/engine/unread.test.ts'],
	},
	{
		breaks: 'A node that continues on errors does not wait for the others when one has failed',
		file: 'nodes/Seedream/operations/makeImages.ts',
		find: 'return isPending && (continueOnFail || !results.some(hasFailed));',
		replace: 'void continueOnFail;\n\treturn isPending && !results.some(hasFailed);',
		tests: ['test/engine/suspend/failures.test.ts'],
	},
	{
		breaks: 'A task that a retry picks up counts as one that calls back here',
		file: 'nodes/Seedream/tasks/ledger.ts',
		find: 'return this.find(items)?.execution === this.execution;',
		replace:
			'const known = this.find(items);\n\t\treturn known !== undefined && this.isOfThisExecution(known);',
		tests: ['test/engine/suspend/retry.test.ts'],
	},
	{
		breaks: 'A wait by polling does not end with its time',
		file: 'nodes/shared/seedream/poll.ts',
		find: 'while (outcomes.size < tasks.length && clock.now() < deadline) {',
		replace: 'while (outcomes.size < tasks.length && clock.now() < deadline * 2) {',
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

import type { Bug } from '../bug';

const LEDGER = 'nodes/Seedream/tasks/ledger.ts';
const STORE = 'nodes/Seedream/tasks/memoryOf0_1.ts';
const SUBMIT = 'nodes/Seedream/tasks/submit.ts';
const RUN = 'nodes/Seedream/operations/makeImages.ts';

/** What a second run of the node remembers of the first. */
export const MEMORY: readonly Bug[] = [
	{
		breaks:
			"A person's retry is taken for a try of Retry On Fail: an unanswered request is never sent again",
		file: LEDGER,
		find: 'return entry.execution === this.execution || entry.adoptedBy === this.execution;',
		replace: 'return true;',
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks:
			"A try of Retry On Fail is taken for a person's retry: an unanswered request is sent again by itself",
		file: LEDGER,
		find: 'return entry.execution === this.execution || entry.adoptedBy === this.execution;',
		replace: 'return entry.adoptedBy === this.execution;',
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks: 'A request is not remembered before its answer has come',
		file: SUBMIT,
		find: 'const replaced = ledger.markSent(remembered);',
		replace: 'const replaced = ledger.overlapping(items);',
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks: 'A refused request stays remembered as unanswered, and is never sent again',
		file: SUBMIT,
		find: "else if (outcome.error.billed === 'no') takeBack();",
		replace: '',
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks:
			'An unanswered request is forgotten like a refused one, and Retry On Fail sends it again',
		file: SUBMIT,
		find: "else if (outcome.error.billed === 'no') takeBack();",
		replace: 'else takeBack();',
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks: 'An upload that fails leaves the request remembered as unanswered',
		file: SUBMIT,
		find: 'if (!references.ok) {\n\t\ttakeBack();',
		replace: 'if (!references.ok) {',
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks: 'Tries are not counted: a task that always fails is made anew without end',
		file: LEDGER,
		find: 'const tries = known && this.isOfThisExecution(known) ? known.tries + 1 : 1;',
		replace: 'const tries = 1;',
		tests: ['test/engine/suspend/retry.test.ts'],
	},
	{
		breaks: 'A failed task is made anew once more than Max Tries says',
		file: SUBMIT,
		find: 'known.tries < tries)',
		replace: 'known.tries <= tries)',
		tests: [
			'test/engine/suspend/retry.test.ts',
			'test/engine/again.test.ts',
			'test/engine/moving.test.ts',
		],
	},
	{
		breaks:
			'Where Max Tries is not set, a task that always fails is made five times over suspensions, and not three',
		file: 'nodes/Seedream/tasks/execution.ts',
		find: 'Math.min(5, Math.max(2, node.maxTries || 3)) : 1;',
		replace: 'Math.min(5, Math.max(2, node.maxTries || 5)) : 1;',
		tests: ['test/engine/suspend/retry.test.ts'],
	},
	{
		breaks:
			'A node that hands errors on forgets what it sent, and Retry On Fail sends all of it again',
		file: RUN,
		find: 'if (isAllWell) new Ledger(context).clear();',
		replace: 'new Ledger(context).clear();',
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks:
			'What was handed on stays remembered, and the same call of a tool gives the same image for ever',
		file: RUN,
		find: 'if (isAllWell) new Ledger(context).clear();',
		replace: 'void isAllWell;',
		tests: ['test/engine/tool.test.ts'],
	},
	{
		breaks: 'A task that is completed without results is made anew, though it may be billed',
		file: 'nodes/shared/seedream/commonErrors.ts',
		find: "return taskError(task, provider)?.billed === 'no';",
		replace: 'return taskError(task, provider) !== undefined;',
		tests: [
			'test/engine/paidAnswer.test.ts',
			'test/engine/again.test.ts',
			'test/engine/unread.test.ts',
		],
	},
	{
		breaks: 'A task that was cancelled, and so refunded, is not made anew',
		file: 'nodes/shared/seedream/commonErrors.ts',
		find: "return taskError(task, provider)?.billed === 'no';",
		replace: "return task.status === 'failed';",
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks: 'A task that cannot be read for a moment ends the second try in an error',
		file: 'nodes/Seedream/tasks/wait.ts',
		find: "\tif ('result' in reading) return reading.result;\n",
		replace:
			"\tif ('result' in reading) return reading.result;\n\tif ('transientFailure' in reading) return { ok: false, error: { message: 'Not read', hint: 'Get it.', retryable: false, billed: 'unknown', taskId } };\n",
		tests: [
			'test/engine/again.test.ts',
			'test/engine/unread.test.ts',
			'test/engine/moving.test.ts',
		],
	},
	{
		breaks: "A person's retry of the same request does not find its open task, and pays again",
		file: SUBMIT,
		find: 'if (outcome && isSameRequest(earlier, job)) {',
		replace: 'if (outcome && !job) {',
		tests: ['test/engine/again.test.ts'],
	},
	{
		breaks:
			"A person's retry takes another request for the same one, and hands on the wrong picture",
		file: SUBMIT,
		find: 'return known.fingerprint === undefined || known.fingerprint === fingerprint;',
		replace: 'return known.fingerprint === undefined || fingerprint !== undefined;',
		tests: ['test/engine/retryAnother.test.ts'],
	},
	{
		breaks:
			'What version 0.1 has sent is not the same request, and is paid for again after the update',
		file: SUBMIT,
		find: 'return known.fingerprint === undefined || known.fingerprint === fingerprint;',
		replace: 'return known.fingerprint === fingerprint;',
		tests: ['test/engine/afterUpdate.test.ts'],
	},
	{
		breaks:
			'A request that version 0.1 has sent without an answer counts as an open task after the update',
		file: 'nodes/Seedream/tasks/memoryOf0_1.ts',
		find: "return { ...entry, state: 'unanswered' };",
		replace: "return { ...entry, state: 'submitted', taskId: '' };",
		tests: ['test/unit/Seedream/tasks/memoryOf0_1.test.ts', 'test/engine/afterUpdate.test.ts'],
	},
	{
		breaks: 'What sleeps since version 0.1 does not know how to hand on its images',
		file: 'nodes/Seedream/tasks/memoryOf0_1.ts',
		find: 'output: delivery ?? output,',
		replace: 'output,',
		tests: ['test/engine/suspend/asleep.test.ts'],
	},
	{
		breaks:
			'What version 0.1 has sent is not found under its key, and is paid for again after the update',
		file: STORE,
		find: 'const KEY_OF_0_1 = /^(\\d+):[0-9a-f]{64}$/;',
		replace: 'const KEY_OF_0_1 = /^(\\d+):[0-9a-f]{32}$/;',
		tests: ['test/engine/afterUpdate.test.ts'],
	},
	{
		breaks: 'The warning that another request may be billed as well is not given',
		file: SUBMIT,
		find: 'warnings.push(...repetitionWarnings(connection, earlier, job));',
		replace: '',
		tests: ['test/engine/retryAnother.test.ts'],
	},
	{
		breaks:
			'A retry in which the request was refused forgets what went before, and the next one pays again without a word',
		file: LEDGER,
		find: 'for (const entry of replaced) this.write(entry);',
		replace: 'void replaced;',
		tests: ['test/engine/retryAnother.test.ts'],
	},
	{
		breaks:
			"What a person's retry has picked up is another request at the next try, when its prompt moves",
		file: SUBMIT,
		find: '\t\t\tledger.adopt(earlier);\n',
		replace: '',
		tests: ['test/engine/retryAnother.test.ts'],
	},
	{
		breaks: 'A moving prompt makes each try of Retry On Fail another request',
		file: SUBMIT,
		find: 'if (isKnown) {',
		replace: 'if (isKnown && isSameRequest(known, job)) {',
		tests: ['test/engine/moving.test.ts'],
	},
	{
		breaks: 'A second try says the warnings of what it would send now, not of what was sent',
		file: SUBMIT,
		find: 'warnings: known.warnings ?? result.warnings,',
		replace: 'warnings: result.warnings,',
		tests: ['test/engine/moving.test.ts'],
	},
	{
		breaks: 'A second try compares the images with the number that it would ask for now',
		file: SUBMIT,
		find: 'requestedCount: known.requestedCount ?? result.requestedCount,',
		replace: 'requestedCount: result.requestedCount,',
		tests: ['test/engine/moving.test.ts'],
	},
	{
		breaks: 'A switch that moves makes several requests at the second try out of one',
		file: RUN,
		find: 'const isCombined = ledger.isCombined ?? run.isCombined;',
		replace: 'const isCombined = run.isCombined;',
		tests: ['test/engine/moving.test.ts'],
	},
	{
		breaks:
			'A parameter that became wrong at the second try keeps a paid task from being picked up',
		file: RUN,
		find: 'return error && !isSent ? [{',
		replace: 'void isSent;\n\t\treturn error ? [{',
		tests: ['test/engine/moving.test.ts'],
	},
	{
		breaks: 'A loop over a tool: each try of a call is another call',
		file: LEDGER,
		find: 'isCall ? 0 : getRunIndex(context)',
		replace: 'getRunIndex(context)',
		tests: ['test/engine/tool.test.ts'],
	},
	{
		breaks: 'A call of a tool is remembered whatever its arguments: the next picture is never made',
		file: LEDGER,
		find: "this.scope = isCall ? `${argumentsOf(context)}/` : '';",
		replace: "this.scope = isCall ? 'call/' : '';",
		tests: ['test/engine/tool.test.ts'],
	},
	{
		breaks: "The agent's ID of a call counts as an argument, so no call is ever the same",
		file: LEDGER,
		find: 'const { toolCallId: _ofThisCall, ...given } = json;',
		replace: 'const given = json;',
		tests: ['test/engine/tool.test.ts'],
	},
	{
		breaks: 'The same arguments of a tool in another order are another call',
		file: LEDGER,
		find: 'return Object.entries(given).sort(([left], [right]) => (left < right ? -1 : 1));',
		replace: 'return Object.entries(given);',
		tests: ['test/engine/tool.test.ts'],
	},
	{
		breaks: 'The end of one call of a tool makes the node forget the others that are under way',
		file: LEDGER,
		find: 'for (const { items } of this.inScope()) this.forget(items);',
		replace: 'this.ledger.entries = {};',
		tests: ['test/engine/tool.test.ts'],
	},
	{
		breaks: 'The model of an agent that runs its tools itself is told nothing of a failure',
		file: 'nodes/Seedream/tasks/toolCall.ts',
		find: 'if (!context.isToolExecution()) return false;',
		replace: 'if (context.isToolExecution()) return false;',
		tests: ['test/engine/tool.test.ts'],
	},
	{
		breaks:
			'Such a failure is told only by throwing, at the last try, of which the model hears nothing',
		file: 'nodes/Seedream/tasks/toolCall.ts',
		find: 'if (ledger.countFailure() < maxTries(context)) return false;',
		replace: 'if (ledger.countFailure() <= maxTries(context)) return false;',
		tests: ['test/engine/tool.test.ts'],
	},
	{
		breaks: 'Tries of an earlier call of a tool count for the next one, which is not tried again',
		file: 'nodes/Seedream/tasks/toolCall.ts',
		find: '\tledger.settle();\n',
		replace: '',
		tests: ['test/engine/tool.test.ts'],
	},
];

import type { Bug } from '../bug';

const RETRY = 'nodes/shared/seedream/retry.ts';
const NO_ANSWER = 'nodes/shared/n8n/transport/networkFailure.ts';
const FAILURES = 'nodes/shared/seedream/commonErrors.ts';
const CREATE = 'nodes/shared/seedream/createTask.ts';
const END = 'nodes/shared/n8n/endRun.ts';

/** What is sent again by itself, and what is said of the money. */
export const MONEY: readonly Bug[] = [
	{
		breaks: 'A request is sent again after HTTP 5xx',
		file: RETRY,
		find: '? result.response.status === 429',
		replace: '? result.response.status >= 429',
		tests: ['test/engine/money.test.ts'],
	},
	{
		breaks: 'A request is sent again after its connection was cut',
		file: RETRY,
		find: ": result.networkFailure.sent === 'no';",
		replace: ': true;',
		tests: ['test/engine/money.test.ts'],
	},
	{
		breaks: 'A request is sent again at once although the provider asks to wait an hour',
		file: RETRY,
		find: '(retryAfterMs(response, now) ?? 0) <= MAX_RETRY_AFTER_MS',
		replace: 'now > 0',
		tests: [
			'test/engine/money.test.ts',
			'test/engine/unsent.test.ts',
			'test/unit/shared/seedream/retry.test.ts',
		],
	},
	{
		breaks: 'A quota that is used up (429) is asked four times for nothing',
		file: RETRY,
		find: 'mayPass(response) &&',
		replace: 'now > 0 &&',
		tests: [
			'test/unit/shared/seedream/retry.test.ts',
			'test/engine/money.test.ts',
			'test/engine/providers/errorCodes.test.ts',
		],
	},
	{
		breaks: 'A connection that was cut counts as one that was never made',
		file: NO_ANSWER,
		find: "\t'ECONNREFUSED',\n",
		replace: "\t'ECONNREFUSED',\n\t'ECONNRESET',\n",
		tests: ['test/engine/money.test.ts'],
	},
	{
		breaks:
			'Any trouble with the socket counts as one of connecting, also after the request was sent',
		file: NO_ANSWER,
		find: "if (propertyOf(error, 'syscall') === 'connect') return true;",
		replace: "if (propertyOf(error, 'syscall') !== undefined) return true;",
		tests: ['test/engine/money.test.ts', 'test/engine/unsent.test.ts'],
	},
	{
		breaks: 'A certificate that is not accepted counts as perhaps billed',
		file: NO_ANSWER,
		find: '(code !== undefined && (NEVER_SENT.has(code) || BAD_CERTIFICATE.test(code))) ||',
		replace: '(code !== undefined && NEVER_SENT.has(code)) ||',
		tests: ['test/engine/unsent.test.ts'],
	},
	{
		breaks: 'A conflict (409) counts as refused, though the request is there already',
		file: 'nodes/shared/seedream/providers/dialects/errorHints.ts',
		find: ' && status !== 409;',
		replace: ';',
		tests: ['test/engine/providers/errors.test.ts'],
	},
	{
		breaks: 'HTTP 408 counts as refused, though the request may have been taken',
		file: 'nodes/shared/seedream/providers/dialects/errorHints.ts',
		find: ' && status !== 408',
		replace: '',
		tests: ['test/engine/money.test.ts'],
	},
	{
		breaks: 'A redirect is followed, and the paid request goes out a second time',
		file: 'nodes/shared/n8n/transport/http.ts',
		find: 'disableFollowRedirect: true,',
		replace: 'disableFollowRedirect: false,',
		tests: ['test/engine/money.test.ts'],
	},
	{
		breaks: 'All requests have the same idempotency key, so that only the first is carried out',
		file: 'nodes/Seedream/tasks/submit.ts',
		find: '`run_${randomUUID()}`',
		replace: '`run_${randomUUID().slice(0, 0)}`',
		tests: ['test/engine/money.test.ts'],
	},
	{
		breaks: 'A provider without tasks is given a minute for its images, however long Max Wait is',
		file: CREATE,
		find: 'const timeoutMs = provider.tasks ? SHORT_TIMEOUT_MS : answerTimeoutMs;',
		replace: 'const timeoutMs = Math.min(SHORT_TIMEOUT_MS, answerTimeoutMs);',
		tests: ['test/unit/shared/seedream/createTask.test.ts'],
	},
	{
		breaks: 'Stop cuts off the answer that says which task was paid for',
		file: CREATE,
		find: '\t\t...(provider.tasks && { outlivesStop: true }),\n',
		replace: '',
		tests: ['test/engine/stopped.test.ts'],
	},
	{
		breaks: 'The tasks that are open when the execution is stopped are not named in its error',
		file: END,
		find: '\tmentionRemains(thrown, errorDetails(stopped), remains);\n',
		replace: '',
		tests: ['test/engine/stopped.test.ts'],
	},
	{
		breaks: 'The tasks that are open when the execution is stopped are not in the log',
		file: END,
		find: 'if (isPerhapsBilled || taskIds.length > 0) {',
		replace: 'if (!isPerhapsBilled && taskIds.length > 0) {',
		tests: ['test/engine/stopped.test.ts'],
	},
	{
		breaks: 'A task that was accepted and cannot be read is called not billed',
		file: FAILURES,
		find: "\t\ttaskId,\n\t\tretryable: false,\n\t\tbilled: 'unknown',\n\t};\n}\n\n/** Whose key",
		replace: "\t\ttaskId,\n\t\tretryable: false,\n\t\tbilled: 'no',\n\t};\n}\n\n/** Whose key",
		tests: ['test/engine/unread.test.ts'],
	},
	{
		breaks: 'A task that cannot be read is to be run again, not to be got',
		file: FAILURES,
		find: 'The task may be finished and billed. ${getTaskHint(taskId)}`',
		replace: 'The task may be finished and billed. Run it again.`',
		tests: ['test/engine/unread.test.ts'],
	},
	{
		breaks: 'A task that is completed without results is called not billed',
		file: FAILURES,
		find: "\t\tretryable: false,\n\t\tbilled: 'unknown',\n\t\t...(first && { failedImages: task.failedImages }),",
		replace:
			"\t\tretryable: false,\n\t\tbilled: 'no',\n\t\t...(first && { failedImages: task.failedImages }),",
		tests: ['test/engine/paidAnswer.test.ts', 'test/unit/shared/seedream/commonErrors.test.ts'],
	},
	{
		breaks: 'A set of which one member cannot be read and the others failed counts as not billed',
		file: FAILURES,
		find: 'if (first && areAllFailed(task)) {',
		replace: 'if (first) {',
		tests: ['test/engine/paidAnswer.test.ts'],
	},
	{
		breaks: 'A paid answer that cannot be read is not in the error',
		file: CREATE,
		find: 'isPaid ? { ...error, response: shownBody(response) } : error',
		replace: 'isPaid ? error : error',
		tests: ['test/engine/paidAnswer.test.ts'],
	},
	{
		breaks: 'An answer with the ID of a task and without its status is thrown away',
		file: 'nodes/shared/seedream/providers/evolink/index.ts',
		find: 'status: lenientText(),',
		replace: 'status: z.string(),',
		tests: ['test/engine/paidAnswer.test.ts'],
	},
	{
		breaks: 'A word for a state that nobody knows ends the task as failed, though it is paid for',
		file: 'nodes/shared/seedream/task.ts',
		find: "?? 'processing';",
		replace: "?? 'failed';",
		tests: ['test/unit/shared/seedream/task.test.ts'],
	},
	{
		breaks: 'One reading that fails for a moment ends the wait for a paid task',
		file: 'nodes/shared/seedream/fetchTask.ts',
		find: "if (!('response' in result) || isTransient(result) || isNoJson(result)) {",
		replace: "if (!('response' in result)) {",
		tests: ['test/engine/waiting.test.ts'],
	},
	{
		breaks: 'An item that is refused does not keep a node that stops from sending the others',
		file: 'nodes/Seedream/operations/makeImages.ts',
		find: 'if (!run.settings.continueOnFail) throwIfInvalid(context, ledger, jobs);',
		replace: 'if (run.settings.continueOnFail) throwIfInvalid(context, ledger, jobs);',
		tests: ['test/engine/validation.test.ts'],
	},
	{
		breaks: 'A node that stops on errors goes on sending after one request has failed',
		file: 'nodes/Seedream/operations/makeImages.ts',
		find: 'isHalted ||= !result.outcome.ok && !settings.continueOnFail;',
		replace: 'isHalted ||= !result.outcome.ok && settings.continueOnFail;',
		tests: ['test/engine/money.test.ts'],
	},
	{
		breaks:
			'An expression in a switch that fails counts as off: a paid edit for each item in place of one',
		file: 'nodes/Seedream/request/runContext.ts',
		find: 'problems: [...first.problems, ...problems],',
		replace: 'problems,',
		tests: ['test/engine/switches.test.ts'],
	},
	{
		breaks:
			'A paid image without a link that could not be stored is a warning on an item without a picture',
		file: 'nodes/shared/n8n/output/deliver.ts',
		find: 'return failure(notStoredError(task, `${name}: ${download.lost}`));',
		replace: 'downloadWarnings.push(`${name}: ${download.lost}`);',
		tests: ['test/engine/paidAnswer.test.ts', 'test/engine/providers/answers.test.ts'],
	},
	{
		breaks: 'A paid image that came as base64 is thrown away where nothing is to be downloaded',
		file: 'nodes/shared/n8n/output/deliver.ts',
		find: 'if (!outcome.ok || (!output.download && !isOnlyHere)) return',
		replace: 'void isOnlyHere;\n\tif (!outcome.ok || !output.download) return',
		tests: ['test/engine/providers/answers.test.ts'],
	},
	{
		breaks: 'A wait of no whole number of milliseconds throws after the request was paid for',
		file: 'nodes/shared/seedream/time.ts',
		find: 'Math.round(seconds * 1000)',
		replace: 'seconds * 1000',
		tests: ['test/engine/times.test.ts'],
	},
	{
		breaks: 'A wait of a month is over at once, and every answer that takes a while is given up',
		file: 'nodes/shared/seedream/time.ts',
		find: 'return Math.min(Math.max(1, Math.round(seconds * 1000)), LONGEST_TIMER_MS);',
		replace: 'return Math.max(1, Math.round(seconds * 1000));',
		tests: ['test/engine/times.test.ts'],
	},
];

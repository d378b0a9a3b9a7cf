import type { Cell } from './cells';
import { promiseOf } from './promises';
import type { Seen } from './seen';

/** In which points the node did not keep what is promised for the cell. */
export function brokenPromises(cell: Cell, seen: Seen): string[] {
	const promised = promiseOf(cell);
	const { end, sent, accepted, error, text, namedTasks } = seen;
	const paid = accepted.filter(({ outcome }) => outcome !== 'failed');
	const lastTask = accepted.at(-1)?.taskId;
	const isTaskNamed = lastTask !== undefined && namedTasks.includes(lastTask);
	const isWarned = /without getting an answer.*bill it twice/.test(text);
	const broken: Array<[isBroken: boolean, what: string]> = [
		[end !== promised.end, `ends with ${end}, not with ${promised.end}`],
		[sent !== promised.sent, `${sent} creates reached the provider, not ${promised.sent}`],
		[
			accepted.length !== promised.accepted,
			`${accepted.length} creates were accepted, not ${promised.accepted}`,
		],
		[
			error?.billed !== promised.billed,
			`billed is ${error?.billed ?? 'not said'}, not ${promised.billed ?? 'absent'}`,
		],
		[promised.isTaskNamed && !isTaskNamed, 'the task is paid for, and its ID is nowhere'],
		[
			promised.isAnswerKept === true && error?.response === undefined,
			'the answer was paid for, and the error does not hold it',
		],
		[
			isWarned !== promised.isWarned,
			promised.isWarned ? 'no warning of a second bill' : 'a warning of a second bill',
		],
		// These hold in every cell, whatever else is promised.
		[
			seen.repeated > 0 && cell.retry !== 'person',
			'a create was sent again that may have been accepted',
		],
		[
			paid.length > 0 && error?.billed === 'no',
			'the error says that nothing was billed, and it was',
		],
		[
			error?.billed === 'unknown' && error.retryable !== false,
			'the error may have been billed, and calls itself retryable',
		],
		[
			error?.billed === 'unknown' &&
				isTaskNamed &&
				!/Get Task.*do not run the request again/s.test(text),
			'the error does not lead to Get Task',
		],
		[end === 'open' && !text.includes('Get Task'), 'the item does not lead to Get Task'],
		[seen.isKeyShown, 'the API key is shown'],
	];
	return broken.flatMap(([isBroken, what]) => (isBroken ? [what] : []));
}

import { areOfSameItem, type Create } from './creates';
import { outputsOf, type History } from './history';

/** In one execution nothing follows a request that may have been accepted, unless its task has failed. */
export function neverTwiceInOneExecution({ creates }: History): string[] {
	return creates.flatMap((create) => {
		const before = creates.filter(
			(other) =>
				other.n < create.n &&
				other.execution === create.execution &&
				areOfSameItem(create, other) &&
				!other.isForgotten,
		);
		const unclear = before.filter(({ shown }) => shown === 'unclear');
		const paid = before.filter(
			(other) => create.standing.includes(other) && other.shown !== 'unclear',
		);
		return [
			...unclear.map(
				({ n, fate }) =>
					`#${create.n} was sent after #${n}, which had no clear answer (${fate}), in one execution`,
			),
			...paid.map(
				({ n }) =>
					`#${create.n} was sent although #${n} was accepted and had not failed, in one execution`,
			),
		];
	});
}

/**
 * In a person's retry the same request is not paid again; another one, or one without an answer, is sent with a warning of what
 * was paid for last.
 */
export function neverTwiceOverExecutions(history: History): string[] {
	const { creates } = history;
	return creates.flatMap((create) => {
		if (!create.isAccepted) return [];
		const before = creates.filter(
			(other) =>
				other.execution !== create.execution &&
				create.standing.includes(other) &&
				!other.isForgotten &&
				other.n < create.n,
		);
		return before.flatMap((other) => {
			const isKnown = other.shown === 'answered' && !other.isStopped;
			if (other.wish === create.wish && isKnown)
				return [`#${create.n} is the same request as #${other.n}, which is paid for, in a retry`];
			const isOfLast = other.execution === before.at(-1)?.execution;
			return !isOfLast || warned(history, create, other)
				? []
				: [`#${create.n} was sent after #${other.n}, which is paid for, without a warning`];
		});
	});
}

/** Whether the items of a request say what went before; true where nothing but an error came of it. */
function warned({ parts, creates }: History, create: Create, earlier: Create): boolean {
	const later = creates.some(
		(other) =>
			other.n > create.n && other.execution === create.execution && areOfSameItem(create, other),
	);
	const items = parts
		.filter(({ execution }) => execution === create.execution)
		.flatMap(({ result }) => outputsOf(result))
		.filter(
			({ json }) =>
				json.taskId === create.taskId && json.error === undefined && create.taskId !== undefined,
		);
	if (later || items.length === 0) return true;
	const isTold = (warnings: string) =>
		warnings.includes(earlier.taskId ?? '?') ||
		/without (getting )?an answer|no answer/.test(warnings);
	return items.every(({ json }) => isTold(JSON.stringify(json.warnings ?? [])));
}

/** HTTP 429 is tried so often before a try is over. */
const MOST_LIMITED = 4;

/** A request is made anew at most as often as Max Tries says, suspensions included. */
export function createsBounded({ creates, parts, scene }: History): string[] {
	const executions = [...new Set(parts.map(({ execution }) => execution))];
	const { maxTries = 1 } = scene.setup;
	return executions.flatMap((execution) =>
		Array.from({ length: scene.items }, (_, item) => item).flatMap((item) => {
			const own = creates.filter(
				(create) =>
					create.execution === execution && create.items.includes(item) && !create.isForgotten,
			);
			const accepted = own.filter(({ isAccepted }) => isAccepted).length;
			const suspensions = parts.filter((part) => part.execution === execution).length;
			return [
				...(accepted > maxTries
					? [
							`Item ${item} was accepted ${accepted} times in ${execution}, Max Tries being ${maxTries}`,
						]
					: []),
				...(own.length > MOST_LIMITED * maxTries * suspensions
					? [`Item ${item} was sent ${own.length} times in ${execution}`]
					: []),
			];
		}),
	);
}

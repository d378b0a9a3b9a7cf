import type { Create } from './creates';
import { everything, outputsOf, seen, type History, type Part } from './history';
import { resumeSecretOf, secretsIn } from './secrets';
import { createsBounded, neverTwiceInOneExecution, neverTwiceOverExecutions } from './money';

/** Each gives what it finds broken, in words. */
type Promised = (history: History) => string[];

/** What the product promises of any history. */
const PROMISES: readonly Promised[] = [
	({ breaches }) => breaches,
	itemsAreKnown,
	neverTwiceInOneExecution,
	neverTwiceOverExecutions,
	createsBounded,
	noTaskIsLost,
	whatIsUnclearIsTold,
	nothingPaidIsCalledFree,
	nothingSecretIsShown,
	eachItemComesOut,
	allIsWellWhereNothingGoesWrong,
];

export function brokenPromises(history: History): string[] {
	return PROMISES.flatMap((promised) => promised(history));
}

function itemsAreKnown({ creates, scene }: History): string[] {
	return creates
		.filter(({ items }) => items.length === 0 || items.some((item) => item >= scene.items))
		.map(({ n, body }) => `#${n} was made from no input item: ${JSON.stringify(body)}`);
}

/** The parts of an execution that ended by itself, or that a person has stopped. */
function endedParts({ parts }: History, execution: string): Part[] | undefined {
	const own = parts.filter((part) => part.execution === execution);
	const last = own.at(-1);
	const isOver =
		last &&
		!last.isLost &&
		(last.result.status === 'success' ||
			last.result.status === 'error' ||
			last.result.status === 'canceled');
	return isOver ? own : undefined;
}

/** A task that was paid for, and that the node has heard of, can be found by the user. */
function noTaskIsLost(history: History): string[] {
	const { creates, failed, saved, lastStatus, parts } = history;
	const isHeld = lastStatus === 'waiting' || lastStatus === 'crashed' || lastStatus === 'canceled';
	return creates.flatMap((create) => {
		const { n, taskId, shown, isForgotten, execution } = create;
		if (
			!create.isAccepted ||
			taskId === undefined ||
			shown !== 'answered' ||
			isForgotten ||
			failed.has(taskId)
		)
			return [];
		const own = endedParts(history, execution);
		const told = (own ?? parts).map(seen).join();
		if (told.includes(taskId) || (!own && isHeld && saved.includes(taskId))) return [];
		return [`#${n} is paid for, and its ID ${taskId} is nowhere`];
	});
}

/** Where nobody knows whether it was accepted, the user is told so. */
function whatIsUnclearIsTold(history: History): string[] {
	return history.creates.flatMap(({ n, shown, isForgotten, isAccepted, execution }) => {
		const own = endedParts(history, execution);
		if (shown !== 'unclear' || !isAccepted || isForgotten || !own) return [];
		return /\\?"unknown\\?"|may have been accepted|may still|"finished"/.test(own.map(seen).join())
			? []
			: [`#${n} was accepted without an answer, and nobody is told`];
	});
}

interface Told {
	billed?: unknown;
	taskId?: unknown;
	code?: unknown;
}

/** The errors of a part: the thrown one, and those of its items. */
function errorsOf({ result }: Part): Array<Told & { items: number[] }> {
	const thrown = result.error?.context?.data;
	const ofItems = outputsOf(result).flatMap(({ json, pairedItem }) => {
		const { error } = json;
		return error instanceof Object ? [{ ...error, items: pairedTo(pairedItem) }] : [];
	});
	const error: unknown = Object(Object(thrown).error);
	const itemIndex: unknown = result.error?.context?.itemIndex;
	const items = typeof itemIndex === 'number' ? [itemIndex] : [];
	return [...ofItems, ...(result.error ? [{ ...Object(error), items }] : [])];
}

function pairedTo(paired: unknown): number[] {
	const list: unknown[] = Array.isArray(paired) ? paired : [paired];
	return list
		.map((entry) => Number(typeof entry === 'object' ? Object(entry).item : entry))
		.filter(Number.isInteger);
}

function nothingPaidIsCalledFree(history: History): string[] {
	const { parts, creates, failed } = history;
	const isPaid = ({ isAccepted, taskId, isForgotten }: Create) =>
		isAccepted && !isForgotten && !failed.has(taskId ?? '');
	return parts.flatMap((part) =>
		errorsOf(part)
			.filter(({ billed }) => billed === 'no')
			.flatMap(({ taskId, items, code }) => {
				const paid = creates.filter(
					(create) =>
						isPaid(create) &&
						((taskId !== undefined && create.taskId === taskId) ||
							(taskId === undefined &&
								create.execution === part.execution &&
								create.items.some((item) => items.includes(item)))),
				);
				return paid.map(
					({ n }) =>
						`#${n} is paid for, and the error ${String(code)} of ${part.how} ${part.execution} says billed: no`,
				);
			}),
	);
}

function nothingSecretIsShown({ parts, creates }: History): string[] {
	const secrets = creates.map(({ callbackUrl }) => resumeSecretOf(callbackUrl));
	return parts.flatMap((part) => [
		...secretsIn(everything(part), secrets).map(
			(secret) => `${secret} is shown by ${part.how} ${part.execution}`,
		),
		...secretsIn(part.result.saved, []).map(
			(secret) => `${secret} is in what n8n stores of ${part.execution}`,
		),
	]);
}

function eachItemComesOut({ scene, parts }: History): string[] {
	return parts.flatMap((part) => {
		if (part.result.status !== 'success' || part.how === 'deadline' || !part.hasRun) return [];
		const linked = new Set(
			outputsOf(part.result).flatMap(({ pairedItem }) => pairedTo(pairedItem)),
		);
		const lost = Array.from({ length: scene.items }, (_, item) => item).filter(
			(item) => !linked.has(item),
		);
		return lost.map(
			(item) => `Nothing comes out of ${part.how} ${part.execution} for item ${item}`,
		);
	});
}

function allIsWellWhereNothingGoesWrong({ scene, parts, creates }: History): string[] {
	const { setup, interrupt } = scene;
	const [first] = parts;
	const isFine =
		scene.creates.length + scene.reads.length === 0 &&
		!interrupt &&
		!setup.moving.includes('badCount');
	if (!isFine || !first || setup.completion === 'callback' || setup.maxWait < 5) return [];
	const { error, status } = first.result;
	const isCombined =
		setup.operation === 'edit' && (setup.combineItems || setup.moving.includes('combine'));
	const isCounted = isCombined || creates.length === scene.items;
	return status === 'success' && isCounted
		? []
		: [
				`Nothing goes wrong, and all the same: ${status}, ${creates.length} requests, ${error?.message ?? ''}`,
			];
}

import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { Connection } from '../../seedream/connection';
import type { OwnError } from '../../seedream/errors';
import { fetchFreshLink } from '../../seedream/freshLink';
import { inParallel } from '../../seedream/parallel';
import { failure, success, type Result } from '../../seedream/result';
import type { ImageTask, TaskImage } from '../../seedream/task';
import { endSentence } from '../text';
import { downloadImage, type Download } from './download';
import { taskItems, type DeliveredImage } from './items';
import type { TaskResult } from './taskResult';

/** What became of one image on its way into an item. */
interface Fetched {
	result: TaskResult;
	image: TaskImage;
	/** Absent where only the link is handed on. */
	download?: Download;
}

/**
 * Downloads what is to be downloaded, `concurrency` images at a time, and makes each task's items,
 * in their places. An error stands for a result that is one, and for a task with an image that
 * would be lost.
 */
export async function deliver(
	context: IExecuteFunctions | IWebhookFunctions,
	connection: Connection,
	results: readonly TaskResult[],
	concurrency: number,
): Promise<Array<Result<INodeExecutionData[]>>> {
	const wanted = results.flatMap((result) =>
		result.outcome.ok ? result.outcome.value.images.map((image) => ({ result, image })) : [],
	);
	const fetched = await inParallel(
		wanted,
		concurrency,
		async ({ result, image }): Promise<Fetched> => {
			const download = await fetchImage(context, connection, result, image);
			return { result, image, ...(download && { download }) };
		},
	);
	const fetchedOf = new Map<TaskResult, Fetched[]>(results.map((result) => [result, []]));
	for (const entry of fetched) fetchedOf.get(entry.result)?.push(entry);
	return results.map((result) => {
		const { outcome } = result;
		return outcome.ok ? itemsOf(result, outcome.value, fetchedOf.get(result) ?? []) : outcome;
	});
}

function itemsOf(
	result: TaskResult,
	task: ImageTask,
	fetched: readonly Fetched[],
): Result<INodeExecutionData[]> {
	const images: DeliveredImage[] = [];
	const downloadWarnings: string[] = [];
	for (const { image, download } of fetched) {
		const name = `Image ${image.index + 1}`;
		if (download && 'lost' in download)
			return failure(notStoredError(task, `${name}: ${download.lost}`));
		if (download && 'warning' in download) downloadWarnings.push(`${name}: ${download.warning}`);
		images.push({ image, ...(download && 'stored' in download && download.stored) });
	}
	const warnings = [
		...result.warnings,
		...(task.warnings ?? []),
		...shortfallWarnings(result, task),
		...layerWarnings(result, task),
		...downloadWarnings,
	];
	return success(taskItems({ ...result, warnings }, task, images));
}

async function fetchImage(
	context: IExecuteFunctions | IWebhookFunctions,
	connection: Connection,
	{ outcome, output, items }: TaskResult,
	image: TaskImage,
): Promise<Download | undefined> {
	const isOnlyHere = image.source.kind === 'base64';
	if (!outcome.ok || (!output.download && !isOnlyHere)) return undefined;
	const task = outcome.value;
	const place = image.layer ? `layer-${image.layer.zIndex}` : image.index + 1;
	const baseName = `${task.id ?? nameOf(task, items)}-${place}`;
	const { source } = image;
	const download = await downloadImage(context, connection.clock, source, baseName);
	const isLost = 'warning' in download && source.kind === 'url';
	const url = isLost ? await fetchFreshLink(connection, source.url) : undefined;
	if (url === undefined) return download;
	return await downloadImage(context, connection.clock, { kind: 'url', url }, baseName);
}

/** The error of images that came in the answer itself and could not be put into n8n's store. */
function notStoredError(task: ImageTask, reason: string): OwnError {
	return {
		message: `The images were made, and n8n could not store them: ${endSentence(reason)}`,
		hint: "Put n8n's storage of binary data in order, then retry this execution from the list of executions: the images are remembered with it and are not paid for again.",
		code: 'not_stored',
		provider: task.provider,
		...(task.id !== undefined && { taskId: task.id }),
		retryable: true,
		billed: 'yes',
	};
}

/** A name for a task without an ID, such as `seedream-20260102T030405-3`: time and input item. */
function nameOf(task: ImageTask, items: readonly number[]): string {
	const time = task.createdAt?.replace(/[-:]|\.\d+Z$/g, '');
	return ['seedream', time, (items[0] ?? 0) + 1].filter((part) => part !== undefined).join('-');
}

function shortfallWarnings({ requestedCount, output }: TaskResult, task: ImageTask): string[] {
	const received = task.images.length;
	if (output.mayBeFewer) return [];
	if (task.status !== 'completed' || requestedCount === undefined) return [];
	if (received >= requestedCount) return [];
	return [`${requestedCount} images were requested and ${received} received.`];
}

/** Some relays drop the wish for layers, and some what the model says of them. */
function layerWarnings({ output }: TaskResult, { images }: ImageTask): string[] {
	const isInVain = images.length > 0 && !images.some(({ layer }) => layer);
	if (!output.expectsLayers || !isInVain) return [];
	return [
		`No layers came: nothing says which layer ${images.length === 1 ? 'the image' : `each of the ${images.length} images`} is. The provider made a plain edit, or left out what the model said of the layers. Either is billed.`,
	];
}

/** The error of an image set with members missing, for who does not want part of it. */
export function partialResultError(
	{ requestedCount }: TaskResult,
	task: ImageTask,
): OwnError | undefined {
	const received = task.images.length;
	const isComplete = task.failedImages.length === 0 && received >= (requestedCount ?? 0);
	if (task.status !== 'completed' || isComplete) return undefined;
	const urls = task.images.flatMap(({ source }) => (source.kind === 'url' ? [source.url] : []));
	const reasons = task.failedImages.map(({ index, message }) => ` Image ${index + 1}: ${message}.`);
	return {
		message: `${requestedCount ?? received + task.failedImages.length} images were requested and ${received} received.${reasons.join('')}`,
		hint: `The images that were made are billed; get them from ${urls.join(' , ')} or switch off Fail on Partial Result.`,
		code: 'partial_result',
		provider: task.provider,
		...(task.id !== undefined && { taskId: task.id }),
		retryable: false,
		billed: 'yes',
		urls,
		...(task.failedImages.length > 0 && { failedImages: task.failedImages }),
	};
}

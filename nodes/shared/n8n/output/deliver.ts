import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { Connection } from '../../seedream/client';
import type { SeedreamError } from '../../seedream/errors';
import { failure, success, type Outcome } from '../../seedream/result';
import { inParallel } from '../../seedream/parallel';
import type { ImageTask, TaskImage } from '../../seedream/task';
import { downloadImage } from './download';
import { taskItems, type DeliveredImage } from './items';
import type { Delivery } from '../../../Seedream/request/runSettings';
import { endSentence } from '../text';

/** A task whose result is to be handed on, whatever state it is in. */
export interface Deliverable {
	task: ImageTask;
	/** Absent where it is not known, as in Get Task. */
	requestedCount?: number;
	warnings: string[];
	items: number[];
	delivery: Delivery;
}

/**
 * Downloads what is to be downloaded, `concurrency` images at a time, and makes each task's items.
 * An error stands for a task with an image that would be lost.
 */
export async function deliver(
	context: IExecuteFunctions | IWebhookFunctions,
	connection: Connection,
	deliverables: readonly Deliverable[],
	concurrency: number,
): Promise<Array<Outcome<INodeExecutionData[]>>> {
	const fetches = deliverables.flatMap((deliverable) =>
		deliverable.task.images.map((image) => ({ deliverable, image })),
	);
	const fetched = await inParallel(fetches, concurrency, async ({ deliverable, image }) => ({
		deliverable,
		...(await deliverImage(context, connection, deliverable, image)),
	}));
	return deliverables.map((deliverable) => {
		const own = fetched.filter((entry) => entry.deliverable === deliverable);
		const [lost] = own.flatMap((entry) => entry.lost ?? []);
		if (lost !== undefined) return failure(notStored(deliverable, lost));
		const items = taskItems({
			...deliverable,
			images: own.map(({ delivered }) => delivered),
			warnings: [
				...deliverable.warnings,
				...(deliverable.task.remarks ?? []),
				...shortfall(deliverable),
				...own.flatMap(({ warning }) => warning ?? []),
			],
		});
		return success(items);
	});
}

async function deliverImage(
	context: IExecuteFunctions | IWebhookFunctions,
	{ clock }: Connection,
	{ task, delivery, items }: Deliverable,
	image: TaskImage,
): Promise<{ delivered: DeliveredImage; warning?: string; lost?: string }> {
	const isOnlyHere = image.source.kind === 'base64';
	if (!delivery.download && !isOnlyHere) return { delivered: { image } };
	const baseName = `${task.id ?? nameOf(task, items)}-${image.index + 1}`;
	const download = await downloadImage(context, clock, image.source, baseName);
	if ('stored' in download) return { delivered: { image, ...download.stored } };
	const name = `Image ${image.index + 1}`;
	if ('lost' in download) return { delivered: { image }, lost: `${name}: ${download.lost}` };
	return { delivered: { image }, warning: `${name}: ${download.warning}` };
}

/** The error of images that came in the answer itself and could not be put into n8n's store. */
function notStored({ task }: Deliverable, reason: string): SeedreamError {
	return {
		message: `The images were made, and n8n could not store them: ${endSentence(reason)}`,
		advice:
			"Put n8n's storage of binary data in order, then retry this execution from the list of executions: the images are remembered with it and are not paid for again.",
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

function shortfall({ task, requestedCount, delivery }: Deliverable): string[] {
	const received = task.images.length;
	if (delivery.mayBeFewer) return [];
	if (task.status !== 'completed' || requestedCount === undefined) return [];
	if (received >= requestedCount) return [];
	return [`${requestedCount} images were requested and ${received} received.`];
}

/** The error of an image set with members missing, for who does not want part of it. */
export function partialFailure({ task, requestedCount }: Deliverable): SeedreamError | undefined {
	const received = task.images.length;
	const isComplete = task.failedImages.length === 0 && received >= (requestedCount ?? 0);
	if (task.status !== 'completed' || isComplete) return undefined;
	const urls = task.images.flatMap(({ source }) => (source.kind === 'url' ? [source.url] : []));
	const reasons = task.failedImages.map(({ index, message }) => ` Image ${index + 1}: ${message}.`);
	return {
		message: `${requestedCount ?? received + task.failedImages.length} images were requested and ${received} received.${reasons.join('')}`,
		advice: `The images that were made are billed; get them from ${urls.join(' , ')} or switch off Fail on Partial Result.`,
		code: 'partial_result',
		provider: task.provider,
		...(task.id !== undefined && { taskId: task.id }),
		retryable: false,
		billed: 'yes',
		urls,
		...(task.failedImages.length > 0 && { failedImages: task.failedImages }),
	};
}

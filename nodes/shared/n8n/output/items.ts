import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { hasEnded, type ImageTask, type TaskImage } from '../../seedream/task';
import { pairedItems } from '../errors';
import type { Delivery } from '../../../Seedream/request/runSettings';

/** One image of a task, downloaded where that was asked for and possible. */
export interface DeliveredImage {
	image: TaskImage;
	binary?: IBinaryData;
	/** Pixels as the file says. */
	width?: number;
	height?: number;
}

/** A task with its images, ready to become items. */
export interface DeliveredTask {
	task: ImageTask;
	images: DeliveredImage[];
	/** Absent where it is not known, as in Get Task. */
	requestedCount?: number;
	warnings: string[];
	items: number[];
	delivery: Delivery;
}

/** One item for each image, or one for the task; a task without images is one item too. */
export function taskItems(delivered: DeliveredTask): INodeExecutionData[] {
	const { images, delivery } = delivered;
	if (delivery.outputMode === 'task') return [taskItem(delivered)];
	if (images.length === 0) return [{ json: taskFields(delivered), pairedItem: linkOf(delivered) }];
	return images.map((image) => imageItem(delivered, image));
}

function imageItem(delivered: DeliveredTask, image: DeliveredImage): INodeExecutionData {
	const { images, delivery } = delivered;
	return {
		json: {
			...taskFields(delivered),
			imageCount: images.length,
			...imageFields(image),
		},
		...(image.binary && { binary: { [delivery.binaryProperty]: image.binary } }),
		pairedItem: linkOf(delivered),
	};
}

/** One item with all images of a task. */
export function taskItem(delivered: DeliveredTask): INodeExecutionData {
	const { images, delivery } = delivered;
	const binary = Object.fromEntries(
		images.flatMap((image, position) =>
			image.binary
				? [[binaryName(delivery.binaryProperty, position), image.binary] as const]
				: [],
		),
	);
	return {
		json: {
			...taskFields(delivered),
			imageCount: images.length,
			images: images.map(imageFields),
		},
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem: linkOf(delivered),
	};
}

/** `data`, `data_1`, `data_2`, …: the first one is where every other node looks. */
function binaryName(property: string, position: number): string {
	return position === 0 ? property : `${property}_${position}`;
}

function linkOf(delivered: DeliveredTask): INodeExecutionData['pairedItem'] {
	return pairedItems(delivered.items);
}

/** What holds for the whole task. A field that is not known is left out. */
function taskFields({ task, requestedCount, warnings }: DeliveredTask): IDataObject {
	return {
		...(task.id !== undefined && { taskId: task.id }),
		status: task.status,
		provider: task.provider,
		...(task.model !== undefined && { model: task.model }),
		...(!hasEnded(task.status) && task.progress !== undefined && { progress: task.progress }),
		...(task.estimatedSeconds !== undefined && { estimatedSeconds: task.estimatedSeconds }),
		...(requestedCount !== undefined && { requestedCount }),
		...(task.createdAt !== undefined && { createdAt: task.createdAt }),
		...(task.images.length > 0 && task.expiresAt !== undefined && { expiresAt: task.expiresAt }),
		...(task.usage !== undefined && { usage: { ...task.usage } }),
		...(task.failedImages.length > 0 && {
			failedImages: task.failedImages.map((failed) => ({ ...failed })),
		}),
		warnings,
	};
}

function imageFields({ image, binary, width, height }: DeliveredImage): IDataObject {
	const size = { width: width ?? image.width, height: height ?? image.height };
	return {
		imageIndex: image.index,
		...(image.source.kind === 'url' && { url: image.source.url }),
		...(size.width !== undefined && { width: size.width }),
		...(size.height !== undefined && { height: size.height }),
		...(binary && { mimeType: binary.mimeType, fileName: binary.fileName }),
		...(image.revisedPrompt !== undefined && { revisedPrompt: image.revisedPrompt }),
	};
}

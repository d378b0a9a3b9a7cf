import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { hasEnded, type ImageTask, type TaskImage } from '../../seedream/task';
import { pairedItems } from '../errors';
import type { TaskResult } from './taskResult';

/** One image of a task, downloaded where that was asked for and possible. */
export interface DeliveredImage {
	image: TaskImage;
	binary?: IBinaryData;
	/** Pixels as the file says. */
	width?: number;
	height?: number;
}

/** A task as its items tell of it. */
type ResultFacts = Pick<TaskResult, 'items' | 'requestedCount' | 'model' | 'warnings' | 'output'>;

/** One item for each image, or one for the task; a task without images is one item too. */
export function taskItems(
	result: ResultFacts,
	task: ImageTask,
	images: readonly DeliveredImage[],
): INodeExecutionData[] {
	if (result.output.outputMode === 'task') return [taskItem(result, task, images)];
	if (images.length === 0) {
		return [{ json: taskFields(result, task), pairedItem: pairedItems(result.items) }];
	}
	// Each with objects of its own: a node that changes an item in place changes no other.
	return images.map((image) => ({
		json: { ...taskFields(result, task), imageCount: images.length, ...imageFields(image) },
		...(image.binary && { binary: { [result.output.binaryProperty]: image.binary } }),
		pairedItem: pairedItems(result.items),
	}));
}

/** One item with all images of a task. */
export function taskItem(
	result: ResultFacts,
	task: ImageTask,
	images: readonly DeliveredImage[],
): INodeExecutionData {
	const binary = Object.fromEntries(
		images.flatMap((image, position) =>
			image.binary
				? [[binaryName(result.output.binaryProperty, position), image.binary] as const]
				: [],
		),
	);
	return {
		json: {
			...taskFields(result, task),
			imageCount: images.length,
			images: images.map(imageFields),
		},
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem: pairedItems(result.items),
	};
}

/** `data`, `data_1`, `data_2`, …: the first one is where every other node looks. */
function binaryName(property: string, position: number): string {
	return position === 0 ? property : `${property}_${position}`;
}

/** What holds for the whole task. A field that is not known is left out. */
function taskFields(result: ResultFacts, task: ImageTask): IDataObject {
	const { requestedCount, warnings } = result;
	const { model = result.model } = task;
	return {
		...(task.id !== undefined && { taskId: task.id }),
		status: task.status,
		provider: task.provider,
		...(model !== undefined && { model }),
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
		...(image.layer && { layer: { ...image.layer } }),
		...(image.source.kind === 'url' && { url: image.source.url }),
		...(size.width !== undefined && { width: size.width }),
		...(size.height !== undefined && { height: size.height }),
		...(binary && { mimeType: binary.mimeType, fileName: binary.fileName }),
		...(image.revisedPrompt !== undefined && { revisedPrompt: image.revisedPrompt }),
	};
}

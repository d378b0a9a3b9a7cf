import { z } from 'zod/v4';
import { asObject, parseJson } from '../../objects';
import { once } from '../../once';
import { parseImageList, unreadableMember, type ImageList } from './imageList';
import { lenientNumber, lenientText } from './lenient';

/** One server-sent event of an image request (ModelArk docs 1824121, streaming). */
const eventSchema = once(() =>
	z.looseObject({
		type: lenientText(),
		image_index: lenientNumber(),
		model: lenientText(),
		created: lenientNumber(),
		usage: z.unknown(),
		error: z.unknown().optional(),
	}),
);

/** What a stream of events said, as far as it came. */
export interface EventStream extends ImageList {
	model?: string;
	created?: number;
	usage?: Record<string, unknown>;
	/** Whether the provider said that there is nothing more to come. */
	isComplete: boolean;
	/** An error that ended the whole request. */
	error?: unknown;
}

/** Whether a body is a stream of events, whatever its content type claims. */
export function isEventStream(text: string): boolean {
	return /^\s*(event|data|id|:)/.test(text);
}

/**
 * Reads a stream of events. The last one counts without its blank line too; cut off within its
 * data it is no JSON, and does not.
 */
export function parseEvents(text: string): EventStream {
	const stream: EventStream = { images: [], failedImages: [], isComplete: false };
	for (const block of text.split(/\r?\n\r?\n/)) addEvent(stream, block);
	return stream;
}

function addEvent(stream: EventStream, block: string): void {
	const data = block
		.split(/\r?\n/)
		.filter((line) => line.startsWith('data:'))
		.map((line) => line.slice('data:'.length).trim())
		.join('\n');
	if (data === '[DONE]') stream.isComplete = true;
	const event = eventSchema().safeParse(parseJson(data)).data;
	if (!event) return;
	stream.model ??= event.model;
	stream.created ??= event.created;
	if (event.type?.endsWith('partial_succeeded') || event.type?.endsWith('partial_failed')) {
		addMember(
			stream,
			event,
			event.image_index ?? stream.images.length + stream.failedImages.length,
		);
	} else if (event.type?.endsWith('completed')) {
		stream.isComplete = true;
		stream.usage = asObject(event.usage);
	} else if (event.error !== undefined) {
		stream.error = event.error;
	}
}

function addMember(stream: EventStream, event: unknown, index: number): void {
	const { images, failedImages } = parseImageList(event);
	stream.images.push(...images.map((image) => ({ ...image, index })));
	stream.failedImages.push(...failedImages.map((failed) => ({ ...failed, index })));
	if (images.length + failedImages.length === 0)
		stream.failedImages.push(unreadableMember(event, index));
}

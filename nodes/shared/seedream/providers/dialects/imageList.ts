import { z } from 'zod/v4';
import { once } from '../../once';
import { UNREADABLE_IMAGE, type FailedImage, type ImageSource, type TaskImage } from '../../task';
import { lenientProblem, lenientText } from './lenient';

const memberSchema = once(() =>
	z.union([
		z.string().transform((text) => ({ url: text })),
		z.looseObject({
			url: lenientText(),
			image_url: lenientText(),
			b64_json: lenientText(),
			size: lenientText(),
			revised_prompt: lenientText(),
			error: lenientProblem(),
		}),
	]),
);

/** A data URI, or how a JPEG, PNG, GIF or WebP file begins in base64. */
const IMAGE_DATA = /^(data:image\/|\/9j\/|iVBORw0KGgo|R0lGOD|UklGR)/;

/** Characters of a member that cannot be read which its error carries along. */
const MAX_SHOWN_CHARACTERS = 2000;

type Member = z.infer<ReturnType<typeof memberSchema>>;

/** The images of an answer, and the members of the set that were not made. */
export interface ImageList {
	images: TaskImage[];
	failedImages: FailedImage[];
}

/**
 * Reads images in every form that the providers are known to use: a list or one entry; a URL, a
 * data URI, bare base64, or an object with one of these; an error in place of an image. A member
 * of a list that is none of these counts as failed, unless all of them are: then nothing is read.
 */
export function parseImageList(value: unknown): ImageList {
	const list: ImageList = { images: [], failedImages: [] };
	// A task that is open has none, and to refuse nothing costs a schema more than to read an image.
	if (value === undefined) return list;
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	for (const [index, entry] of entries.entries()) {
		const member = memberSchema().safeParse(entry).data;
		const isKnown = member !== undefined && addMember(list, member, index);
		// A single value that is no image is no set; the caller looks elsewhere, or shows the answer.
		if (!isKnown && Array.isArray(value)) list.failedImages.push(unreadableMember(entry, index));
	}
	return list.images.length > 0 || list.failedImages.some(({ code }) => code !== UNREADABLE_IMAGE)
		? list
		: { images: [], failedImages: [] };
}

/** Whether there is an image or an error in the member. */
function addMember(list: ImageList, member: Member, index: number): boolean {
	const source = sourceOf(member);
	if (source) {
		list.images.push({ index, source, ...details(member) });
		return true;
	}
	if (!('error' in member) || !member.error) return false;
	const { code, message } = member.error;
	list.failedImages.push({
		index,
		...(code !== undefined && { code: String(code) }),
		message: message ?? 'no reason given',
	});
	return true;
}

/** It was perhaps paid for, so it is kept as it came. */
export function unreadableMember(entry: unknown, index: number): FailedImage {
	const shown = JSON.stringify(entry ?? null).slice(0, MAX_SHOWN_CHARACTERS);
	return { index, code: UNREADABLE_IMAGE, message: `There is no image in ${shown}` };
}

function sourceOf(member: Member): ImageSource | undefined {
	if ('b64_json' in member && member.b64_json) return base64(member.b64_json);
	const link = member.url || ('image_url' in member ? member.image_url : undefined);
	if (!link) return undefined;
	if (/^https?:\/\//i.test(link)) return { kind: 'url', url: link };
	return IMAGE_DATA.test(link) ? base64(link) : undefined;
}

/** Bare, or behind the head of a data URI; undefined where nothing comes behind it. */
function base64(text: string): ImageSource | undefined {
	const data = text.replace(/^data:[^,]{0,200},/, '');
	return data === '' ? undefined : { kind: 'base64', data };
}

function details(member: Member): Partial<TaskImage> {
	if (!('revised_prompt' in member || 'size' in member)) return {};
	const [width, height] = (member.size ?? '').split('x').map(Number);
	return {
		...(width && height && { width, height }),
		...(member.revised_prompt && { revisedPrompt: member.revised_prompt }),
	};
}

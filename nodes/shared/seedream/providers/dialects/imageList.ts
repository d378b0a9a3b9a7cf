import { z } from 'zod/v4';
import type { Layer } from '../../layers';
import { once } from '../../once';
import { UNREADABLE_IMAGE, type FailedImage, type ImageSource, type TaskImage } from '../../task';
import { lenientNumber, lenientProblem, lenientText } from './lenient';

const describedSchema = once(() =>
	z.looseObject({
		url: lenientText(),
		image_url: lenientText(),
		b64_json: lenientText(),
		size: lenientText(),
		z_index: lenientNumber(),
		name: lenientText(),
		description: lenientText(),
		revised_prompt: lenientText(),
		error: lenientProblem(),
	}),
);

type DescribedMember = z.infer<ReturnType<typeof describedSchema>>;

const memberSchema = once(() =>
	z.union([z.string().transform((text) => ({ url: text })), describedSchema()]),
);

/** A data URI, or how a JPEG, PNG, GIF or WebP file begins in base64. */
const IMAGE_DATA = /^(data:image\/|\/9j\/|iVBORw0KGgo|R0lGOD|UklGR)/;

/** Characters of a member that cannot be read which its error carries along. */
const MAX_SHOWN_CHARACTERS = 2000;

/** What of a layer is told elsewhere: where its file is, and how large. */
const FILE_FIELDS = [
	'url',
	'image_url',
	'b64_json',
	'size',
	'output_format',
	'revised_prompt',
	'error',
];

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
		? { ...list, images: inStack(list.images) }
		: { images: [], failedImages: [] };
}

/** Reads images of which one list has the links, and another says what each is, which matters for layers. */
export function parseBothLists(linked: unknown, described: unknown): ImageList {
	const links = parseImageList(linked);
	const descriptions = parseImageList(described);
	if (links.images.length === 0) return descriptions;
	return descriptions.images.some(({ layer }) => layer) ? joinLists(descriptions, links) : links;
}

/** The images of two lists, each once: those of the first as that describes them. */
export function joinLists(first: ImageList, second: ImageList): ImageList {
	const links = first.images.map(({ source }) => JSON.stringify(source));
	const others = second.images.filter(({ source }) => !links.includes(JSON.stringify(source)));
	return {
		images: inStack([...first.images, ...others]),
		failedImages: [...first.failedImages, ...second.failedImages],
	};
}

/** Layers from the base upwards, whatever their order in the answer; images that are none stay where they are. */
function inStack(images: TaskImage[]): TaskImage[] {
	if (!images.some(({ layer }) => layer)) return images;
	// A base may come without its 0, which some programs leave out as nothing.
	const height = ({ layer }: TaskImage): number => layer?.zIndex ?? 0;
	const sorted = [...images].sort((one, other) => height(one) - height(other));
	return sorted.map((image, index) => ({ ...image, index }));
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
	if (!('revised_prompt' in member || 'size' in member || 'z_index' in member)) return {};
	const [width, height] = (member.size ?? '').split('x').map(Number);
	return {
		...(width && height && { width, height }),
		...(member.revised_prompt && { revisedPrompt: member.revised_prompt }),
		...(member.z_index !== undefined && { layer: layerOf(member, member.z_index) }),
	};
}

function layerOf(member: DescribedMember, zIndex: number): Layer {
	const { z_index: _, name, description, bounding_box: boundingBox, ...others } = member;
	const rest = Object.entries(others).filter(([key]) => !FILE_FIELDS.includes(key));
	return {
		...Object.fromEntries(rest),
		zIndex,
		...(name !== undefined && { name }),
		...(description !== undefined && { description }),
		...(boundingBox !== undefined && { boundingBox }),
	};
}

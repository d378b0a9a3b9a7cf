import { isDataUri } from '../dataUri';
import type { ModelSpec } from '../models';
import { lookUp } from '../objects';
import { areOfOneHost, isPrivateUrl } from '../privateUrl';
import type { Provider } from '../providers/provider';
import { formatList, type BinaryReference, type ImageFormat } from '../references';
import type { ImageRequest } from '../request';
import { truncate } from '../truncate';
import { syntaxProblem, type Problem } from './problem';

/** What a file is by the end of its name, where that says it. Formats that no model takes are here too. */
const FORMAT_BY_EXTENSION: Readonly<Record<string, ImageFormat | 'other'>> = {
	jpg: 'jpeg',
	jpeg: 'jpeg',
	png: 'png',
	webp: 'webp',
	bmp: 'bmp',
	tif: 'tiff',
	tiff: 'tiff',
	gif: 'gif',
	heic: 'heic',
	heif: 'heif',
	avif: 'other',
	svg: 'other',
	ico: 'other',
	psd: 'other',
	jxl: 'other',
	pdf: 'other',
	mp4: 'other',
	mov: 'other',
	webm: 'other',
};

/** Why the reference images cannot reach the provider. */
export function referenceProblems(request: ImageRequest, provider: Provider): Problem[] {
	const { operation, references } = request;
	if (operation !== 'generate' && references.length === 0) {
		const verb = operation === 'edit' ? 'edit' : 'take apart';
		return [syntaxProblem(`There is no image to ${verb}. Give a binary field or an image URL.`)];
	}
	return references
		.flatMap((reference, index) =>
			reference.kind === 'url'
				? urlProblems(reference.url, index + 1)
				: transportProblems(reference, provider),
		)
		.map(syntaxProblem);
}

function urlProblems(url: string, number: number): string[] {
	if (isDataUri(url)) {
		return [
			`Reference image ${number} (${truncate(url, 40)}) cannot be read as Base64. It must look like data:image/png;base64,…, or be a web address that begins with https://.`,
		];
	}
	if (/^https?:\/\/[^\s/]+/i.test(url) && URL.canParse(url)) return [];
	return [
		`The image URL "${truncate(url)}" is not one that a provider can open. It must begin with https:// or http://, or be a Base64 data URI.`,
	];
}

function transportProblems(reference: BinaryReference, provider: Provider): string[] {
	const { label, header } = reference;
	const transport = provider.referenceTransport;
	if (transport.kind === 'urlOnly') return [`${label} cannot be sent: ${transport.reason}`];
	if (transport.kind === 'dataUri' || !header) return [];
	const { formats } = transport.upload;
	if (formats.includes(header.format)) return [];
	return [
		`${label} is ${header.format.toUpperCase()}, and ${provider.name}'s file host takes ${formatList(formats)} only. Convert it first, or give the image as a URL.`,
	];
}

/** What is likely to be wrong with reference images; nobody here opens their URLs. */
export function referenceWarnings(
	{ references }: ImageRequest,
	spec: ModelSpec | undefined,
	provider: Provider,
	apiBaseUrl: string,
): string[] {
	return references.flatMap((reference) => {
		if (reference.kind === 'binary') return fileWarnings(reference, spec);
		return URL.canParse(reference.url)
			? urlWarnings(reference.url, spec, provider, apiBaseUrl)
			: [];
	});
}

function fileWarnings({ label, header }: BinaryReference, spec: ModelSpec | undefined): string[] {
	const isDisputed = header && spec?.references.disputedFormats?.includes(header.format);
	if (!isDisputed) return [];
	return [
		`${label} is ${header.format.toUpperCase()}; sources differ on whether that is taken. JPEG and PNG are sure.`,
	];
}

function urlWarnings(
	url: string,
	spec: ModelSpec | undefined,
	{ name: providerName, referenceTransport }: Provider,
	apiBaseUrl: string,
): string[] {
	const name = `The image URL "${truncate(url)}"`;
	const warnings: string[] = [];
	// What stands on the provider's own host, as a stand-in or a relay has it, that can open.
	if (isPrivateUrl(url) && !areOfOneHost(url, apiBaseUrl)) {
		const orFile =
			referenceTransport.kind === 'urlOnly' ? '' : ', or the image itself in a binary field';
		warnings.push(
			`${name} has a private address, which only machines of the same network can open. Give ${providerName} a public one${orFile}.`,
		);
	}
	// Behind one of these signs a second URL is part of the first one, as proxies of images have it.
	if (/[^=/?&#]https?:\/\//i.test(url)) {
		warnings.push(`${name} seems to be two URLs in one. Put each in a line of its own.`);
	}
	const extension = /\.([a-z0-9]+)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase();
	const format = lookUp(FORMAT_BY_EXTENSION, extension);
	if (format === undefined || spec === undefined) return warnings;
	const { formats, disputedFormats = [] } = spec.references;
	if (format === 'other' || !formats.includes(format)) {
		warnings.push(
			`${name} ends in .${extension}, and what is taken is ${formatList(formats)}. If the file is no such image it will be refused.`,
		);
	} else if (disputedFormats.includes(format)) {
		warnings.push(
			`${name} ends in .${extension}; sources differ on whether ${providerName} takes that. JPEG and PNG are sure.`,
		);
	}
	return warnings;
}

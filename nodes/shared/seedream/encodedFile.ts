import type { BinaryReference } from './references';

/** A file in the body of a request, where it stands as a data URI, in a form, or alone. It is read while the body is written, and not before. */
export class EncodedFile {
	constructor(
		readonly reference: BinaryReference,
		readonly mimeType: string,
	) {}
}

/** A reference image that is ready to be sent: a URL, or a file that goes along. */
export type SentReference = string | EncodedFile;

/** A file on its way to a provider's file host. */
export interface UploadFile {
	name: string;
	content: EncodedFile;
}

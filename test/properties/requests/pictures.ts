import { createHash } from 'node:crypto';
import { inspectImage, type BinaryReference } from '../../../nodes/shared/seedream/references';
import { picture } from '../../emulator/testClient';

/** Files that a user may have: some are taken by all, some by a few, some by nobody. */
export async function makePictures(): Promise<BinaryReference[]> {
	const files = await Promise.all([
		picture(40, 40),
		picture(300, 20, 'jpeg'),
		picture(64, 64, 'webp'),
		picture(64, 40, 'tiff'),
		picture(14, 100),
		picture(20, 400),
		picture(100, 40, 'jpeg'),
		picture(640, 480, 'jpeg'),
	]);
	const readable = files.map((bytes, index) =>
		referenceTo(bytes, `The image in "picture_${index}"`),
	);
	const text = referenceTo(Buffer.from('this is no image'), 'The image in "text"');
	const [first] = readable;
	// The size is believed before a file is opened.
	const large = first ? [{ ...first, label: 'The image in "large"', bytes: 31 * 1024 * 1024 }] : [];
	return [...readable, text, ...large];
}

/** Transparent in every pixel. */
export async function makeClearPicture(): Promise<BinaryReference> {
	return referenceTo(await picture(64, 64, 'png', 0), 'The image in "clear"');
}

function referenceTo(bytes: Buffer, label: string): BinaryReference {
	const header = inspectImage(bytes);
	return {
		kind: 'binary',
		label,
		bytes: bytes.length,
		...(header && { header }),
		fingerprint: createHash('sha256').update(bytes).digest('hex'),
		read: () => Promise.resolve(bytes),
	};
}

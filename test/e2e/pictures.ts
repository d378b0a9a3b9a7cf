import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { repositoryRoot } from '../../scripts/paths';
import { pathOfPicture } from './editorSession';
import { exampleFiles, readExample } from './examples';
import { COLOR_SCHEMES } from './support/browser';

/** A picture that is kept in the repository, and the example that it shows. */
export interface KeptPicture {
	/** From the root of the repository. */
	readonly file: string;
	readonly example: string;
	/** The name of the check's picture. */
	readonly taken: string;
}

/** What the README shows: this example after a run, with one of its nodes open. */
export const SHOWN_IN_README = 'generate-and-edit.json';
export const pictureInEditor = (colorScheme: string): string => `editor-${colorScheme}`;

/** The name of the picture of an example on the canvas. */
export function nameOfPicture(example: string): string {
	return `example-${example.replace(/\.json$/, '')}`;
}

/** Every picture of the repository that the checks in the browser make. */
export function keptPictures(): KeptPicture[] {
	return [
		...exampleFiles().map((example) => ({
			file: `examples/pictures/${example.replace(/\.json$/, '.png')}`,
			example,
			taken: nameOfPicture(example),
		})),
		...COLOR_SCHEMES.map((colorScheme) => ({
			file: `docs/pictures/${pictureInEditor(colorScheme)}.png`,
			example: SHOWN_IN_README,
			taken: pictureInEditor(colorScheme),
		})),
	];
}

/** Changes with the example. A picture carries the one of the example that it was made of. */
function markOf(example: string): string {
	return createHash('sha256')
		.update(JSON.stringify(readExample(example)))
		.digest('hex');
}

/** Puts the pictures that the checks have just taken into the repository, small. */
export async function keepPictures(): Promise<KeptPicture[]> {
	const kept = keptPictures();
	for (const { file, example, taken } of kept) {
		const path = join(repositoryRoot, file);
		mkdirSync(dirname(path), { recursive: true });
		await sharp(pathOfPicture(taken))
			.withExif({ IFD0: { ImageDescription: markOf(example) } })
			.png({ palette: true, compressionLevel: 9, effort: 10 })
			.toFile(path);
	}
	return kept;
}

/** Whether a picture was made of its example as it is now. */
export async function isUpToDate({ file, example }: KeptPicture): Promise<boolean> {
	const { exif } = await sharp(join(repositoryRoot, file)).metadata();
	return exif?.includes(markOf(example)) === true;
}

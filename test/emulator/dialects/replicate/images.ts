import { ApiRefusal } from '../../apiError';
import type { Effects } from '../../faults';
import type { ImageInfo } from '../../imageInfo';
import { linksOf, makeImageSet } from '../../imageSet';
import { countFor, isModeratedPrompt } from '../../prompts';
import { MAX_IMAGES_TOGETHER, openReferences } from '../../references';
import { parsePixels, sizeFromTable } from '../../sizes';
import type { RatioTable, Size } from '../../sizes';
import type { EmulatorState } from '../../state';
import type { Input, ReplicateModel } from './facts';
import { limitOf } from './request';

/** A prediction that fails, as it came to light only when it ran. */
export function failure(message: string): ApiRefusal {
	return new ApiRefusal({ is: 'failed', code: '', message });
}

/** Images from a prompt, with pictures or without. */
export async function makeImages(
	state: EmulatorState,
	facts: ReplicateModel,
	input: Input,
	effects: Effects,
): Promise<string[]> {
	const { prompt = '', image_input: pictures = [] } = input;
	if (prompt === '') throw failure('A prompt is needed');
	const references = await openReferences(state, 'image_input', pictures, facts.references);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const together = Math.max(1, MAX_IMAGES_TOGETHER - pictures.length);
	return linksOf(
		makeImageSet(state, {
			provider: 'replicate',
			prompt,
			count: Math.min(countFor(prompt, limitOf(input)), together),
			size: sizeOf(input, facts, references[0]),
			format: input.output_format ?? facts.defaultFormat,
			references,
			effects,
		}),
	);
}

function sizeOf(input: Input, facts: ReplicateModel, picture: ImageInfo | undefined): Size {
	const { size = '2K', width = 2048, height = 2048, aspect_ratio: ratio } = input;
	if (size === 'custom') return { width, height };
	const table = facts.tiers[size];
	if (table === undefined) throw failure(`The size ${size} is for layers only`);
	const isMatched = ratio === undefined || ratio === 'match_input_image';
	return sizeFromTable(table, isMatched ? nearestRatio(table, picture) : ratio);
}

/** What `match_input_image` gives without a picture is not documented: a square here. */
function nearestRatio(table: RatioTable, picture: Size = { width: 1, height: 1 }): string {
	const distance = (ratio: string) => {
		const size = parsePixels(table[ratio] ?? '') ?? picture;
		return Math.abs(Math.log((size.width / size.height) * (picture.height / picture.width)));
	};
	const [nearest = '1:1'] = Object.keys(table).sort((a, b) => distance(a) - distance(b));
	return nearest;
}

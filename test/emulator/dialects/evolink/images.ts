import { ApiRefusal } from '../../apiError';
import type { Effects } from '../../faults';
import type { ImageInfo } from '../../imageInfo';
import { linksOf, makeImageSet } from '../../imageSet';
import { countFor, isModeratedPrompt } from '../../prompts';
import { MAX_IMAGES_TOGETHER, openReferences } from '../../references';
import type { EmulatorState } from '../../state';
import type { EvolinkJob } from './job';
import { readRequest } from './request';
import type { EvolinkRequest } from './request';

/** Images that are made from a prompt, with references or without. */
export function imageJob(body: unknown, allowPrivateCallbacks: boolean): EvolinkJob {
	const request = readRequest(body, allowPrivateCallbacks);
	const { model, facts, prompt, limit, callbackUrl } = request;
	return {
		model,
		line: facts.line,
		prompt,
		limit,
		callbackUrl,
		makeImages: async (state, effects) => ({ links: await makeImages(state, request, effects) }),
	};
}

async function makeImages(
	state: EmulatorState,
	request: EvolinkRequest,
	effects: Effects,
): Promise<string[]> {
	const { prompt, limit, size, format, transparent, facts, imageUrls } = request;
	const references = await openReferences(state, 'image_urls', imageUrls, facts.references);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	if (transparent) checkTransparent(references[0]);
	// With more than 15 together EvoLink makes fewer images (docs, image-series/seedream, `n`); it
	// refuses nothing.
	const count = Math.min(countFor(prompt, limit), MAX_IMAGES_TOGETHER - imageUrls.length);
	return linksOf(
		makeImageSet(state, {
			provider: 'evolink',
			prompt,
			count,
			size,
			format,
			transparent,
			references,
			effects,
		}),
	);
}

function checkTransparent(picture: ImageInfo | undefined): void {
	if (picture === undefined || (picture.format === 'png' && picture.transparent)) return;
	const message = 'background=transparent needs a PNG with at least one transparent pixel';
	throw new ApiRefusal({ is: 'badReference', field: 'image_urls', what: 'format', message });
}

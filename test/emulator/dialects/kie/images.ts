import { ApiRefusal } from '../../apiError';
import type { Effects } from '../../faults';
import { linksOf, makeImageSet } from '../../imageSet';
import type { ImageSetSpec } from '../../imageSet';
import { countFor, isModeratedPrompt } from '../../prompts';
import { openReferences } from '../../references';
import { sizeFromTable } from '../../sizes';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';
import type { KieModel } from './facts';
import type { Input } from './input';
import { choiceIn, countIn, formatIn, linksIn, promptIn } from './input';
import type { KieJob } from './job';

interface ImageRequest extends Pick<ImageSetSpec, 'prompt' | 'size' | 'format'> {
	readonly limit: number;
	readonly links: readonly string[];
}

/** Images that are made from a prompt, with references or without. */
export function imageJob(model: KieModel, input: Input): KieJob {
	const request: ImageRequest = {
		prompt: promptIn(input, model.prompt),
		size: sizeFromTable(choiceIn(input, model.tier), choiceIn(input, model.ratio)),
		format: model.hasFormat ? formatIn(input, 'png') : 'png',
		limit: model.most === 1 ? 1 : countIn(input, 'max_images', model.most),
		links: model.references === undefined ? [] : linksIn(input, 'image_urls', model.references),
	};
	return {
		line: model.line,
		prompt: request.prompt,
		limit: request.limit,
		makeImages: async (state, effects) => await makeImages(state, model, request, effects),
	};
}

async function makeImages(
	state: EmulatorState,
	{ references: rule }: KieModel,
	{ prompt, limit, size, format, links }: ImageRequest,
	effects: Effects,
): Promise<TaskImages> {
	const references = await openReferences(state, 'image_urls', links, rule);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	const count = countFor(prompt, limit);
	const spec = { provider: 'kie', prompt, count, size, format, references, effects };
	return { links: linksOf(makeImageSet(state, spec)) };
}

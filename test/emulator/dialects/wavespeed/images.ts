import { ApiRefusal, badField } from '../../apiError';
import type { Effects } from '../../faults';
import { linksOf, makeImageSet } from '../../imageSet';
import type { SetMember } from '../../imageSet';
import { countFor, isModeratedPrompt } from '../../prompts';
import { openReferences } from '../../references';
import type { EmulatorState } from '../../state';
import { baseSizeOf } from '../shared/layerSizes';
import type { Endpoint } from './facts';
import type { WavespeedJob } from './job';
import { readRequest } from './request';
import type { ImageRequest } from './request';

/**
 * Images that are made from a prompt, with pictures or without. A set is paid by the number that
 * was asked for.
 */
export function imageJob(path: string, endpoint: Endpoint, body: unknown): WavespeedJob {
	const request = readRequest(path, endpoint, body);
	const { prompt, limit, waits, asBase64 } = request;
	return {
		line: endpoint.model.line,
		prompt,
		price: limit,
		input: body,
		waits,
		asBase64,
		makeImages: async (state, effects) => {
			const members = await makeImages(state, request, effects);
			return { links: asBase64 ? await contentsOf(state, members) : linksOf(members) };
		},
	};
}

async function makeImages(
	state: EmulatorState,
	request: ImageRequest,
	effects: Effects,
): Promise<SetMember[]> {
	const { prompt, limit, format, transparent, images } = request;
	if (transparent && format === 'jpeg')
		throw badField('background', 'a transparent background needs output_format png');
	const references = await openReferences(state, 'images', images);
	if (isModeratedPrompt(prompt)) throw new ApiRefusal({ is: 'moderated', what: 'prompt' });
	return makeImageSet(state, {
		provider: 'wavespeed',
		prompt,
		count: countFor(prompt, limit),
		size: request.size ?? baseSizeOf('2K', references[0]),
		format,
		transparent,
		references,
		effects,
	});
}

/** WaveSpeedAI docs, Base64 Output: naked, without the head of a data URI. */
async function contentsOf(state: EmulatorState, members: readonly SetMember[]): Promise<string[]> {
	const contents: string[] = [];
	for (const member of members) {
		if (member.made) contents.push((await state.images.bytes(member.image)).toString('base64'));
	}
	return contents;
}

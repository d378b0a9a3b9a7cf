import type { SetMember } from '../../../imageSet';
import type { EmulatorState } from '../../../state';
import { sizeText } from '../seedreamFields';
import { moderationCode, moderationMessage } from './errors';
import type { Detail } from './models';

/** As much of a request as its answer tells of; that of a relay has it too. */
export interface AnsweredRequest {
	readonly model: string;
	readonly facts: { readonly tells: readonly Detail[] };
	readonly inputs: number;
	readonly transparent: boolean;
	readonly asBase64: boolean;
	readonly searches: boolean;
}

/**
 * ModelArk docs 1541523, response: a member that was taken away by the filter stands in `data` with
 * its error.
 */
export async function answerOf(
	state: EmulatorState,
	request: AnsweredRequest,
	members: readonly SetMember[],
): Promise<unknown> {
	const data: unknown[] = [];
	for (const member of members) data.push(await dataOf(state, request, member));
	return { model: request.model, created: now(), data, usage: usageOf(request, members) };
}

/** ModelArk docs 1824121: one event for each image as it is made, one at the end. */
export async function* eventsOf(
	state: EmulatorState,
	request: AnsweredRequest,
	members: readonly SetMember[],
): AsyncGenerator<string> {
	const { model } = request;
	for (const [index, member] of members.entries()) {
		await state.scheduler.sleep(state.settings.taskMs / members.length);
		const type = `image_generation.partial_${member.made ? 'succeeded' : 'failed'}`;
		yield event(type, {
			model,
			created: now(),
			image_index: index,
			...(await dataOf(state, request, member)),
		});
	}
	yield event('image_generation.completed', {
		model,
		created: now(),
		usage: usageOf(request, members),
	});
	yield 'data: [DONE]\n\n';
}

export async function dataOf(
	state: EmulatorState,
	request: AnsweredRequest,
	member: SetMember,
): Promise<Record<string, unknown>> {
	if (!member.made)
		return { error: { code: moderationCode('output'), message: moderationMessage('output') } };
	const content = request.asBase64
		? { b64_json: (await state.images.bytes(member.image)).toString('base64') }
		: { url: member.url };
	const { tells } = request.facts;
	return {
		...content,
		size: sizeText(member),
		...(tells.includes('output_format') && { output_format: member.image.spec.format }),
		...(tells.includes('background') && request.transparent && { background: 'transparent' }),
	};
}

/** A token is 256 pixels; only images that were made count. */
export function usageOf(
	request: AnsweredRequest,
	members: readonly SetMember[],
): Record<string, unknown> {
	const made = members.flatMap((member) => (member.made ? [member.image.spec.size] : []));
	const tokens = made.reduce(
		(sum, { width, height }) => sum + Math.round((width * height) / 256),
		0,
	);
	return {
		...(request.facts.tells.includes('input_images') && { input_images: request.inputs }),
		generated_images: made.length,
		output_tokens: tokens,
		total_tokens: tokens,
		...(request.searches && { tool_usage: { web_search: 1 } }),
	};
}

function event(type: string, data: Record<string, unknown>): string {
	return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

/** As answers print it: in seconds. */
export function now(): number {
	return Math.floor(Date.now() / 1000);
}

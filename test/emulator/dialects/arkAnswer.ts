import type { ArkModel } from '../facts/ark';
import type { Member } from '../sets';
import type { World } from '../world';
import type { ArkRequest } from './ark';
import { moderationCode, moderationMessage } from './arkVoice';
import { sizeText } from './seedreamFields';

/** As much of a request as its answer tells of; that of a relay has it too. */
export interface Answerable extends Pick<
	ArkRequest,
	'model' | 'size' | 'format' | 'asBase64' | 'searches'
> {
	readonly facts: Pick<ArkModel, 'line'>;
}

/** ModelArk docs 1541523, response: a member that was taken away by the filter stands in `data` with its error. */
export async function answerOf(
	world: World,
	request: Answerable,
	members: readonly Member[],
): Promise<unknown> {
	const data: unknown[] = [];
	for (const member of members) data.push(await dataOf(world, request, member));
	return { model: request.model, created: now(), data, usage: usageOf(request, members) };
}

/** ModelArk docs 1824121: one event for each image as it is made, one at the end. */
export async function* eventsOf(
	world: World,
	request: Answerable,
	members: readonly Member[],
): AsyncGenerator<string> {
	const { model } = request;
	for (const [index, member] of members.entries()) {
		await world.sleep(world.settings.taskMs / members.length);
		const type = `image_generation.partial_${member.made ? 'succeeded' : 'failed'}`;
		yield event(type, {
			model,
			created: now(),
			image_index: index,
			...(await dataOf(world, request, member)),
		});
	}
	yield event('image_generation.completed', {
		model,
		created: now(),
		usage: usageOf(request, members),
	});
	yield 'data: [DONE]\n\n';
}

async function dataOf(
	world: World,
	request: Answerable,
	member: Member,
): Promise<Record<string, unknown>> {
	if (!member.made)
		return { error: { code: moderationCode('output'), message: moderationMessage('output') } };
	const content = request.asBase64
		? { b64_json: (await world.gallery.bytes(member.exhibit)).toString('base64') }
		: { url: member.url };
	const format = request.facts.line === '5.0-pro' ? { output_format: request.format } : {};
	return { ...content, size: sizeText(member), ...format };
}

/** A token is 256 pixels; only images that were made count. */
function usageOf(request: Answerable, members: readonly Member[]): Record<string, unknown> {
	const made = members.filter((member) => member.made).length;
	const tokens = made * Math.round((request.size.width * request.size.height) / 256);
	const usage = { generated_images: made, output_tokens: tokens, total_tokens: tokens };
	return request.searches ? { ...usage, tool_usage: { web_search: 1 } } : usage;
}

function event(type: string, data: Record<string, unknown>): string {
	return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function now(): number {
	return Math.floor(Date.now() / 1000);
}

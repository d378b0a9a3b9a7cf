import type { Dialect } from '../../../dialect';
import { json } from '../../../http';
import type { Call, Reply } from '../../../http';
import { countFor } from '../../../prompts';
import { openReferences } from '../../../references';
import type { EmulatorState } from '../../../state';
import { createImages } from '../../../synchronous';
import { answerOf, eventsOf } from './answer';
import { formatError } from './errors';
import { takeApart } from './layers';
import { readModel, readRequest } from './request';
import type { ArkModels } from './request';

export interface ArkOptions {
	readonly provider: string;
	readonly basePath: string;
	readonly models: ArkModels;
}

/** The API of the origin, the vendor of the models, for each provider that offers it as it is. */
export function ark(options: ArkOptions): Dialect {
	return {
		provider: options.provider,
		basePath: options.basePath,
		formatError,
		routes: [
			{
				method: 'POST',
				path: /^\/images\/generations$/,
				kind: 'create',
				handle: (state, call) => create(options, state, call),
			},
			{
				method: 'GET',
				path: /^\/models$/,
				kind: 'models',
				handle: (state, call) => list(options, state, call),
			},
		],
	};
}

async function create(
	{ provider, models }: ArkOptions,
	state: EmulatorState,
	call: Call,
): Promise<Reply> {
	const key = state.accounts.authenticate(call.headers);
	const asked = readModel(call.json, models);
	const { body, facts } = asked;
	state.accounts.authorize(key, facts.line, body.model);
	if (body.layer_decomposition === true && facts.layers !== undefined)
		return json(200, await takeApart(provider, state, call, key, asked, facts.layers));
	const request = readRequest(asked);
	const { prompt, limit, size, format, transparent } = request;
	const references = await openReferences(state, 'image', request.references, facts.references);
	const count = countFor(prompt, limit);
	const members = await createImages(state, call, key, {
		provider,
		prompt,
		count,
		size,
		format,
		transparent,
		references,
	});
	if (request.stream)
		return { is: 'events', status: 200, parts: eventsOf(state, request, members) };
	await state.scheduler.sleep(state.settings.taskMs);
	return json(200, await answerOf(state, request, members));
}

function list({ models }: ArkOptions, state: EmulatorState, call: Call): Reply {
	state.accounts.authenticate(call.headers);
	return json(200, {
		object: 'list',
		data: Object.keys(models).map((id) => ({ id, object: 'model' })),
	});
}

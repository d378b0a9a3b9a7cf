import { z } from 'zod/v4';
import { readBody } from './checks';
import type { Dialect } from './dialect';
import { Fault } from './faults';
import { json } from './http';
import { badField } from './trouble';
import type { Voice } from './trouble';
import type { World } from './world';

const Settings = z.strictObject({
	taskMs: z.number().min(0).optional(),
	noise: z.boolean().optional(),
});

/** The same switches as in process, for a test in another process. */
export function control(world: World): Dialect {
	const done = () => json(200, { ok: true });
	return {
		provider: 'control',
		prefix: '/_control',
		say,
		routes: [
			{
				method: 'POST',
				path: /^\/faults$/,
				kind: 'other',
				handle: (call) => {
					const fault = readBody(Fault, call.json);
					if (fault.thenDown)
						throw badField(
							'thenDown',
							'is for a test in the same process: nobody could be told to come back',
						);
					world.faults.add(fault);
					return done();
				},
			},
			{
				method: 'DELETE',
				path: /^\/faults$/,
				kind: 'other',
				handle: () => {
					world.faults.clear();
					return done();
				},
			},
			{
				method: 'GET',
				path: /^\/requests$/,
				kind: 'other',
				handle: ({ query }) => {
					const wanted = (name: 'kind' | 'provider', value: string) =>
						query.get(name) === null || query.get(name) === value;
					return json(
						200,
						world.requests.filter(
							({ kind, provider }) => wanted('kind', kind) && wanted('provider', provider),
						),
					);
				},
			},
			{
				method: 'POST',
				path: /^\/reset$/,
				kind: 'other',
				handle: () => {
					world.reset();
					return done();
				},
			},
			{
				method: 'POST',
				path: /^\/settings$/,
				kind: 'other',
				handle: (call) => {
					const { settings } = world;
					return json(200, Object.assign(settings, readBody(Settings, call.json)));
				},
			},
			{ method: 'GET', path: /^\/stats$/, kind: 'other', handle: () => json(200, statsOf(world)) },
		],
	};
}

function statsOf(world: World): unknown {
	return {
		creditsUsed: world.accounts.used(),
		imagesMade: world.imagesMade,
		callbacks: world.callbacks.deliveries,
	};
}

const say: Voice = (trouble) =>
	trouble.is === 'badField'
		? json(400, { error: trouble.message, field: trouble.field })
		: json(404, { error: 'the control has /faults, /requests, /reset, /settings and /stats' });

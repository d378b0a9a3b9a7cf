import { z } from 'zod/v4';
import { badField } from './apiError';
import type { ApiError } from './apiError';
import { readBody } from './checks';
import type { Host, Route } from './dialect';
import { Fault } from './faults';
import { json } from './http';
import type { Call, Reply } from './http';
import type { EmulatorState } from './state';

const Settings = z.strictObject({
	taskMs: z.number().min(0).optional(),
	noise: z.boolean().optional(),
});

/** The same switches as in process, for a test in another process. */
export const control: Host = {
	provider: 'control',
	basePath: '/_control',
	formatError,
	routes: [
		route('POST', /^\/faults$/, addFault),
		route('DELETE', /^\/faults$/, (state) => {
			state.faults.clear();
			return done();
		}),
		route('GET', /^\/requests$/, listRequests),
		route('POST', /^\/reset$/, (state) => {
			state.reset();
			return done();
		}),
		route('POST', /^\/settings$/, ({ settings }, call) =>
			json(200, Object.assign(settings, readBody(Settings, call.json))),
		),
		route('GET', /^\/stats$/, (state) => json(200, statsOf(state))),
	],
};

function route(
	method: string,
	path: RegExp,
	handle: (state: EmulatorState, call: Call) => Reply,
): Route {
	return { method, path, kind: 'other', handle };
}

function done(): Reply {
	return json(200, { ok: true });
}

function addFault(state: EmulatorState, call: Call): Reply {
	const fault = readBody(Fault, call.json);
	if (fault.thenDown)
		throw badField(
			'thenDown',
			'is for a test in the same process: nobody could be told to come back',
		);
	state.faults.add(fault);
	return done();
}

function listRequests(state: EmulatorState, { query }: Call): Reply {
	const wanted = (name: 'kind' | 'provider', value: string) =>
		query.get(name) === null || query.get(name) === value;
	return json(
		200,
		state.requests.filter(
			({ kind, provider }) => wanted('kind', kind) && wanted('provider', provider),
		),
	);
}

function statsOf(state: EmulatorState): unknown {
	return {
		creditsUsed: state.accounts.used(),
		imagesMade: state.imagesMade,
		callbacks: state.callbacks.deliveries,
	};
}

function formatError(error: ApiError): Reply {
	return error.is === 'badField'
		? json(400, { error: error.message, field: error.field })
		: json(404, { error: 'the control has /faults, /requests, /reset, /settings and /stats' });
}

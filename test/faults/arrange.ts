import type { Emulator, Fault as EmulatorFault } from '../emulator';
import { fixtureOf } from '../providers';
import { retryAfterOf, statusOf, type Cell } from './cells';

/** Ms in real time, which the emulator lives in. */
const FOR_EVER = 600_000;
const SLOW = 100;
const A_MOMENT = 30;

/** Makes the cell's fault happen to every request of its kind from now on. */
export function arrange(emulator: Emulator, cell: Cell): void {
	if (cell.fault === 'refused') return refuseConnections(emulator, cell);
	emulator.addFault({
		on: cell.kind === 'task' ? 'create' : cell.kind,
		...effectOf(emulator, cell),
	});
}

/** A server cannot refuse connections by what they are for, so it stops listening when the request before has been answered. */
function refuseConnections(emulator: Emulator, { provider, kind, operation }: Cell): void {
	if (kind === 'callback') emulator.addFault({ on: 'callback', noCallback: true });
	else if (kind === 'download') emulator.addFault({ on: 'create', lostHost: true });
	else if (kind === 'query' && operation !== 'getTask')
		emulator.addFault({ on: 'create', thenDown: true });
	else if (kind === 'create' && operation === 'edit' && provider === 'evolink')
		emulator.addFault({ on: 'upload', thenDown: true });
	else emulator.goDown();
}

function effectOf(emulator: Emulator, cell: Cell): Omit<EmulatorFault, 'on'> {
	const { fault, kind } = cell;
	switch (fault) {
		case 'cut before acceptance':
			return { reset: 'before' };
		case 'cut after acceptance':
			return { reset: 'after' };
		case 'hang':
			return { hang: kind === 'callback' ? A_MOMENT : FOR_EVER };
		case 'slow':
			return { slow: SLOW };
		case 'truncated':
			return { truncate: true };
		case 'not JSON':
			return { notJson: true };
		case 'JSON of another shape':
			return { body: { result: { note: 'something else' } } };
		case 'early':
			return { earlyCallback: true };
		case 'twice':
			return { duplicateCallback: 1 };
		case 'fails':
			return { failTask: { code: 'service_error', message: 'Internal service error' } };
		case 'is completed without images':
			return { noImages: true };
		default:
			return statusEffect(emulator, cell);
	}
}

function statusEffect(emulator: Emulator, cell: Cell): Omit<EmulatorFault, 'on'> {
	const { fault, kind } = cell;
	const status = statusOf(fault) ?? 500;
	const retryAfter = retryAfterOf(fault);
	const isRedirect = status < 400;
	return {
		status,
		...(retryAfter !== undefined && { retryAfter }),
		...(isRedirect && { location: targetOf(emulator, cell) }),
		// Nobody can know, so the worst is taken: the request was carried out before something on the way said otherwise.
		...(kind === 'create' &&
			(isRedirect || status >= 500 || status === 408 || status === 409) && { accepted: true }),
		...(kind === 'download' && isRedirect && { times: 1 }),
	};
}

/** Where it would do the most harm to follow a redirect: where the request would be carried out once more. */
function targetOf(emulator: Emulator, { kind, provider }: Cell): string {
	if (kind === 'download') return '?moved';
	if (kind === 'upload') return `${emulator.uploadUrl('evolink')}/api/v1/files/upload/base64`;
	if (kind === 'query') return `${emulator.baseUrl(provider)}/v1/credits`;
	return emulator.baseUrl(provider) + fixtureOf(provider).path;
}

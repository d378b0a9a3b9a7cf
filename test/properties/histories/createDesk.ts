import type { IncomingHttpHeaders } from 'node:http';
import { areOfSameItem, wishOf, type Create, type Shown } from './creates';
import { pause } from './readAnswer';
import { PAGE, type Reply } from './reply';
import type { CreateFate } from './scene';
import { API_KEY, bodyThatRepeats } from './secrets';
import type { Answer, Upstream } from './upstream';
import { itemsIn } from './workflow';

/** A request for images, as it arrives. */
interface Arrival {
	path: string;
	body: Buffer;
	headers: IncomingHttpHeaders;
	execution: string;
	isStopped: boolean;
}

/** How much longer a slow task takes, in real milliseconds. */
const SLOWER_MS = 60;

/** Takes requests for images, one at a time, so that each has its own fate. */
export class CreateDesk {
	readonly creates: Create[] = [];
	private last: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly upstream: Upstream,
		private readonly fates: readonly CreateFate[],
		private readonly taskMs: number,
	) {}

	async take(arrival: Arrival, reply: Reply, isStopped: () => boolean): Promise<void> {
		const turn = this.last.then(async () => await this.answer(arrival, reply, isStopped));
		this.last = turn.catch(() => undefined);
		await turn;
	}

	/** Waits until all that has arrived is done. */
	async isIdle(): Promise<void> {
		await this.last;
	}

	private async answer(arrival: Arrival, reply: Reply, isStopped: () => boolean): Promise<void> {
		const fate = this.fates[this.creates.length] ?? { is: 'fine' };
		const body: unknown = JSON.parse(arrival.body.toString());
		const items = itemsIn(body);
		const create: Create = {
			n: this.creates.length + 1,
			execution: arrival.execution,
			items,
			body,
			wish: wishOf(arrival.path, body),
			callbackUrl: String(Object(body).callback_url ?? ''),
			fate: Object.values(fate).join(' '),
			shown: 'unclear',
			isAccepted: false,
			standing: [],
			isForgotten: false,
			isStopped: arrival.isStopped,
		};
		const earlier = this.creates.filter((other) => areOfSameItem(create, other));
		this.creates.push(create);
		create.standing = await this.standing(earlier);
		create.shown = await this.carryOut(fate, create, arrival, reply);
		create.isStopped = isStopped();
		if (reply.isUnheard) create.shown = 'unclear';
	}

	private async standing(earlier: readonly Create[]): Promise<Create[]> {
		const standing: Create[] = [];
		for (const create of earlier) {
			if (create.isAccepted && (await this.upstream.stateOf(create)) !== 'failed')
				standing.push(create);
		}
		return standing;
	}

	private async carryOut(
		fate: CreateFate,
		create: Create,
		arrival: Arrival,
		reply: Reply,
	): Promise<Shown> {
		switch (fate.is) {
			case 'refused':
				return this.refuse(fate.status, 'refused', reply);
			case 'limited':
				return this.refuse(429, 'limited', reply, pause(fate.retryAfter));
			case 'broken':
				if (fate.accepted) await this.forward(fate, create, arrival);
				return this.refuse(
					fate.status,
					'unclear',
					reply,
					fate.status === 302 ? { location: '/elsewhere' } : {},
				);
			case 'cut':
				if (fate.accepted) await this.forward(fate, create, arrival);
				reply.cut();
				return 'unclear';
			case 'echo':
				reply.text(fate.status, bodyThatRepeats(`${API_KEY} ${create.callbackUrl}`, fate.how), {
					'x-request-id': API_KEY,
				});
				return fate.status === 400 || isSynchronous(arrival) ? 'refused' : 'unclear';
			case 'garbage':
				garble(fate.body, await this.forward(fate, create, arrival), reply);
				return 'unclear';
			default:
				return this.passOn(fate, await this.forward(fate, create, arrival), arrival, reply);
		}
	}

	private passOn(
		fate: CreateFate,
		{ status, text, body }: Answer,
		arrival: Arrival,
		reply: Reply,
	): Shown {
		if (fate.is === 'never' && isSynchronous(arrival)) {
			reply.cut();
			return 'unclear';
		}
		const { status: _status, ...rest } = Object(body);
		if (fate.is === 'noStatus' && !isSynchronous(arrival)) reply.json(status, rest);
		else reply.text(status, text);
		return status < 300 ? 'answered' : status < 500 ? 'refused' : 'unclear';
	}

	private refuse(
		status: number,
		shown: Shown,
		reply: Reply,
		headers: Record<string, string> = {},
	): Shown {
		reply.json(status, { error: { code: `http_${status}`, message: 'not now' } }, headers);
		return shown;
	}

	/** Hands the request to the provider, which accepts it or not. */
	private async forward(fate: CreateFate, create: Create, arrival: Arrival): Promise<Answer> {
		const { emulator } = this.upstream;
		emulator.clearFaults();
		emulator.setTaskMs(
			fate.is === 'slow' && !isSynchronous(arrival) ? this.taskMs + SLOWER_MS : this.taskMs,
		);
		if (fate.is === 'taskFails')
			emulator.addFault({ on: 'create', failTask: { code: 'service_error', message: 'no GPU' } });
		if (fate.is === 'never' && !isSynchronous(arrival))
			emulator.addFault({ on: 'create', neverEnds: true });
		const answer = await this.upstream.post(arrival.path, arrival.body, arrival.headers);
		create.isAccepted = answer.status < 300;
		const { id } = Object(answer.body);
		if (typeof id === 'string') create.taskId = id;
		return answer;
	}
}

function isSynchronous({ path }: Arrival): boolean {
	return !path.startsWith('/evolink/');
}

function garble(
	kind: Extract<CreateFate, { is: 'garbage' }>['body'],
	{ text }: Answer,
	reply: Reply,
): void {
	if (kind === 'truncated') reply.half(text);
	else reply.text(200, { html: PAGE, empty: '', list: '[]', otherTask: '{"data":[]}' }[kind]);
}

import { z } from 'zod/v4';
import type { Kind } from './kind';

const ms = z.number().min(0);

const Effect = z.strictObject({
	/** Refused with this status: nothing was accepted, unless `accepted` says so. */
	status: z.int().min(100).max(599).optional(),
	/**
	 * Connection destroyed before the request is looked at, or after it was accepted and charged. A
	 * callback: before it is sent, or before its answer is heard.
	 */
	reset: z.enum(['before', 'after']).optional(),
	/**
	 * Accepted; the answer begins only after so many ms. A callback: the connection is held so
	 * long, and nothing is sent.
	 */
	hang: ms.optional(),
	/**
	 * The answer's length is promised, half of it is sent, then the connection ends. A callback:
	 * its body ends half-way.
	 */
	truncate: z.literal(true).optional(),
	/** Accepted; the answer is an HTML page with status 200. A callback: carries such a page. */
	notJson: z.literal(true).optional(),
	/** The task fails. On a query: the task that is asked for fails now. */
	failTask: z.strictObject({ code: z.string(), message: z.string() }).optional(),
	/** On create: the task has failed before it is answered. */
	bornFailed: z.strictObject({ code: z.string(), message: z.string() }).optional(),
	/** On create: the links of this task are dead. On download: this link is. */
	deadLink: z.literal(true).optional(),
	/** On create: the links of this task lead to a port that nobody listens on. */
	lostHost: z.literal(true).optional(),
	/**
	 * Answered; from then on the server takes no connection, until `comeBack`. In this process
	 * only.
	 */
	thenDown: z.literal(true).optional(),
	/** On create: the task is completed, and has no results. */
	noImages: z.literal(true).optional(),
	/** On create: the task stays in processing. On query: so says this answer. */
	neverEnds: z.literal(true).optional(),
	/** On query: the answer is that there is no such task, although there is. */
	notYet: z.literal(true).optional(),
	/** The callback of this task is lost. */
	noCallback: z.literal(true).optional(),
	/** The callback of this task is sent so many times more than needed. */
	duplicateCallback: z.int().min(1).optional(),
	/** A callback is also sent at once, while the task is pending. */
	earlyCallback: z.literal(true).optional(),
	/** The answer's body trickles for so many ms; a callback is sent so many ms late. */
	slow: ms.optional(),
});

/** An effect with the fields that only change what a status or an answer says. */
const Effects = z.strictObject({
	...Effect.shape,
	/** Header `Retry-After` of a status fault. */
	retryAfter: z.union([z.string(), z.number()]).optional(),
	/** Header `Location` of a status fault. */
	location: z.string().optional(),
	/**
	 * A status fault that lies: the request was acted upon, and charged, before the status was
	 * sent.
	 */
	accepted: z.literal(true).optional(),
	/**
	 * The body of a status fault; alone: accepted, but answered with this body. For a callback:
	 * what it carries.
	 */
	body: z.unknown().optional(),
});

export type Effects = z.infer<typeof Effects>;

const EFFECTS = Object.keys(Effect.shape);

export const Fault = z
	.strictObject({
		on: z.enum(['create', 'query', 'upload', 'download', 'credits', 'models', 'callback']),
		provider: z.string().optional(),
		times: z.int().min(1).optional(),
		after: z.int().min(0).optional(),
		...Effects.shape,
	})
	.refine(
		(fault) => effectsOf(fault).length === 1,
		`a fault needs exactly one of: ${EFFECTS.join(', ')}, body`,
	);

export type Fault = z.infer<typeof Fault>;

/** Only one of these can be an answer; the others can be combined. */
const ANSWERS = ['status', 'reset', 'truncate', 'notJson', 'body'];

interface ActiveFault {
	readonly fault: Fault;
	seen: number;
	fired: number;
}

/**
 * The faults that are switched on. Where two give an answer, the first comes first and the second
 * waits for its turn.
 */
export class Faults {
	private active: ActiveFault[] = [];

	add(fault: Fault): void {
		this.active.push({ fault: Fault.parse(fault), seen: 0, fired: 0 });
	}

	clear(): void {
		this.active = [];
	}

	/**
	 * What the active faults do to this request. Called once for each request, because each call
	 * counts.
	 */
	match(on: Kind, provider: string): Effects {
		const taken = new Set<string>();
		let effects: Effects = {};
		for (const active of this.active) {
			const { fault } = active;
			if (fault.on !== on || (fault.provider !== undefined && fault.provider !== provider))
				continue;
			active.seen += 1;
			const slot = slotOf(fault);
			if (
				active.seen <= (fault.after ?? 0) ||
				active.fired >= (fault.times ?? Infinity) ||
				taken.has(slot)
			)
				continue;
			active.fired += 1;
			taken.add(slot);
			const { on: _on, provider: _provider, times: _times, after: _after, ...own } = fault;
			effects = { ...effects, ...own };
		}
		return effects;
	}
}

function effectsOf(fault: Record<string, unknown>): string[] {
	const found = EFFECTS.filter((name) => fault[name] !== undefined);
	return found.length === 0 && fault.body !== undefined ? ['body'] : found;
}

function slotOf(fault: Fault): string {
	const effect = effectsOf(fault)[0] ?? 'body';
	return ANSWERS.includes(effect) ? 'answer' : effect;
}

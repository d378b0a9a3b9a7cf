import { PAGE, type Reply } from './reply';
import type { ReadFate } from './scene';
import { bodyThatRepeats } from './secrets';
import type { Answer } from './upstream';

/** Answers a reading of a task as its fate wants it. */
export function readAnswer(
	fate: ReadFate,
	{ status, text, body }: Answer,
	secrets: string,
	reply: Reply,
): void {
	switch (fate.is) {
		case 'cut':
			return reply.cut();
		case 'html':
			return reply.text(200, PAGE);
		case 'truncated':
			return reply.half(text);
		case 'noResults':
			return reply.json(status, { ...Object(body), results: [] });
		case 'strangeStatus':
			return reply.json(status, { ...Object(body), status: 'meditating' });
		case 'status':
			return reply.json(
				fate.status,
				{ error: { code: `http_${fate.status}`, message: 'no' } },
				pause(fate.retryAfter),
			);
		case 'echo':
			return reply.text(403, bodyThatRepeats(secrets, fate.how));
		default:
			return reply.text(status, text);
	}
}

export function pause(retryAfter: number | undefined): Record<string, string> {
	return retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
}

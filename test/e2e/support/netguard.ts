import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod/v4';

const attemptSchema = z.object({
	kind: z.enum(['connection', 'dns', 'datagram']),
	target: z.string(),
	pid: z.number(),
	at: z.array(z.string()),
});

/** Something that tried to leave the machine and was refused; `at` says from where in the code. */
export type OutgoingAttempt = z.infer<typeof attemptSchema>;

/** What the netguard of an n8n has written down so far. */
export function readAttempts(logFile: string): OutgoingAttempt[] {
	if (!existsSync(logFile)) return [];
	const lines = readFileSync(logFile, 'utf8')
		.split('\n')
		.filter((line) => line !== '');
	return lines.map((line) => attemptSchema.parse(JSON.parse(line)));
}

import { PROVIDERS, type Provider } from './providers';
import type { TaskWithId } from './task';

/**
 * The task that a callback reports, whether or not its ID can be one of the provider's; undefined
 * for a body that is not the report of a task. `scope`: what the callback URL says of its ID.
 */
export function parseCallback(
	provider: Provider,
	body: unknown,
	scope: string | undefined,
): TaskWithId | undefined {
	return provider.tasks?.parseReport(body, scope);
}

/** The ID of the task that a callback reports, where it is not known which provider calls. */
export function reportedTaskId(body: unknown, scope: string | undefined): string | undefined {
	for (const provider of PROVIDERS) {
		const reported = parseCallback(provider, body, scope);
		if (reported) return reported.id;
	}
	return undefined;
}

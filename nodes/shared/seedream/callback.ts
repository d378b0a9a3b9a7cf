import { z } from 'zod/v4';
import { once } from './once';
import { PROVIDERS, type Provider } from './providers';
import type { TaskWithId } from './task';

/** A report says which task and how it stands; an answer to a request may say less. */
const reportSchema = once(() => z.looseObject({ id: z.string(), status: z.string() }));

/**
 * The task that a callback reports, whether or not its ID can be one of the provider's; undefined
 * for a body that is not the report of a task.
 */
export function parseCallback(provider: Provider, body: unknown): TaskWithId | undefined {
	return reportSchema().safeParse(body).success ? taskIn(provider, body) : undefined;
}

/** The ID of the task that a body seems to be about: no more than a hint, for which any task will do. */
export function hintedTaskId(provider: Provider, body: unknown): string | undefined {
	return taskIn(provider, body)?.id;
}

function taskIn(provider: Provider, body: unknown): TaskWithId | undefined {
	const task = provider.tasks?.parseResponse({ status: 200, headers: {}, body, text: '' });
	if (!task?.ok || task.value.id === undefined) return undefined;
	return { ...task.value, id: task.value.id };
}

/** The ID of the task that a callback reports, where it is not known which provider calls. */
export function reportedTaskId(body: unknown): string | undefined {
	for (const provider of PROVIDERS) {
		const reported = parseCallback(provider, body);
		if (reported) return reported.id;
	}
	return undefined;
}

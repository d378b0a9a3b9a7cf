import { z } from 'zod/v4';
import type { Provider } from './providers/provider';
import type { ImageTask } from './task';

/** A report says which task and how it stands; an answer to a request may say less. */
const reportSchema = z.looseObject({ id: z.string(), status: z.string() });

/**
 * The task that a callback reports, whether or not its ID can be one of the provider's; undefined
 * for a body that is not the report of a task.
 */
export function readCallback(
	provider: Provider,
	body: unknown,
): (ImageTask & { id: string }) | undefined {
	if (!provider.tasks || !reportSchema.safeParse(body).success) return undefined;
	const answer = { status: 200, headers: {}, body, text: '' };
	const task = provider.tasks.read(answer);
	if (!task.ok || task.value.id === undefined) return undefined;
	return { ...task.value, id: task.value.id };
}

import type { Provider } from './providers/provider';
import type { ImageTask } from './task';

/**
 * The task that a callback reports, whether or not its ID can be one of the provider's; undefined
 * for a body that is not the report of a task.
 */
export function readCallback(
	provider: Provider,
	body: unknown,
): (ImageTask & { id: string }) | undefined {
	if (!provider.tasks) return undefined;
	const answer = { status: 200, headers: {}, body, text: '' };
	const task = provider.tasks.read(answer);
	if (!task.ok || task.value.id === undefined) return undefined;
	return { ...task.value, id: task.value.id };
}

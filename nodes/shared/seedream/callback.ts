import type { Provider } from './providers/provider';
import type { ImageTask } from './task';

/** The task that a callback reports; undefined for a body that is not the report of a task. */
export function readCallback(
	provider: Provider,
	body: unknown,
): (ImageTask & { id: string }) | undefined {
	if (!provider.tasks) return undefined;
	const answer = { status: 200, headers: {}, body, text: '' };
	const task = provider.tasks.read(answer);
	if (!task.ok || task.value.id === undefined) return undefined;
	const { id } = task.value;
	return provider.tasks.idProblem(id) === undefined ? { ...task.value, id } : undefined;
}

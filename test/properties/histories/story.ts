import type { History } from './history';
import { seen } from './history';

/** A history for people: how it began, what was done, what was sent, what came out, and which promise that breaks. */
export function tell(history: History, broken: readonly string[]): string {
	const { scene, creates, parts, story, failed } = history;
	return [
		'Broken:',
		...broken.map((text) => `  ${text}`),
		`Setup: ${JSON.stringify(scene.setup)}, ${scene.items} items`,
		'What happened:',
		...story.map((text) => `  ${text}`),
		'Requests for images:',
		...creates.map((create) => {
			const { n, execution, items, fate, shown, isAccepted, taskId = '', standing } = create;
			const truth = isAccepted
				? failed.has(taskId)
					? 'accepted, refunded'
					: 'accepted'
				: 'not accepted';
			const over =
				standing.length > 0 ? `, on top of ${standing.map((other) => `#${other.n}`).join()}` : '';
			return `  #${n} in ${execution} for item ${items.join('+')}: ${fate} -> ${shown}; ${truth} ${taskId}${over} ${create.wish.slice(0, 160)}`;
		}),
		'What came out:',
		...parts.map(
			(part) =>
				`  ${part.how} ${part.execution} (${part.result.status}): ${seen(part).slice(0, 1500)}`,
		),
	].join('\n');
}

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toText } from '../text';

/** More than these would hide the output. */
const MAX_HINTS = 10;

/** Shows the warnings of the items in the editor's output panel too, each once. */
export function showWarnings(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): void {
	const warnings = items.flatMap(({ json }) =>
		Array.isArray(json.warnings) ? json.warnings.map(toText) : [],
	);
	const messages = [...new Set(warnings)];
	const left = messages.length - MAX_HINTS;
	const shown = messages.slice(0, MAX_HINTS);
	if (left > 0) shown.push(`${left} more: see the field "warnings" of the items.`);
	context.addExecutionHints(
		...shown.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const),
	);
}

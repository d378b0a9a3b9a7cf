import type { IExecuteFunctions } from 'n8n-workflow';
import { toText } from './text';

type Expressions = Pick<IExecuteFunctions, 'evaluateExpression'>;

/** How often the node has run before in this execution; above 0 in a loop. */
export function currentRun(context: Expressions): number {
	return Number(context.evaluateExpression('{{ $runIndex }}', 0));
}

/** The URL that resumes this execution when it waits, with n8n's own signature where it has one. */
export function resumeUrlOf(context: Expressions): URL {
	return new URL(toText(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
}

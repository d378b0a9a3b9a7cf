import type { IExecuteFunctions } from 'n8n-workflow';
import { toText } from '../../shared/n8n/text';

type Expressions = Pick<IExecuteFunctions, 'evaluateExpression'>;

/** How often the node has run before in this execution; above 0 in a loop. */
export function currentRun(context: Expressions): number {
	return Number(context.evaluateExpression('{{ $runIndex }}', 0));
}

/** The URL that resumes this execution when it waits, with n8n's own signature where it has one. */
export function resumeUrlOf(context: Expressions): URL {
	return new URL(toText(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
}

/**
 * Whether the node runs as a tool of an AI agent. Agents of version 1 and 2 call it themselves;
 * for those of version 3 the engine runs it, as a node whose type ends in "Tool".
 */
export function isTool(context: Pick<IExecuteFunctions, 'isToolExecution' | 'getNode'>): boolean {
	return context.isToolExecution() || context.getNode().type.endsWith('Tool');
}

/** How often n8n runs the node at most before it takes a failure for final (n8n-core 2.41, workflow-execute.js, getRetryParams). */
export function mostTries(context: Pick<IExecuteFunctions, 'getNode'>): number {
	const { retryOnFail, maxTries } = context.getNode();
	return retryOnFail === true ? Math.min(5, Math.max(2, maxTries || 3)) : 1;
}

import type { IExecuteFunctions } from 'n8n-workflow';
import { toText } from '../../shared/n8n/text';

type Expressions = Pick<IExecuteFunctions, 'evaluateExpression'>;

/** How often the node has run before in this execution; above 0 in a loop. */
export function getRunIndex(context: Expressions): number {
	return Number(context.evaluateExpression('{{ $runIndex }}', 0));
}

/** The URL that resumes this execution when it waits, with n8n's own signature where it has one. */
export function getResumeUrl(context: Expressions): URL {
	return new URL(toText(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
}

/** How often n8n runs the node at most before it takes a failure for final (n8n-core 2.41, workflow-execute.js, getRetryParams). */
export function maxTries(context: Pick<IExecuteFunctions, 'getNode'>): number {
	const node = context.getNode();
	return node.retryOnFail === true ? Math.min(5, Math.max(2, node.maxTries || 3)) : 1;
}

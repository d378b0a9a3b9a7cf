import type { IExecuteFunctions } from 'n8n-workflow';
import { toText } from '../../shared/n8n/text';
import { propertyOf } from '../../shared/seedream/objects';

/** What expressions can see, read without one: an expression takes n8n's engine for them. */
type Data = Pick<IExecuteFunctions, 'getWorkflowDataProxy'>;

/** How often the node has run before in this execution; above 0 in a loop. */
export function getRunIndex(context: Data): number {
	return Number(context.getWorkflowDataProxy(0).$runIndex);
}

/** The URL that resumes this execution when it waits, with n8n's own signature where it has one. */
export function getResumeUrl(context: Data): URL {
	return new URL(toText(propertyOf(context.getWorkflowDataProxy(0).$execution, 'resumeUrl')));
}

/** How often n8n runs the node at most before it takes a failure for final (n8n-core 2.41, workflow-execute.js, getRetryParams). */
export function maxTries(context: Pick<IExecuteFunctions, 'getNode'>): number {
	const node = context.getNode();
	return node.retryOnFail === true ? Math.min(5, Math.max(2, node.maxTries || 3)) : 1;
}

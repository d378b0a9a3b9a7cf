import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { triggerOf, type Example } from '../examples';
import type { Stage } from '../stage';
import { runOf, type Execution, type Item } from '../support/execution';
import type { Check } from './check';

/** An example that was run as it is, and what came of it. */
export interface ExampleRun {
	readonly stage: Stage;
	readonly example: Example;
	readonly execution: Execution;
}

/** What one example has that others have not. */
export interface Particulars {
	/** What has to be there before the first run. */
	readonly prepare?: (stage: Stage) => void | Promise<void>;
	/** Why it cannot run on this machine. */
	readonly unavailable?: Check['unavailable'];
	/** Nodes of a branch that this run does not take; `prove` takes it. */
	readonly notTaken?: readonly string[];
	/** Throws where the example does not do what it says; gives the figures that were measured. */
	readonly prove: (run: ExampleRun) => Promise<string>;
}

/** Imports an example and runs it. Its credentials are found by their name, as n8n does at an import. */
export async function runExample({ rest }: Stage, example: Example): Promise<Execution> {
	const { name, nodes, connections, settings } = example;
	const workflow = await rest.createWorkflow({ name, nodes, connections, settings });
	return await rest.runManually(workflow, { trigger: triggerOf(example) });
}

/** The example with these parameters in one of its nodes. */
export function changed(
	example: Example,
	node: string,
	parameters: Record<string, unknown>,
): Example {
	assert.ok(
		example.nodes.some(({ name }) => name === node),
		`there is no node "${node}"`,
	);
	const nodes = example.nodes.map((each) =>
		each.name === node ? { ...each, parameters: { ...each.parameters, ...parameters } } : each,
	);
	return { ...example, nodes };
}

/** Holds that every node ran, except those of a branch that is not taken. */
export function assertRan(
	{ nodes }: Example,
	execution: Execution,
	notTaken: readonly string[] = [],
): void {
	for (const { name, type } of nodes) {
		if (type === 'n8n-nodes-base.stickyNote') continue;
		assert.equal(
			hasRun(execution, name),
			!notTaken.includes(name),
			`whether the node "${name}" ran`,
		);
	}
}

export function hasRun(execution: Execution, node: string): boolean {
	return runOf(execution, node) !== undefined;
}

/** The file that an item has in its binary field `data`. */
export async function fileOf({ rest }: Stage, item: Item | undefined): Promise<Buffer> {
	const binary = item?.binary?.['data'];
	assert.ok(binary, 'a file was lost on the way');
	return await rest.download(binary);
}

const orderSchema = z.looseObject({
	prompt: z.string(),
	size: z.string(),
	n: z.number(),
	image_urls: z.array(z.string()).default([]),
});

/** What was ordered at EvoLink, as it came over the wire. */
export function ordersOf({ emulator }: Stage): Array<z.infer<typeof orderSchema>> {
	return emulator.requestsOf('create').map(({ body }) => orderSchema.parse(body));
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { repositoryRoot } from '../../scripts/paths';
import type { Credential } from './support/rest';
import type { WorkflowDefinition } from './support/workflow';

const folder = join(repositoryRoot, 'examples');

const nodeSchema = z.looseObject({
	id: z.uuid(),
	name: z.string(),
	type: z.string(),
	typeVersion: z.number(),
	position: z.tuple([z.number(), z.number()]),
	parameters: z.record(z.string(), z.unknown()),
	credentials: z.record(z.string(), z.object({ id: z.null(), name: z.string() })).optional(),
});

const exampleSchema = z.looseObject({
	name: z.string(),
	nodes: z.array(nodeSchema),
	connections: z.record(
		z.string(),
		z.record(
			z.string(),
			z.array(
				z.array(z.object({ node: z.string(), type: z.string(), index: z.number() })).nullable(),
			),
		),
	),
	active: z.literal(false),
	pinData: z.strictObject({}),
	settings: z.record(z.string(), z.unknown()),
});

export type Example = z.infer<typeof exampleSchema>;

/** The files of `examples/`. */
export function exampleFiles(): string[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort();
}

/** A workflow of `examples/`, as it is. */
export function readExample(file: string): Example {
	return exampleSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** What stands on the canvas beside the nodes. */
export function noteOf({ nodes }: Example): string {
	const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	return notes.map(({ parameters }) => String(parameters['content'])).join('\n\n');
}

/** The workflow with its nodes on these credentials, as a user chooses them after the import; nodes with others stay as they are. */
export function withCredential(
	{ name, nodes, connections, settings }: WorkflowDefinition,
	{ type, ...credential }: Credential,
): WorkflowDefinition {
	const chosen = { [type]: { id: credential.id, name: credential.name } };
	return {
		name,
		nodes: nodes.map((node) =>
			node.credentials?.[type] === undefined ? node : { ...node, credentials: chosen },
		),
		connections,
		settings,
	};
}

/** The name of the trigger that the editor's Execute button starts. */
export function triggerOf({ name, nodes }: WorkflowDefinition): string {
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (trigger === undefined) throw new Error(`The workflow "${name}" has no manual trigger.`);
	return trigger.name;
}

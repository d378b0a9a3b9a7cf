import { rows } from '../e2e/scenario';
import type { Stage } from '../e2e/stage';
import {
	chain,
	manualTrigger,
	type Connections,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../e2e/support/workflow';

/** What people build without this package: POST, Wait, GET, IF and back, Split Out, download. */
export interface HandMade {
	stage: Stage;
	table: ReadonlyArray<Record<string, unknown>>;
	waitSeconds: number;
	key: string;
}

/** All items go round together; those that are done leave the circle. */
export function allTogether(job: HandMade): WorkflowDefinition {
	const definition = chain('By hand, all together', [
		manualTrigger,
		...rows(job.table),
		...steps(job),
	]);
	return withLinks(definition, { 'Done?': [['Images'], ['Wait']] });
}

/** The usual way: Loop Over Items takes one after the other. */
export function oneByOne(job: HandMade): WorkflowDefinition {
	const loop: WorkflowNode = {
		name: 'Loop',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize: 1, options: {} },
	};
	const definition = chain('By hand, one by one', [
		manualTrigger,
		...rows(job.table),
		loop,
		...steps(job),
	]);
	return withLinks(definition, {
		Loop: [[], ['Create']],
		'Done?': [['Images'], ['Wait']],
		Download: [['Loop']],
	});
}

/** The header with the key, as an HTTP Request node is told to send it. */
export function authorization(key: string): Record<string, unknown> {
	return {
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${key}` }] },
	};
}

/** An HTTP Request node that posts JSON; the body is an expression. */
export function post(
	name: string,
	url: string,
	key: string,
	body: string,
	options: Record<string, unknown> = {},
): WorkflowNode {
	const json = { sendBody: true, specifyBody: 'json', jsonBody: body };
	return http(name, { method: 'POST', url, ...json, ...authorization(key), options });
}

/** Makes a task at EvoLink for each item, with its prompt. */
export function create(baseUrl: string, key: string): WorkflowNode {
	return post(
		'Create',
		`${baseUrl}/v1/images/generations`,
		key,
		`={{ JSON.stringify({ model: 'doubao-seedream-4.0', prompt: $json.prompt, size: '1:1', quality: '1K' }) }}`,
	);
}

/** Fetches the file whose URL the item has. */
export const download = http('Download', {
	url: '={{ $json.url }}',
	options: { response: { response: { responseFormat: 'file' } } },
});

function steps({ stage, waitSeconds, key }: HandMade): WorkflowNode[] {
	return [
		create(stage.emulator.baseUrl('evolink'), key),
		{
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { amount: waitSeconds },
		},
		http('Query', {
			url: `=${stage.emulator.baseUrl('evolink')}/v1/tasks/{{ $json.id }}`,
			...authorization(key),
			options: {},
		}),
		{
			name: 'Done?',
			type: 'n8n-nodes-base.if',
			typeVersion: 2.2,
			parameters: { conditions: isCompleted, options: {} },
		},
		splitOut('Images', 'results'),
		download,
	];
}

/** An item with a `url` for each link in a list. */
export function splitOut(name: string, field: string): WorkflowNode {
	return {
		name,
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: field, options: { destinationFieldName: 'url' } },
	};
}

const isCompleted = {
	options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
	conditions: [
		{
			id: '5d1c1ad0-0d52-4b0e-9d5b-3d8a7c1e2f10',
			leftValue: '={{ $json.status }}',
			rightValue: 'completed',
			operator: { type: 'string', operation: 'equals' },
		},
	],
	combinator: 'and',
};

function http(name: string, parameters: Record<string, unknown>): WorkflowNode {
	return { name, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters };
}

/** Replaces the links of some nodes: for each output, the nodes that it leads to. */
function withLinks(
	definition: WorkflowDefinition,
	links: Readonly<Record<string, readonly string[][]>>,
): WorkflowDefinition {
	const replaced: Connections = Object.fromEntries(
		Object.entries(links).map(([from, outputs]) => [
			from,
			{ main: outputs.map((targets) => targets.map((node) => ({ node, type: 'main', index: 0 }))) },
		]),
	);
	return { ...definition, connections: { ...definition.connections, ...replaced } };
}

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

function steps({ stage, waitSeconds, key }: HandMade): WorkflowNode[] {
	const base = stage.emulator.baseUrl('evolink');
	const authorization = {
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${key}` }] },
	};
	const body = `={{ JSON.stringify({ model: 'doubao-seedream-4.0', prompt: $json.prompt, size: '1:1', quality: '1K' }) }}`;
	const create = {
		method: 'POST',
		url: `${base}/v1/images/generations`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: body,
	};
	return [
		http('Create', { ...create, ...authorization, options: {} }),
		{
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { amount: waitSeconds },
		},
		http('Query', { url: `=${base}/v1/tasks/{{ $json.id }}`, ...authorization, options: {} }),
		{
			name: 'Done?',
			type: 'n8n-nodes-base.if',
			typeVersion: 2.2,
			parameters: { conditions: isCompleted, options: {} },
		},
		{
			name: 'Images',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'results', options: { destinationFieldName: 'url' } },
		},
		http('Download', {
			url: '={{ $json.url }}',
			options: { response: { response: { responseFormat: 'file' } } },
		}),
	];
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

import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeType,
} from 'n8n-workflow';
import { SeedreamApi } from '../../../credentials/SeedreamApi.credentials';
import { propertyOf } from '../../../nodes/shared/seedream/objects';
import { endType, passThrough } from '../support';
import { createAdditionalData } from '../support/additionalData';
import { createExecution } from '../support/executions';
import { NodeTypeList } from '../support/nodeTypes';

const TYPE = 'seedreamApi';
const NODE: INode = {
	id: 'temp',
	name: 'Temp-Node',
	type: endType,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const credentialType = new SeedreamApi();

/** The node that n8n makes for the Test button: a single hidden parameter, routed to the credential type's own test request. */
function testNode(): INodeType {
	const { description } = passThrough('noOp');
	return {
		description: {
			...description,
			credentials: [{ name: TYPE, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: credentialType.test.request },
				},
			],
		},
	};
}

/** A workflow of that node alone, with the credentials as n8n hands them out: with their defaults. */
async function prepare(values: ICredentialDataDecryptedObject) {
	const nodeTypes = { [endType]: testNode() };
	const execution = createExecution(
		{
			workflow: { nodes: [NODE], connections: {} },
			nodeTypes,
			credentials: { [TYPE]: values },
			credentialTypes: [credentialType],
		},
		'internal',
	);
	const additionalData = createAdditionalData(execution);
	const workflow = new Workflow({
		nodes: [NODE],
		connections: {},
		active: false,
		nodeTypes: new NodeTypeList(nodeTypes),
	});
	const details = { id: null, name: TYPE };
	const data = await additionalData.credentialsHelper.getDecrypted(
		additionalData,
		details,
		TYPE,
		'internal',
	);
	return { workflow, additionalData, data };
}

/**
 * What the Test button does (n8n's credentials tester): the test request goes through n8n's own routing node, which evaluates its
 * expressions, authenticates it as the class says, and rejects for an answer that is not 2xx; then the class's rules are held
 * against the body.
 */
export async function testCredentials(values: ICredentialDataDecryptedObject): Promise<void> {
	const { workflow, additionalData, data } = await prepare(values);
	const context = new ExecuteContext(
		workflow,
		NODE,
		additionalData,
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ [NodeConnectionTypes.Main]: [[{ json: {} }]] },
		{ node: NODE, data: {}, source: null },
		[],
	);
	const output = await new RoutingNode(context, testNode(), {
		id: '1',
		name: 'Seedream',
		type: TYPE,
		data,
	}).runNode();
	const answer: unknown = output?.[0]?.[0]?.json;
	for (const { type, properties } of credentialType.test.rules ?? []) {
		const isRefused =
			type === 'responseSuccessBody' && propertyOf(answer, properties.key) === properties.value;
		if (isRefused) throw new Error(properties.message);
	}
}

/** Where the test request would go, evaluated by n8n's expressions; nothing is sent. */
export async function testAddress(
	values: ICredentialDataDecryptedObject,
): Promise<{ baseURL: unknown; url: unknown }> {
	const { workflow, data } = await prepare(values);
	const evaluate = (expression: string | undefined): unknown =>
		workflow.expression.getSimpleParameterValue(NODE, expression, 'internal', {
			$credentials: data,
		});
	const { baseURL, url } = credentialType.test.request;
	return { baseURL: evaluate(baseURL), url: evaluate(url) };
}

import {
	NodeHelpers,
	type INode,
	type INodeIssues,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';

/** A parameter as the editor's panel shows it. */
export interface ShownParameter {
	name: string;
	displayName: string;
	type: INodeProperties['type'];
	hint?: string;
	/** Choices of a list: their values. Fields of a collection: their names. */
	options?: Array<string | number | boolean>;
}

/** Every parameter of the node with its value, as the engine sees it: defaults filled in, hidden ones left out. */
export function resolvedParameters(
	nodeType: INodeType,
	parameters: INodeParameters,
): INodeParameters {
	const { description } = nodeType;
	const node = nodeWith(nodeType, parameters);
	return (
		NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			true,
			false,
			node,
			description,
		) ?? {}
	);
}

/** What the editor marks red and what keeps n8n from starting the workflow; `null` if all is well. */
export function parameterIssues(
	nodeType: INodeType,
	parameters: INodeParameters,
): INodeIssues | null {
	const { description } = nodeType;
	const node = nodeWith(nodeType, resolvedParameters(nodeType, parameters));
	return NodeHelpers.getNodeParametersIssues(description.properties, node, description);
}

/** The parameters that the editor shows for these values, in order, with their choices as shown. */
export function displayedParameters(
	nodeType: INodeType,
	parameters: INodeParameters,
): ShownParameter[] {
	const { description } = nodeType;
	const values = resolvedParameters(nodeType, parameters);
	const node = nodeWith(nodeType, values);
	const isShown = (
		property: INodeProperties | INodePropertyOptions,
		own: INodeParameters = values,
	): boolean => NodeHelpers.displayParameter(own, property, node, description, values);

	return description.properties
		.filter((property) => property.type !== 'hidden' && isShown(property))
		.map(({ name, displayName, type, hint, options }) => {
			// A field inside a collection has the collection's own values as neighbours.
			const own = type === 'collection' ? asParameters(values[name]) : values;
			const visible = options?.filter((option) => isGroup(option) || isShown(option, own));
			return {
				name,
				displayName,
				type,
				...(hint !== undefined && { hint }),
				...(visible && { options: visible.map(optionKey) }),
			};
		});
}

/** The fields of a collection that the editor offers for these values. */
export function offeredFields(
	nodeType: INodeType,
	collection: string,
	parameters: INodeParameters,
): INodeProperties[] {
	const { description } = nodeType;
	const values = resolvedParameters(nodeType, parameters);
	const node = nodeWith(nodeType, values);
	const { options = [] } = description.properties.find(({ name }) => name === collection) ?? {};
	return options
		.filter((option) => 'type' in option)
		.filter((field) => NodeHelpers.displayParameter({}, field, node, description, values));
}

function isGroup(
	option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
): option is INodePropertyCollection {
	return 'values' in option;
}

function optionKey(option: INodePropertyOptions | INodeProperties | INodePropertyCollection) {
	return 'value' in option ? option.value : option.name;
}

// A collection's value is an object of parameters; the type of all values allows far more.
function asParameters(value: INodeParameters[string]): INodeParameters {
	return value instanceof Object && !Array.isArray(value) ? ({ ...value } as INodeParameters) : {};
}

function nodeWith({ description }: INodeType, parameters: INodeParameters): INode {
	const { version, defaultVersion, name } = description;
	const newest = Array.isArray(version) ? Math.max(...version) : version;
	return {
		id: 'node',
		name,
		type: name,
		typeVersion: defaultVersion ?? newest,
		position: [0, 0],
		parameters,
	};
}

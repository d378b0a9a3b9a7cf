import { randomUUID } from 'node:crypto';
import {
	deepCopy,
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type INodeTypes,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

/** Decrypted credentials by the name of their type. */
export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

const ids = new WeakMap<ICredentialDataDecryptedObject, string>();

/** The ID that n8n gave these credentials when they were made: it stays when they are changed. */
function idOf(values: ICredentialDataDecryptedObject): string {
	const id = ids.get(values) ?? randomUUID();
	ids.set(values, id);
	return id;
}

/** Connects the credentials with every node that can use them and that has none of its own, as a user picks them in the editor. */
export function attachCredentials(
	nodes: INode[],
	values: CredentialValues,
	nodeTypes: INodeTypes,
): void {
	for (const node of nodes) {
		const usable =
			nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description.credentials ?? [];
		for (const { name } of usable) {
			const own = values[name];
			if (own) node.credentials = { [name]: { id: idOf(own), name }, ...node.credentials };
		}
	}
}

/** Credentials from memory, with the real credential classes: their defaults, their display rules and their `authenticate`. */
export class CredentialStore extends ICredentialsHelper {
	constructor(
		private readonly values: CredentialValues,
		private readonly types: ICredentialType[],
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeOf(type)?.properties ?? [];
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const values = this.values[type];
		if (!values) throw new Error(`The run has no credentials of type "${type}"`);
		const properties = this.typeOf(type)?.properties;
		return properties ? withDefaults(properties, deepCopy(values)) : deepCopy(values);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const options: IHttpRequestOptions = { url: '', ...requestOptions };
		const authenticate = this.typeOf(typeName)?.authenticate;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate?.type !== 'generic') return options;
		const resolve = (value: string) =>
			String(
				workflow.expression.getSimpleParameterValue(
					node,
					value,
					'internal',
					{ $credentials: credentials },
					undefined,
					'',
				) ?? '',
			);
		for (const [section, values] of Object.entries(authenticate.properties)) {
			const before: unknown = Reflect.get(options, section);
			const resolved = Object.entries(values).map(([key, value]) => [
				resolve(key),
				resolve(String(value)),
			]);
			Object.assign(options, {
				[section]: { ...(before instanceof Object ? before : {}), ...Object.fromEntries(resolved) },
			});
		}
		return options;
	}

	// None of the package's credential types has an expiring token, which is all that these are for.
	async preAuthentication(): Promise<undefined> {}
	async runPreAuthentication(): Promise<undefined> {}
	async updateCredentials(): Promise<void> {}
	async updateCredentialsOauthTokenData(): Promise<void> {}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Encrypted credentials do not exist in the harness');
	}

	private typeOf(name: string): ICredentialType | undefined {
		return this.types.find((type) => type.name === name);
	}
}

/**
 * As n8n does it: what the class does not declare, or does not show with these values, is not there; the rest gets its default. The
 * two types differ in name only here, and n8n casts between them in the same place.
 */
function withDefaults(
	properties: INodeProperties[],
	values: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	const filled = NodeHelpers.getNodeParameters(
		properties,
		values as INodeParameters,
		true,
		false,
		null,
		null,
	);
	return filled as ICredentialDataDecryptedObject;
}

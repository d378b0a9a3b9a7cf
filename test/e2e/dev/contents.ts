import { z } from 'zod/v4';
import { PROVIDERS } from '../../../nodes/shared/seedream/providers';
import type { Emulator } from '../../emulator';
import { exampleFiles, readExample } from '../examples';
import { credentialData, GOOD_KEY } from '../stage';
import type { RestClient } from '../support/rest';

const TYPE = 'seedreamApi';

/** The accounts that examples name. Of a workflow with two of them, they are at two providers. */
const ACCOUNTS_OF_EXAMPLES: Readonly<Record<string, string>> = {
	'Seedream account': 'evolink',
	'Seedream account (BytePlus)': 'byteplus',
	'Seedream account of another provider': 'fal',
};

const namedSchema = z.array(z.looseObject({ id: z.string(), name: z.string() }));
const anything = z.unknown();

/** What is in n8n already, by name. */
async function idsByName({ session }: RestClient, path: string): Promise<Map<string, string>> {
	const present = await session.data(namedSchema, 'GET', path);
	return new Map(present.map(({ id, name }) => [name, id]));
}

/**
 * Puts a credential for each provider of the emulator, and those that the examples name, as they are to be. What a user has
 * made under another name stays.
 */
export async function putCredentials(rest: RestClient, emulator: Emulator): Promise<string[]> {
	const present = await idsByName(rest, '/rest/credentials');
	const wanted: Array<[name: string, provider: string]> = [
		...PROVIDERS.map(({ id, name, label = name }): [string, string] => [`Seedream: ${label}`, id]),
		...Object.entries(ACCOUNTS_OF_EXAMPLES),
	];
	for (const [name, provider] of wanted) {
		const data = credentialData(emulator, GOOD_KEY, provider);
		const id = present.get(name);
		if (id === undefined) await rest.createCredential(name, TYPE, data);
		else
			await rest.session.data(anything, 'PATCH', `/rest/credentials/${id}`, {
				name,
				type: TYPE,
				data,
			});
	}
	return wanted.map(([name]) => name);
}

/**
 * Puts every workflow of `examples/` as it is in its file. n8n finds the credentials by their names; those of other types
 * stay unset until somebody chooses some.
 */
export async function putExamples(rest: RestClient): Promise<string[]> {
	const onlyThese = encodeURIComponent(JSON.stringify({ isArchived: false }));
	const present = await idsByName(rest, `/rest/workflows?filter=${onlyThese}`);
	const examples = exampleFiles().map(readExample);
	for (const { name, nodes, connections, settings } of examples) {
		const definition = { name, nodes, connections, settings };
		const id = present.get(name);
		if (id === undefined) await rest.createWorkflow(definition);
		else await rest.session.data(anything, 'PATCH', `/rest/workflows/${id}`, definition);
	}
	return examples.map(({ name }) => name);
}

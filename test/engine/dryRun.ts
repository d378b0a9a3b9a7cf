import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { expect } from 'vitest';
import { z } from 'zod/v4';
import type { Emulator, Provider } from '../emulator';
import { NODE, runSeedream, type SeedreamRun } from './seedream';
import type { RunResult } from './support';

/** Credentials for a public API that does not exist: whatever were sent there would fail, with another message. */
export function publicApi(
	provider: Provider = 'evolink',
	apiKey = 'test-key',
): ICredentialDataDecryptedObject {
	return {
		provider,
		apiKey,
		baseUrl: 'https://api.example.invalid',
		uploadBaseUrl: 'https://files.example.invalid',
	};
}

/** Runs with Validate Only. However it ends, nothing was sent. */
export async function dryRun(
	emulator: Emulator,
	parameters: INodeParameters,
	run: SeedreamRun = {},
): Promise<RunResult> {
	const before = emulator.requests.length;
	const options = { ...run.options, validateOnly: true };
	const result = await runSeedream(emulator, parameters, { ...run, options });
	expect(emulator.requests.slice(before)).toEqual([]);
	return result;
}

const plannedSchema = z.strictObject({
	status: z.literal('validated'),
	provider: z.string(),
	model: z.string(),
	requestedCount: z.number(),
	request: z.strictObject({
		method: z.literal('POST'),
		url: z.string(),
		body: z.record(z.string(), z.unknown()),
	}),
	warnings: z.array(z.string()),
});

/** A request as it would be sent: all that such an item says, and no more. */
export type Planned = z.infer<typeof plannedSchema>;

/** The requests that would be sent, in order. Fails where an item is something else. */
export function plannedIn(result: RunResult): Planned[] {
	expect(result.error?.message).toBeUndefined();
	return result.items(NODE).map(({ json }) => plannedSchema.parse(json));
}

/** What would be warned of at a public API, for one request. */
export async function warningsOf(
	emulator: Emulator,
	parameters: INodeParameters,
	run: SeedreamRun = {},
): Promise<string[]> {
	const { provider } = run;
	const [planned] = plannedIn(
		await dryRun(emulator, parameters, { credentials: publicApi(provider), ...run }),
	);
	return planned?.warnings ?? [];
}

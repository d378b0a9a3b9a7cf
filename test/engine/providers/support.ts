import type { INodeParameters } from 'n8n-workflow';
import { expect } from 'vitest';
import { z } from 'zod/v4';
import type { Emulator, Provider } from '../../emulator';
import { FIXTURES } from '../../providers';
import type { ItemFacts } from '../../providers/fixture';
import { NODE, runSeedream, type SeedreamRun } from '../seedream';
import type { RunResult } from '../support';

/** As the user reads them, by ID. */
export const NAMES: Readonly<Record<Provider, string>> = Object.fromEntries(
	FIXTURES.map(({ id, name }) => [id, name]),
);

/** One image, links only, of a size that is named in pixels. */
export const BOAT: INodeParameters = {
	operation: 'generate',
	prompt: 'A boat',
	aspectRatio: '1:1',
	download: false,
};

/** The same as a set of four. */
export const FOUR_BOATS: INodeParameters = { ...BOAT, numberOfImages: 4 };

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);

/** What an item of a set says besides what every provider gives. */
export function itemFacts(
	{ model, isDated, linkHours, rest }: ItemFacts,
	images: number,
): Record<string, unknown> {
	return {
		model,
		...(isDated && { createdAt: TIME }),
		...(linkHours !== undefined && { expiresAt: TIME }),
		...rest?.(images),
	};
}

/** The fields of the items that came out. */
export function jsonOf(result: RunResult): Array<Record<string, unknown>> {
	return result.items(NODE).map(({ json }) => json);
}

const detailsSchema = z.object({
	message: z.string(),
	code: z.string().optional(),
	httpStatus: z.number().optional(),
	provider: z.string(),
	taskId: z.string().optional(),
	requestId: z.string().optional(),
	retryable: z.boolean(),
	billed: z.enum(['no', 'yes', 'unknown']),
	urls: z.array(z.string()).optional(),
});

/** An error as workflows see it: `message` says what happened and what to do; the latter stands in `advice` too. */
export interface Failure extends z.infer<typeof detailsSchema> {
	advice: string;
}

const thrownSchema = z.object({ data: z.object({ error: detailsSchema }) });

/** Runs what must stop the workflow. Whatever goes wrong, the key is in nothing that n8n stores. */
export async function failureOf(
	emulator: Emulator,
	parameters: INodeParameters,
	run: SeedreamRun,
): Promise<Failure> {
	const result = await runSeedream(emulator, parameters, run);
	expect(result.status).toBe('error');
	expect(result.saved).not.toContain(run.apiKey ?? 'test-key');
	const { error } = thrownSchema.parse(result.error?.context).data;
	return { ...error, advice: String(result.error?.description) };
}

/** How many paid requests the provider received. */
export function paidRequests(emulator: Emulator): number {
	return emulator.requestsOf('create').length;
}

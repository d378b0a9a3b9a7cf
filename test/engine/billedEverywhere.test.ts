import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { SeedreamApi } from '../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import { useEmulator } from '../emulator/useEmulator';
import {
	BOAT,
	credentialsFor,
	itemsOf,
	NODE,
	NODE_TYPE,
	runSeedream,
	type SeedreamRun,
} from './seedream';
import { chain, runWorkflow, type RunResult } from './support';

const emulator = useEmulator({ taskMs: 20 });

const OPERATIONS: ReadonlyArray<readonly [name: string, parameters: INodeParameters]> = [
	['Generate', BOAT],
	[
		'Edit',
		{ ...BOAT, operation: 'edit', imageSource: 'url', imageUrls: 'https://example.com/a.png' },
	],
	['Get Task', { operation: 'getTask', taskId: 'task-unified-1-00000000' }],
	['Get Balance', { operation: 'getBalance' }],
];

/** What is said where the node stops, and in the item for each of two inputs where it continues. */
async function said(run: (settings: SeedreamRun) => Promise<RunResult>): Promise<unknown[]> {
	const items = itemsOf({ n: 1 }, { n: 2 });
	const stopped = await run({ items });
	expect(stopped.status).toBe('error');
	const { data } = Object(stopped.error?.context);
	const continued = await run({ items, node: { onError: 'continueRegularOutput' } });
	const rows = continued.items(NODE);
	expect(rows.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	const outside = await run({ items, node: { onError: 'continueErrorOutput' } });
	const errors = outside.outputs(NODE)[1] ?? [];
	expect(errors).toHaveLength(2);
	return [data, ...rows.map(({ json }) => json), ...errors.map(({ json }) => json)].map(
		(place) => Object(place).error,
	);
}

/** In every place: not billed, with this code. */
async function expectFree(
	code: unknown,
	run: (settings: SeedreamRun) => Promise<RunResult>,
): Promise<void> {
	const errors = await said(run);
	const free = { billed: 'no', code, retryable: false, message: expect.stringMatching(/\w/) };
	expect(errors).toMatchObject(errors.map(() => free));
	expect(emulator.requestsOf('create')).toEqual([]);
}

describe('An operation that there is not', () => {
	// n8n does not evaluate expressions here: it hands on their text.
	it.each([
		'paint',
		'',
		'constructor',
		'decompose ',
		'={{ "paint" }}',
		'={{ "generate" }}',
		"={{ $('Nobody').item.json.x }}",
	])('"%s": not billed', async (operation) => {
		await expectFree(
			'invalid_request',
			async (run) => await runSeedream(emulator, { ...BOAT, operation }, run),
		);
	});
});

/** As n8n has it when somebody has deleted the credentials, but not from the node. */
const deleted = (): ICredentialDataDecryptedObject => ({
	get provider(): string {
		throw new Error('Credential with ID "1" does not exist for type "seedreamApi".');
	},
});

describe.each(OPERATIONS)('%s, with credentials that are', (_, parameters) => {
	it('missing at the node: not billed', async () => {
		await expectFree(
			expect.any(String),
			async ({ items, node }) =>
				await runWorkflow({
					workflow: chain({ name: NODE, type: NODE_TYPE, parameters, ...node }),
					nodeTypes: { [NODE_TYPE]: new Seedream() },
					credentialTypes: [new SeedreamApi()],
					items,
				}),
		);
	});

	it('deleted: not billed', async () => {
		await expectFree(
			expect.any(String),
			async (run) => await runSeedream(emulator, parameters, { ...run, credentials: deleted() }),
		);
	});

	const BROKEN: ReadonlyArray<{ what: string; credentials: ICredentialDataDecryptedObject }> = [
		{ what: 'for a provider that there is not', credentials: { provider: 'nobody' } },
		{ what: 'for a provider that every object has', credentials: { provider: 'constructor' } },
		{ what: 'for no provider', credentials: { provider: '' } },
		{
			what: 'without the base URL that is needed',
			credentials: { provider: 'uniall', baseUrl: '' },
		},
		{ what: 'with a base URL that is none', credentials: { baseUrl: 'api.evolink.ai' } },
		{ what: 'with an upload base URL that is none', credentials: { uploadBaseUrl: 'files' } },
	];

	it.each(BROKEN)('$what: not billed', async ({ credentials }) => {
		const whole = { ...credentialsFor(emulator), ...credentials };
		await expectFree(
			'invalid_credentials',
			async (run) => await runSeedream(emulator, parameters, { ...run, credentials: whole }),
		);
		expect(emulator.requests).toEqual([]);
	});
});

describe('What is wrong with the input', () => {
	it.each([
		['an empty prompt', { ...BOAT, prompt: '={{ "" }}' }],
		['a wrong completion', { ...BOAT, completion: '={{ "later" }}' }],
		[
			'a wrong flag',
			{
				operation: 'edit',
				prompt: 'A boat',
				imageSource: 'url',
				imageUrls: 'https://example.com/a.png',
				combineItems: '={{ $json.n === 1 ? "perhaps" : "perhaps" }}',
			},
		],
		['Get Task without an ID', { operation: 'getTask', taskId: '={{ "" }}' }],
		['Get Task with an ID that is none', { operation: 'getTask', taskId: 'job-7' }],
		[
			'Get Task with an expression that fails',
			{ operation: 'getTask', taskId: "={{ $('Nobody').item.json.id }}" },
		],
	] as ReadonlyArray<readonly [string, INodeParameters]>)(
		'%s: not billed',
		async (_, parameters) => {
			await expectFree(
				'invalid_request',
				async (run) => await runSeedream(emulator, parameters, run),
			);
			expect(emulator.requests).toEqual([]);
		},
	);

	it.each(['novita', 'byteplus'] as const)(
		'Get Task at %s, which has no tasks: not billed',
		async (provider) => {
			const getTask = { operation: 'getTask', taskId: 'task-unified-1-00000000' };
			await expectFree(
				'no_tasks',
				async (run) => await runSeedream(emulator, getTask, { ...run, provider }),
			);
		},
	);

	it('more than Max Images allows: not billed', async () => {
		await expectFree(
			'invalid_request',
			async (run) => await runSeedream(emulator, BOAT, { ...run, options: { maxImages: 1 } }),
		);
	});
});

describe('What goes wrong after a request was sent', () => {
	/** Credentials that somebody breaks as soon as something was paid for. */
	const breaking = (): ICredentialDataDecryptedObject => ({
		...credentialsFor(emulator),
		get provider() {
			return emulator.requestsOf('create').length > 0 ? 'nobody' : 'evolink';
		},
	});

	it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
		'credentials that break before the next try: nobody knows, and the task is named (%s)',
		async (onError) => {
			emulator.addFault({ on: 'query', status: 401 });
			const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onError };
			const result = await runSeedream(emulator, BOAT, { credentials: breaking(), node });
			const taskId = emulator.requestsOf('query')[0]?.path.split('/').at(-1);
			const error = Object(result.items(NODE)[0]?.json ?? Object(result.error?.context).data).error;
			expect(error).toMatchObject({
				billed: 'unknown',
				message: expect.stringContaining(`Get Task`),
			});
			expect(JSON.stringify(error)).toContain(taskId);
		},
	);

	it('a task that nobody knows, in Get Task: nobody knows', async () => {
		const errors = await said(
			async (run) =>
				await runSeedream(
					emulator,
					{ operation: 'getTask', taskId: 'task-unified-1-00000000' },
					run,
				),
		);
		expect(errors).toMatchObject(
			errors.map(() => ({ billed: 'unknown', taskId: 'task-unified-1-00000000', httpStatus: 404 })),
		);
	});
});

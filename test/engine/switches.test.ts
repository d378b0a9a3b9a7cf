import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../emulator/useEmulator';
import { BOAT, itemsOf, NODE, runSeedream } from './seedream';

const emulator = useEmulator({ taskMs: 20 });

const EDIT: INodeParameters = {
	...BOAT,
	operation: 'edit',
	imageSource: 'url',
	imageUrls: 'https://x.example.com/1.png',
};
const GET: INodeParameters = {
	operation: 'getTask',
	taskId: 'task-unified-1-abc',
	download: false,
};

/** A field of a node that is no longer there. */
const FAILS = '={{ $("Gone").first().json.combine }}';

/** Every switch of the node, where a user may put an expression. */
const SWITCHES: ReadonlyArray<
	readonly [
		title: string,
		parameters: INodeParameters,
		options: (value: string) => [INodeParameters, INodeParameters],
	]
> = [
	['Combine All Input Items', EDIT, (combineItems) => [{ combineItems }, {}]],
	['Wait Until Done', GET, (waitUntilDone) => [{ waitUntilDone }, {}]],
	['Download Images', BOAT, (download) => [{ download }, {}]],
	['Download Images', GET, (download) => [{ download }, {}]],
	['Fail on Partial Result', BOAT, (failOnPartial) => [{}, { failOnPartial }]],
	['Watermark', BOAT, (watermark) => [{}, { watermark }]],
	['State Count in Prompt', BOAT, (stateCountInPrompt) => [{}, { stateCountInPrompt }]],
	['Skip Validation', BOAT, (skipValidation) => [{}, { skipValidation }]],
	['Stream', { ...BOAT, model: 'seedream-4.0' }, (stream) => [{}, { stream }]],
	['Web Search', { ...BOAT, model: 'seedream-5.0-lite' }, (webSearch) => [{}, { webSearch }]],
];

describe('A switch whose expression fails is a problem, and never silently off', () => {
	it.each(SWITCHES)('%s', async (_, parameters, set) => {
		const [more, options] = set(FAILS);
		const result = await runSeedream(
			emulator,
			{ ...parameters, ...more },
			{ options, items: itemsOf({}, {}) },
		);
		expect(result.error).toMatchObject({
			message: expect.stringMatching(/expression in (options\.)?\w+ cannot be evaluated/),
			context: { data: { error: { code: 'invalid_request', billed: 'no' } } },
		});
		expect(emulator.requests).toHaveLength(0);
	});

	it.each(SWITCHES)('%s that is neither true nor false', async (title, parameters, set) => {
		const [more, options] = set('={{ "maybe" }}');
		const result = await runSeedream(emulator, { ...parameters, ...more }, { options });
		expect(result.error?.message).toContain(`${title} is "maybe", and it must be true or false`);
		expect(emulator.requests).toHaveLength(0);
	});

	it('Combine All Input Items, where the node continues: no item is sent on its own', async () => {
		const run = { items: itemsOf({}, {}, {}), node: { onError: 'continueRegularOutput' } } as const;
		const result = await runSeedream(emulator, { ...EDIT, combineItems: FAILS }, run);
		expect(result.items(NODE)).toHaveLength(3);
		expect(result.items(NODE)).toMatchObject(
			[1, 2, 3].map(() => ({ json: { error: { code: 'invalid_request' } } })),
		);
		expect(emulator.requestsOf('create')).toHaveLength(0);
	});

	it.each(['={{ true }}', '={{ "true" }}', '={{ "TRUE" }}'])('%s is on', async (download) => {
		const result = await runSeedream(emulator, { ...BOAT, download });
		expect(result.items(NODE)).toMatchObject([{ binary: { data: { mimeType: 'image/jpeg' } } }]);
	});

	it('nothing is what the field has by itself', async () => {
		const result = await runSeedream(emulator, { ...BOAT, download: '={{ undefined }}' });
		expect(result.items(NODE)).toMatchObject([{ binary: { data: { mimeType: 'image/jpeg' } } }]);
	});
});

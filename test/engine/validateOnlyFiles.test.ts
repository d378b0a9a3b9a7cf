import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataUri, picture } from '../emulator/testClient';
import { FIXTURES, takersOf } from '../providers';
import { bodyOf, fieldsIn } from '../providers/body';
import { useEmulator } from '../emulator/useEmulator';
import { dryRun, plannedIn, publicApi } from './dryRun';
import { NODE, runSeedream } from './seedream';
import { binaryItem } from './support';

const emulator = useEmulator({ taskMs: 20 });
let red: Buffer;
let green: Buffer;
let written: string;
beforeAll(async () => {
	red = await picture(40, 30);
	green = await picture(50, 20, 'jpeg');
	written = await dataUri(60, 60);
});

const A = 'https://example.com/a.png';
const EDIT: INodeParameters = {
	operation: 'edit',
	prompt: 'Brighter',
	aspectRatio: '1:1',
	download: false,
};

function pictures(): INodeExecutionData {
	return binaryItem({
		binary: {
			data: { buffer: red, fileName: 'red.png', mimeType: 'image/png' },
			logo: { buffer: green, mimeType: 'application/octet-stream' },
		},
	});
}

const RED = () => `[The image in "data" (red.png): png, 40x30 pixels, ${red.length} bytes]`;
const GREEN = () => `[The image in "logo": jpeg, 50x20 pixels, ${green.length} bytes]`;
/** By its number among the image URLs, with what it is. */
const WRITTEN = (number: number): unknown => {
	const bytes = Buffer.from(written.split(',')[1] ?? '', 'base64').length;
	return expect.stringMatching(
		new RegExp(`^\\[.*\\b${number}\\b.*: png, 60x60 pixels, ${bytes} bytes\\]$`),
	);
};

/** Where references stand in the body, at those who take files. */
const TAKERS = FIXTURES.filter(({ takesFiles }) => takesFiles).map((fixture) => ({
	...fixture,
	field: fixture.asynchronous?.referenceField ?? takersOf(fixture)[0]?.field ?? 'none',
}));

describe.each(TAKERS)('A file that would be sent to $id', ({ id: provider, field, inside }) => {
	it.each(['memory', 'filesystem'] as const)(
		'is named in its place, with what it is, and not loaded into the item (%s)',
		async (binaryMode) => {
			const parameters = {
				...EDIT,
				imageSource: 'both',
				binaryPropertyNames: 'logo, data',
				imageUrls: `${A}\n${written}`,
			};
			const result = await dryRun(emulator, parameters, {
				credentials: publicApi(provider),
				items: [pictures()],
				binaryMode,
			});
			const [planned] = plannedIn(result);
			expect(fieldsIn({ inside }, planned?.request.body)[field]).toEqual([
				GREEN(),
				RED(),
				A,
				WRITTEN(2),
			]);
			const [item] = result.items(NODE);
			expect(item).not.toHaveProperty('binary');
			for (const bytes of [red, green])
				expect(JSON.stringify(item)).not.toContain(bytes.toString('base64').slice(0, 60));
			expect(JSON.stringify(item)).not.toContain(written.slice(0, 60));
		},
	);

	it('stands where its URL or its bytes will stand, and all else is what is really sent', async () => {
		const parameters = { ...EDIT, binaryPropertyNames: 'data', numberOfImages: 2 };
		const [planned] = plannedIn(
			await dryRun(emulator, parameters, { provider, items: [pictures()] }),
		);
		expect(
			(await runSeedream(emulator, parameters, { provider, items: [pictures()] })).error?.message,
		).toBeUndefined();
		const really = Object(emulator.requestsOf('create')[0]?.body);
		const sent = fieldsIn({ inside }, really);
		const shown = { ...sent, [field]: Array.isArray(sent[field]) ? [RED()] : RED() };
		expect(planned?.request.body).toEqual(bodyOf({ inside }, shown, really));
	});

	it('that is combined from several items is named for each of them', async () => {
		const parameters = { ...EDIT, imageSource: 'both', combineItems: true, imageUrls: written };
		const result = await dryRun(emulator, parameters, {
			provider,
			items: [pictures(), pictures()],
		});
		const bodies = plannedIn(result).map(({ request }) => fieldsIn({ inside }, request.body));
		expect(bodies.map((body) => body[field])).toEqual([[RED(), WRITTEN(1), RED()]]);
	});

	it('and cannot be read is named without what is not known, where Skip Validation lets it through', async () => {
		const buffer = Buffer.from('hello, I am a text');
		const items = [binaryItem({ binary: { data: { buffer, mimeType: 'text/plain' } } })];
		const [planned] = plannedIn(
			await dryRun(emulator, EDIT, { provider, items, options: { skipValidation: true } }),
		);
		expect([fieldsIn({ inside }, planned?.request.body)[field]].flat()).toEqual([
			`[The image in "data": ${buffer.length} bytes]`,
		]);
		expect(planned?.warnings.join()).toContain('not an image');
	});
});

describe('A file at UniAll, which takes URLs only', () => {
	it('is refused as usual', async () => {
		const result = await dryRun(emulator, EDIT, { provider: 'uniall', items: [pictures()] });
		expect(result.error?.message).toMatch(/red\.png.*by URL only/);
	});
});

const KEY = 'sk-evo/1234+567890=abcdef';

describe('The API key is nowhere, wherever the user has written it', () => {
	const PLACES: ReadonlyArray<{
		where: string;
		parameters: INodeParameters;
		options?: INodeParameters;
	}> = [
		{ where: 'nowhere', parameters: {} },
		{ where: 'in the prompt', parameters: { prompt: `A boat, key ${KEY}. Line\n"${KEY}"\\` } },
		{
			where: 'in the prompt, encoded',
			parameters: {
				prompt: `A boat ${encodeURIComponent(KEY)} ${Buffer.from(`x:${KEY}`).toString('base64')}`,
			},
		},
		{
			where: 'in a field of its own',
			parameters: {},
			options: { additionalFields: JSON.stringify({ [KEY]: { deep: [`Bearer ${KEY}`] } }) },
		},
		{ where: 'as the end user', parameters: {}, options: { user: KEY } },
		{
			where: 'in an image URL',
			parameters: {
				operation: 'edit',
				imageSource: 'url',
				imageUrls: `https://example.com/a.png?token=${KEY}`,
			},
		},
		{
			where: 'in an image URL that is warned of',
			parameters: {
				operation: 'edit',
				imageSource: 'url',
				imageUrls: `https://x.local/a.avif?k=${KEY}`,
			},
		},
		{ where: 'as the model', parameters: { model: 'custom', modelId: KEY } },
		{
			where: 'in the callback URL',
			parameters: {
				completion: 'submit',
				callbackUrl: `https://n8n.example.com/webhook/x?key=${KEY}`,
				callbackContext: `{"k": "${KEY}"}`,
			},
		},
	];

	it.each(PLACES)('$where', async ({ parameters, options }) => {
		for (const provider of ['evolink', 'novita', 'tokaify'] as const) {
			const run = { credentials: publicApi(provider, KEY), options };
			const result = await dryRun(emulator, { ...EDIT, operation: 'generate', ...parameters }, run);
			expect(plannedIn(result)).toHaveLength(1);
			const places = {
				items: JSON.stringify(result.items(NODE)),
				hints: JSON.stringify(result.hints),
				saved: result.saved,
			};
			const forms = [
				KEY,
				encodeURIComponent(KEY),
				Buffer.from(KEY).toString('base64').slice(0, 30),
			];
			const found = Object.entries(places).filter(([, text]) =>
				forms.some((form) => text.includes(form)),
			);
			expect(found.map(([name]) => name)).toEqual([]);
		}
	});

	it('and all around it stays as it would be sent', async () => {
		const prompt = `Line one\nkey "${KEY}" \\ ${KEY}\ttab`;
		const result = await dryRun(
			emulator,
			{ ...EDIT, operation: 'generate', prompt },
			{ credentials: publicApi('evolink', KEY) },
		);
		expect(plannedIn(result)[0]?.request.body.prompt).toBe(prompt.replaceAll(KEY, '***'));
	});
});

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { picture } from '../../emulator/testClient';
import { useEmulator } from '../../emulator/useEmulator';
import { FIXTURES } from '../../providers';
import { bodyOf } from '../../providers/body';
import type { Fields, Layers, ProviderFixture, WireRow } from '../../providers/fixture';
import { A } from '../../providers/shared/wire';
import { heif } from '../../unit/heif';
import { itemsOf, paidBodies, runSeedream, type SeedreamRun } from '../seedream';
import { binaryItem, type RunResult } from '../support';
import { failureOf, jsonOf } from './support';

const emulator = useEmulator({ taskMs: 20 });

/** The image at `A`, with links only. */
const APART: INodeParameters = {
	operation: 'decompose',
	imageSource: 'url',
	imageUrls: A,
	download: false,
};

/** A file in `data`. */
const FILE: INodeParameters = { operation: 'decompose', download: false };

const FILE_FORMATS = ['png', 'jpeg', 'webp', 'gif', 'tiff', 'heic'] as const;

type Fixture = ProviderFixture & { layers: Layers };

function takesApart(fixture: ProviderFixture): fixture is Fixture {
	return fixture.layers !== undefined;
}

const TAKING_APART = FIXTURES.filter(takesApart);
const SURE = TAKING_APART.filter(({ layers }) => !layers.isDoubtful);
const DOUBTFUL = TAKING_APART.filter(({ layers }) => layers.isDoubtful);
const OTHERS = FIXTURES.filter((fixture) => !takesApart(fixture));

function fileItem(buffer: Buffer, name = 'poster'): INodeExecutionData {
	return binaryItem({ binary: { data: { buffer, fileName: name, mimeType: 'image/png' } } });
}

/** All that the user is told but that the limits were not checked. */
function warningsOf(result: RunResult): unknown[] {
	return jsonOf(result).map(({ warnings }) => warnings);
}

/** These, and what is told wherever nothing is said of the layers. */
function told({ areUndescribed = false }: Layers, warnings: readonly unknown[] = []): unknown[] {
	return areUndescribed
		? [...warnings, expect.stringContaining('nothing says which layer')]
		: [...warnings];
}

/** The same where the provider chooses no resolution by itself. */
function apartAt({ parameters }: Layers): INodeParameters {
	return { ...APART, ...parameters };
}

/** The whole body for an image at this address, with what else there is to be in it. */
function plainBody(fixture: Fixture, image: string, row: Partial<WireRow> = {}): Fields {
	const { plain, beside } = fixture.layers;
	return bodyOf(fixture, { ...plain(image), ...row.wire }, { ...beside, ...row.beside });
}

describe.each(TAKING_APART)('An image to be taken apart at $name', (fixture) => {
	const { id: provider, layers, path: usualPath } = fixture;
	const { rows, isDoubtful = false } = layers;

	async function apart(parameters: INodeParameters, run: SeedreamRun = {}): Promise<RunResult> {
		const options = { ...(isDoubtful && { skipValidation: true }), ...run.options };
		return await runSeedream(emulator, parameters, { ...run, provider, options });
	}

	it.each(rows.map((row) => [row.says, row] as const))('goes with %s', async (_, row) => {
		const result = await apart({ ...apartAt(layers), ...row.parameters }, { options: row.options });
		expect(result.error).toBeUndefined();
		expect(result.saved).not.toContain('test-key');
		expect(paidBodies(emulator)).toEqual([plainBody(fixture, A, row)]);
		const base = new URL(emulator.baseUrl(provider)).pathname;
		const path = row.path ?? layers.path ?? usualPath;
		expect(emulator.requestsOf('create')[0]?.path).toBe(base + path);
		if (isDoubtful) return;
		for (const warnings of warningsOf(result)) expect(warnings).toEqual(told(layers, row.warnings));
	});
});

describe.each(SURE)('An image to be taken apart at $name', (fixture) => {
	const { id: provider, layers } = fixture;
	const { refused, formats, most, parameters: always } = layers;
	const file = { ...FILE, ...always };

	it.each(refused.map((row) => [row.says, row] as const))(
		'is refused before anything is sent with %s',
		async (_, { parameters, options, names }) => {
			const wrong = { ...apartAt(layers), ...parameters };
			const failure = await failureOf(emulator, wrong, { provider, options });
			expect(emulator.requests).toHaveLength(0);
			expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no', provider });
			expect(failure.message).toContain(names);
		},
	);

	it.each(FILE_FORMATS.map((format) => [format, formats[format]] as const))(
		'may be %s: %s',
		async (format, verdict) => {
			const buffer =
				format === 'heic' ? heif('heic', [1024, 1024]) : await picture(640, 640, format);
			const result = await runSeedream(emulator, file, { provider, items: [fileItem(buffer)] });
			if (verdict === 'refused') {
				expect(result.status).toBe('error');
				expect(result.error?.message).toContain(format.toUpperCase());
				expect(emulator.requests).toHaveLength(0);
				return;
			}
			expect(result.error).toBeUndefined();
			const [first] = warningsOf(result);
			const ofFormat = expect.stringContaining(format.toUpperCase());
			expect(first).toEqual(told(layers, verdict === 'warned' ? [ofFormat] : []));
		},
	);

	it.each([
		['of 262143 pixels', 513, 511, 'the least is 262144'],
		['of a ratio of 1:17', 8500, 500, '1:16'],
		['of more than 36 megapixels', 6001, 6000, 'the most is 36000000'],
	] as const)('is refused where it is one %s', async (_, width, height, names) => {
		const items = [fileItem(await picture(width, height))];
		const failure = await failureOf(emulator, file, { provider, items });
		expect(emulator.requests).toHaveLength(0);
		expect(failure.message).toContain(names);
	});

	it('is taken at the least size there is', async () => {
		const items = [fileItem(await picture(512, 512))];
		const result = await runSeedream(emulator, file, { provider, items });
		expect(result.error).toBeUndefined();
		expect(emulator.acceptedCreates()).toHaveLength(1);
	});

	it('is one for each item, so that several items are several requests', async () => {
		const items = itemsOf({ url: A }, { url: `${A}?2` });
		const parameters = { ...apartAt(layers), imageUrls: '={{ $json.url }}' };
		const result = await runSeedream(emulator, parameters, {
			provider,
			items,
			options: { concurrency: 1 },
		});
		expect(result.error).toBeUndefined();
		expect(paidBodies(emulator)).toEqual([plainBody(fixture, A), plainBody(fixture, `${A}?2`)]);
	});

	it.each(most)('counts for Max Images with %s as %d', async (model, layers) => {
		const parameters = { ...apartAt(fixture.layers), model };
		const few = { provider, options: { maxImages: layers - 1 } };
		const failure = await failureOf(emulator, parameters, few);
		expect(emulator.requests).toHaveLength(0);
		expect(failure.message).toContain(`${layers} images in 1 request`);
		const enough = { provider, options: { maxImages: layers } };
		expect((await runSeedream(emulator, parameters, enough)).error).toBeUndefined();
	});

	it('is shown by Validate Only as it would be sent, without a number of images', async () => {
		const result = await runSeedream(emulator, apartAt(layers), {
			provider,
			options: { validateOnly: true },
		});
		expect(emulator.requests).toHaveLength(0);
		const [shown] = jsonOf(result);
		expect(shown).toMatchObject({ status: 'validated', request: { body: plainBody(fixture, A) } });
		expect(shown).not.toHaveProperty('requestedCount');
	});
});

describe.each(DOUBTFUL)('At $name, which may make a plain edit of it', ({ id: provider }) => {
	it('an image is taken apart only by who skips the validation', async () => {
		const failure = await failureOf(emulator, APART, { provider });
		expect(emulator.requests).toHaveLength(0);
		expect(failure.message).toMatch(/Relays may drop.*Skip Validation/);
		for (const { name } of SURE) expect(failure.message).toContain(name);
		const run = { provider, options: { skipValidation: true } } as const;
		const parameters = { ...APART, prompt: 'the parrot', resolution: '2K' };
		const result = await runSeedream(emulator, parameters, run);
		expect(result.error).toBeUndefined();
		for (const warnings of warningsOf(result)) {
			expect(warnings).toContainEqual(expect.stringContaining('Let through by Skip Validation'));
		}
	});
});

describe.each(OTHERS)('At $name', ({ id: provider, name }) => {
	it('no image can be taken apart, and the refusal says where it can', async () => {
		for (const options of [{}, { skipValidation: true }]) {
			const failure = await failureOf(emulator, APART, { provider, options });
			expect(emulator.requests).toHaveLength(0);
			expect(failure).toMatchObject({ code: 'invalid_request', billed: 'no', provider });
			expect(failure.message).toContain(
				`${name} does not take images apart into layers. Choose credentials of `,
			);
			for (const sure of SURE) expect(failure.message).toContain(sure.name);
		}
	});
});

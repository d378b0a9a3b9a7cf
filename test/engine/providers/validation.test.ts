import type { INodeParameters } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator, type Provider } from '../../emulator';
import { runSeedream } from '../seedream';
import { binaryItem, type RunResult } from '../support';
import { failureOf } from './support';
import { ROWS, type Row } from './validation.rows';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ taskMs: 0 });
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

const FAMILIES: Readonly<Record<string, string>> = {
	'4.0': 'seedream-4.0',
	'4.5': 'seedream-4.5',
	lite: 'seedream-5.0-lite',
	pro: 'seedream-5.0-pro',
	flash: 'seedream-5.0-flash',
};

function sizeParameters(size: string): INodeParameters {
	const [, width, height] = /^([\d.]+)x([\d.]+)$/.exec(size) ?? [];
	if (width !== undefined && height !== undefined)
		return { sizeMode: 'pixels', width: Number(width), height: Number(height) };
	const [aspectRatio = '', resolution = ''] = size.split(' ');
	return { aspectRatio, resolution };
}

function referenceParameters(count: number): INodeParameters {
	const urls = Array.from({ length: count }, (_, index) => `https://example.com/${index}.png`);
	return count === 0
		? { operation: 'generate' }
		: { operation: 'edit', imageSource: 'url', imageUrls: urls.join('\n') };
}

/** Model and number come from expressions, as the editor would hide the number where it makes no sense. */
function parametersOf([provider, model, size, references, count]: Row): INodeParameters {
	const family = FAMILIES[model];
	return {
		...referenceParameters(references),
		prompt: 'A boat',
		model: family === undefined ? 'custom' : `={{ "${family}" }}`,
		modelId: family === undefined ? model : 'unused',
		numberOfImages: typeof count === 'number' ? count : `={{ "${count}" }}`,
		...sizeParameters(size),
		completion: provider === 'evolink' ? 'submit' : 'poll',
		download: false,
	};
}

async function expectAccepted(provider: Provider, parameters: INodeParameters): Promise<RunResult> {
	const result = await runSeedream(emulator, parameters, { provider });
	expect(result.error).toBeUndefined();
	expect(emulator.requests.map(({ kind, status }) => [kind, status])).toEqual([['create', 200]]);
	return result;
}

describe('Accepted, or refused before anything is sent', () => {
	it('in at least 60 ways', () => expect(ROWS.length).toBeGreaterThanOrEqual(60));

	it.each(ROWS)('%s %s, %s, %d references, %s images: %s', async (...row) => {
		const [provider, , , , , expected] = row;
		if (expected === 'accepted') {
			await expectAccepted(provider, parametersOf(row));
			return;
		}
		const failure = await failureOf(emulator, parametersOf(row), { provider });
		expect(emulator.requests).toHaveLength(0);
		expect(failure.message).toContain(expected);
		expect(failure).toMatchObject({
			code: 'invalid_request',
			billed: 'no',
			retryable: false,
			provider,
		});
	});
});

const WRONG_SIZES = ROWS.filter(([, , , , , expected]) =>
	/pixels, and|the (least|most) is/.test(expected),
);

describe('The nearest size that a message names', () => {
	it.each(WRONG_SIZES)('is accepted: %s %s, %s', async (...row) => {
		const [provider] = row;
		const { message } = await failureOf(emulator, parametersOf(row), { provider });
		const nearest = /nearest that would do is (\d+x\d+)/.exec(message)?.[1] ?? 'none';
		await expectAccepted(provider, { ...parametersOf(row), ...sizeParameters(nearest) });
	});
});

describe('Also refused before anything is sent', () => {
	const edit = { operation: 'edit', imageSource: 'url' };
	const OTHERS: ReadonlyArray<readonly [string, Provider, INodeParameters, RegExp]> = [
		[
			'an edit without an image',
			'byteplus',
			{ ...edit, imageUrls: '={{ "" }}' },
			/no image to edit/,
		],
		[
			'no web address',
			'novita',
			{ ...edit, imageUrls: 'ftp://example.com/a.png' },
			/must begin with https/,
		],
		[
			'an empty prompt',
			'uniall',
			{ operation: 'generate', prompt: '={{ " " }}' },
			/Prompt is empty/,
		],
		[
			'an empty model ID',
			'volcengine',
			{ operation: 'generate', model: 'custom', modelId: '={{ " " }}' },
			/Model ID is empty/,
		],
	];

	it.each(OTHERS)('%s (%s)', async (_, provider, parameters, message) => {
		const failure = await failureOf(
			emulator,
			{ prompt: 'A boat', aspectRatio: '1:1', ...parameters },
			{ provider },
		);
		expect(emulator.requests).toHaveLength(0);
		expect(failure.message).toMatch(message);
	});

	it('all that is wrong with a request, in one message', async () => {
		const failure = await failureOf(
			emulator,
			{
				...parametersOf(['uniall', '4.5', '5000x100', 11, 7, '']),
				imageSource: 'both',
				binaryPropertyNames: 'data',
			},
			{
				provider: 'uniall',
				items: [
					binaryItem({ binary: { data: { buffer: Buffer.from('x'), mimeType: 'image/png' } } }),
				],
			},
		);
		for (const part of [
			'the least is 3686400',
			'1:16',
			'the longest is 4096',
			'at most 6 images',
			'at most 10',
			'by URL only',
		]) {
			expect(failure.message).toContain(part);
		}
	});
});

describe('What sources differ on is a warning, not a refusal', () => {
	it.each(['byteplus', 'volcengine'] as const)(
		'%s: more than 10 references on 4.0',
		async (provider) => {
			const result = await expectAccepted(
				provider,
				parametersOf([provider, '4.0', '1:1 2K', 11, 1, '']),
			);
			expect(result.items('Seedream')[0]?.json.warnings).toEqual([
				expect.stringMatching(/11 reference images.*10/),
			]);
		},
	);

	it.each(['byteplus', 'volcengine'] as const)(
		'%s: exactly 10 references are beyond dispute',
		async (provider) => {
			const result = await expectAccepted(
				provider,
				parametersOf([provider, '4.0', '1:1 2K', 10, 1, '']),
			);
			expect(result.items('Seedream')[0]?.json.warnings ?? []).toEqual([]);
		},
	);
});

describe('Skip Validation', () => {
	it('sends what goes beyond the limits, and says so', async () => {
		emulator.addFault({
			on: 'create',
			provider: 'uniall',
			body: { data: [{ url: 'https://example.com/1.png' }] },
		});
		const result = await runSeedream(
			emulator,
			{ ...parametersOf(['uniall', '4.0', '5504x3040', 0, 1, '']) },
			{ provider: 'uniall', options: { skipValidation: true } },
		);
		expect(result.items('Seedream')[0]?.json.warnings).toEqual([
			expect.stringMatching(/^Let through by Skip Validation: .*the longest is 4096/),
		]);
		expect(emulator.requestsOf('create')).toMatchObject([
			{ body: { custom_size: { width: 5504, height: 3040 } } },
		]);
	});
});

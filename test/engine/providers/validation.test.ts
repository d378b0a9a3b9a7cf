import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/useEmulator';
import { FIXTURES, fixtureOf } from '../../providers';
import type { ValidationRow } from '../../providers/fixture';
import { runSeedream } from '../seedream';
import { failureOf } from './support';

const emulator = useEmulator({ taskMs: 0 });

const FAMILIES: Readonly<Record<string, string>> = {
	'4.0': 'seedream-4.0',
	'4.5': 'seedream-4.5',
	lite: 'seedream-5.0-lite',
	pro: 'seedream-5.0-pro',
	flash: 'seedream-5.0-flash',
	'5.5': 'seedream-5.5',
};

function sizeParameters(size: string): INodeParameters {
	const [, width, height] = /^([\d.]+)x([\d.]+)$/.exec(size) ?? [];
	if (width !== undefined && height !== undefined)
		return { sizeMode: 'pixels', width: Number(width), height: Number(height) };
	const [aspectRatio = '', resolution = ''] = size.split(' ');
	return { sizeMode: 'ratio', aspectRatio, resolution };
}

function referenceParameters(count: number): INodeParameters {
	const urls = Array.from({ length: count }, (_, index) => `https://example.com/${index}.png`);
	return count === 0
		? { operation: 'generate' }
		: { operation: 'edit', imageSource: 'url', imageUrls: urls.join('\n') };
}

/** The model comes from an expression: the editor hides no number of images then. */
function parametersOf(
	provider: string,
	[model, size, references, count]: ValidationRow,
): INodeParameters {
	const family = FAMILIES[model];
	return {
		...referenceParameters(references),
		prompt: 'A boat',
		model: family === undefined ? 'custom' : `={{ "${family}" }}`,
		modelId: family === undefined ? model : 'unused',
		numberOfImages: count,
		...sizeParameters(size),
		completion: fixtureOf(provider).synchronous ? 'poll' : 'submit',
		download: false,
	};
}

async function expectAccepted(provider: string, parameters: INodeParameters): Promise<void> {
	const result = await runSeedream(emulator, parameters, { provider });
	expect(result.error).toBeUndefined();
	const isTaken = expect.toSatisfy((status: number) => status >= 200 && status < 300);
	expect(emulator.requests).toMatchObject([{ kind: 'create', status: isTaken }]);
}

/** The words as they are, and not as a part of a longer number or word. */
function whole(words: string): RegExp {
	return new RegExp(`\\b${words.replaceAll('.', '\\.')}\\b`);
}

const ROWS = FIXTURES.flatMap(({ id, validation = [] }) =>
	validation.map((row) => [id, ...row] as const),
);

describe('Accepted, or refused before anything is sent', () => {
	it.each(ROWS)('%s %s, %s, %d references, %s images: %s', async (provider, ...row) => {
		const [, , , , expected] = row;
		if (expected === 'accepted') {
			await expectAccepted(provider, parametersOf(provider, row));
			return;
		}
		const failure = await failureOf(emulator, parametersOf(provider, row), { provider });
		expect(emulator.requests).toHaveLength(0);
		expect(failure.message).toMatch(whole(expected));
		expect(failure).toMatchObject({
			code: 'invalid_request',
			billed: 'no',
			retryable: false,
			provider,
		});
	});
});

const WRONG_SIZES = ROWS.filter(
	([, , size, , , expected]) => expected !== 'accepted' && /^\d{3,}x\d{3,}$/.test(size),
);

describe('The nearest size that a message names', () => {
	it.each(WRONG_SIZES)('is accepted: %s %s, %s', async (provider, ...row) => {
		const { message } = await failureOf(emulator, parametersOf(provider, row), { provider });
		const pixels = /nearest that would do is (\d+x\d+)/.exec(message)?.[1];
		const [, shape = 'none', resolution = '2K'] =
			/nearest is (\d+:\d+)(?: at ([\d.]+K))?/.exec(message) ?? [];
		const nearest = pixels ?? `${shape} ${resolution}`;
		await expectAccepted(provider, { ...parametersOf(provider, row), ...sizeParameters(nearest) });
	});
});

describe.each(FIXTURES)('Also refused before anything is sent to $name', ({ id: provider }) => {
	const edit = { operation: 'edit', imageSource: 'url' };
	const WRONG: ReadonlyArray<readonly [string, INodeParameters]> = [
		['an edit without an image', { ...edit, imageUrls: '={{ "" }}' }],
		['no web address', { ...edit, imageUrls: 'ftp://example.com/a.png' }],
		['an empty prompt', { operation: 'generate', prompt: '={{ " " }}' }],
		['an empty model ID', { operation: 'generate', model: 'custom', modelId: '={{ " " }}' }],
	];

	it('what can never work', async () => {
		for (const [what, parameters] of WRONG) {
			const wrong = { prompt: 'A boat', aspectRatio: '1:1', ...parameters };
			const failure = await failureOf(emulator, wrong, { provider });
			expect(emulator.requests, what).toHaveLength(0);
			expect(failure, what).toMatchObject({ code: 'invalid_request', billed: 'no', provider });
		}
	});
});

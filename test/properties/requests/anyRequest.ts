import fc, { type Arbitrary } from 'fast-check';
import { LAYER_RESOLUTIONS, type LayerResolution } from '../../../nodes/shared/seedream/layers';
import { MODEL_FAMILIES } from '../../../nodes/shared/seedream/models';
import type { ReferenceImage } from '../../../nodes/shared/seedream/references';
import {
	COMPLETIONS,
	type ImageOptions,
	type ImageRequest,
	type SizeChoice,
} from '../../../nodes/shared/seedream/request';
import { ASPECT_RATIOS, RESOLUTIONS } from '../../../nodes/shared/seedream/sizes';

/** Texts of every kind: words, any characters, white space, nothing. */
export const anyText = fc.oneof(
	fc.lorem(),
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme', maxLength: 200 }),
	fc.constantFrom(
		'',
		' ',
		'\n\t',
		'"',
		'\\',
		'\u0000',
		'__proto__',
		'constructor',
		'${x}',
		'{{ 1 }}',
	),
);

/** Short enough for every model: nothing is refused for its length here, as tokens would have to be counted. */
const prompt = fc.oneof(
	{ weight: 8, arbitrary: anyText },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 7900 }).map((length) => 'x'.repeat(length)) },
);

const count = fc.oneof(
	fc.integer({ min: 1, max: 15 }),
	fc.integer({ min: -5, max: 40 }),
	fc.double(),
);

const side = fc.oneof(
	fc.integer({ min: 1, max: 9000 }),
	fc.integer({ min: 700, max: 4200 }),
	fc.double(),
);

const size: Arbitrary<SizeChoice> = fc.oneof(
	fc.record({
		mode: fc.constant('ratio' as const),
		aspectRatio: fc.constantFrom(...ASPECT_RATIOS),
		resolution: fc.constantFrom(...RESOLUTIONS),
	}),
	fc.record({ mode: fc.constant('pixels' as const), width: side, height: side }),
	fc.constant({ mode: 'default' as const }),
);

/** URLs of hosts in the outside world, and what is none. */
const url = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true }),
	},
	{ weight: 1, arbitrary: anyText.filter((text) => !/127|local|\[/i.test(text)) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			'ftp://x.test/a.png',
			'https://',
			'x.test/a.png',
			'HTTPS://X.test/A.PNG',
			'https:///x',
		),
	},
);

const options: Arbitrary<ImageOptions> = fc.record(
	{
		promptPriority: fc.constantFrom('standard', 'fast'),
		watermark: fc.boolean(),
		outputFormat: fc.constantFrom('jpeg', 'png'),
		background: fc.constantFrom('opaque', 'opaque', 'transparent', 'auto'),
		webSearch: fc.boolean(),
		seed: fc.integer(),
		stateCountInPrompt: fc.boolean(),
		user: anyText,
		stream: fc.boolean(),
		maxWaitSeconds: fc.oneof(
			fc.integer({ min: 1, max: 3600 }),
			fc.double({ min: 0.001, max: 2 ** 31 / 1000, noNaN: true }),
		),
		additionalFields: fc.constant({}),
	},
	{ requiredKeys: ['watermark', 'webSearch', 'stateCountInPrompt', 'stream', 'additionalFields'] },
);

type Part = (request: ImageRequest) => Partial<ImageRequest>;

/** What is usual in a request, part by part: with all of it every provider takes the request, if it sells the model. */
const USUAL: readonly Part[] = [
	() => ({ prompt: 'A lake at dawn' }),
	() => ({ numberOfImages: 1 }),
	() => ({ size: { mode: 'ratio', aspectRatio: '1:1', resolution: '2K' } }),
	() => ({ operation: 'generate', references: [] }),
	() => ({ callbackUrl: undefined }),
	({ options: { user, maxWaitSeconds, stream, stateCountInPrompt, additionalFields } }) => ({
		options: {
			user,
			maxWaitSeconds,
			stream,
			stateCountInPrompt,
			additionalFields,
			watermark: false,
			webSearch: false,
		},
	}),
];

/** Some parts of it, or all: of requests in which everything is odd hardly any could be sent. */
const usualParts = fc.oneof(fc.subarray([...USUAL]), fc.constant([...USUAL]));

/** Any request that a workflow can come to. `clear` is a picture whose transparency can be kept. */
export function anyRequest(
	pictures: readonly ReferenceImage[],
	clear: ReferenceImage,
): Arbitrary<ImageRequest> {
	const reference = fc.oneof(
		fc.constantFrom(...pictures),
		url.map((text): ReferenceImage => ({ kind: 'url', url: text })),
	);
	const references = fc.oneof(
		{ weight: 3, arbitrary: fc.constant<ReferenceImage[]>([]) },
		{ weight: 4, arbitrary: fc.array(reference, { maxLength: 3 }) },
		{ weight: 1, arbitrary: fc.array(reference, { maxLength: 18 }) },
	);
	const odd = fc
		.record(
			{
				operation: fc.constantFrom('generate', 'edit'),
				model: fc.record({ family: fc.constantFrom(...MODEL_FAMILIES) }),
				prompt,
				numberOfImages: count,
				size,
				references,
				completion: fc.constantFrom(...COMPLETIONS),
				callbackUrl: fc.oneof(
					url,
					fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
				),
				options,
			},
			{
				requiredKeys: [
					'operation',
					'model',
					'prompt',
					'numberOfImages',
					'size',
					'references',
					'completion',
					'options',
				],
			},
		)
		.map((request) => {
			const asksForClear =
				request.options.background === 'transparent' && request.references.length === 1;
			return asksForClear ? { ...request, references: [clear] } : request;
		});
	const forImages = fc.tuple(odd, usualParts).map(([request, parts]) => withParts(request, parts));
	const forLayers = fc
		.tuple(forImages, fc.constantFrom(...LAYER_RESOLUTIONS), fc.array(reference, { maxLength: 2 }))
		.map(([request, resolution, few]) => apart(request, resolution, few));
	return fc.oneof({ weight: 5, arbitrary: forImages }, { weight: 1, arbitrary: forLayers });
}

/** What the panel of Decompose can ask for of it. */
function apart(
	request: ImageRequest,
	resolution: LayerResolution,
	references: ReferenceImage[],
): ImageRequest {
	const { numberOfImages: _count, options, ...rest } = request;
	const { background: _background, ...kept } = options;
	return {
		...rest,
		operation: 'decompose',
		size: { mode: 'tier', resolution },
		references,
		options: { ...kept, webSearch: false, stream: false },
	};
}

function withParts(request: ImageRequest, parts: readonly Part[]): ImageRequest {
	let made = request;
	for (const part of parts) made = { ...made, ...part(made) };
	return made;
}

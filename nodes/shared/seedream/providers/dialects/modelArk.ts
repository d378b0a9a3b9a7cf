import type { ErrorHint } from '../../errors';
import { LAYER_FAMILIES, LAYER_SPECS } from '../../layers';
import { MODEL_FAMILIES, MODEL_SPECS, type ModelFamily, type ModelSpec } from '../../models';
import { MAKER_SHAPES } from '../../presets';
import { RESOLUTIONS } from '../../sizes';
import type { LayerPlan, Provider, ResolvedRequest } from '../provider';
import { arkFields, REFUSED_WITH_LAYERS } from './arkFields';
import { errorFromResponse } from './errorBody';
import { LATER } from './errorHints';
import { maxOfNestedSet } from './imageCount';
import { parseSyncResponse, type AnswerFacts } from './syncAnswer';

/** Older pages allow no more reference images than this on 4.0 and 4.5 (ModelArk docs 1824121). */
const SAFE_REFERENCES = 10;

/** The IDs of the models at their maker in China (volcengine.com/docs/82379), which others sell them by too. */
export const IDS_IN_CHINA: Readonly<Record<ModelFamily, string>> = {
	'seedream-4.0': 'doubao-seedream-4-0-250828',
	'seedream-4.5': 'doubao-seedream-4-5-251128',
	'seedream-5.0-lite': 'doubao-seedream-5-0-260128',
	'seedream-5.0-pro': 'doubao-seedream-5-0-pro-260628',
	'seedream-5.0-flash': 'doubao-seedream-5-0-flash-260915',
	'seedream-5.5': 'doubao-seedream-5-5-261028',
};

/** What one who speaks this dialect has of its own. */
interface Seller
	extends Pick<Provider, 'id' | 'name' | 'label' | 'baseUrl' | 'baseUrlDescription'>, AnswerFacts {
	modelIds: Readonly<Record<ModelFamily, string>>;
	/** Whether its pages say nothing of the web search that those of the models' maker in China describe. */
	isSearchUndocumented: boolean;
	/** Why it may drop the wish for layers, where it may. */
	layerDoubt?: string;
	hintFor: (code: string | undefined, message?: string) => ErrorHint | undefined;
}

/** A provider that has the whole API of the models' maker (ModelArk docs 1541523). */
export function modelArkProvider(seller: Seller): Provider {
	const {
		modelIds,
		isSearchUndocumented,
		layerDoubt,
		linkHours,
		areErrorsFree,
		hintFor,
		...identity
	} = seller;
	const provider: Provider = {
		...identity,
		testPath: '/models',
		models: modelsOf(modelIds, isSearchUndocumented),
		layers: arkLayers(modelIds, layerDoubt),
		supportsUser: false,
		countIsLimit: true,
		sizingOf: () => ({ kind: 'pixels', shapes: MAKER_SHAPES, tiers: RESOLUTIONS }),
		referenceTransport: { kind: 'dataUri' },
		buildRequest: (request) => ({
			method: 'POST',
			path: '/images/generations',
			body: createBody(request),
			...(request.options.stream && { isStream: true }),
		}),
		maxImages: maxOfNestedSet,
		parseResponse: (response) =>
			parseSyncResponse(provider, response, { areErrorsFree, linkHours }),
		parseError: (response) => errorFromResponse(provider, response, hintFor),
		hintForTask: (code) => hintFor(code) ?? LATER,
	};
	return provider;
}

function createBody(request: ResolvedRequest): Record<string, unknown> {
	const { promptPriority, outputFormat, background, webSearch } = request.options;
	return {
		...arkFields(request),
		...(promptPriority === 'fast' && { optimize_prompt_options: { mode: 'fast' } }),
		...(outputFormat && { output_format: outputFormat }),
		...(background && { background }),
		...(webSearch && { tools: [{ type: 'web_search' }] }),
	};
}

/** Older versions of the software of relays drop the field (QuantumNous/new-api, dto/openai_image.go). */
export const RELAYED_LAYERS =
	'Relays may drop the wish for layers on its way to the model, and make a plain edit of it, which is paid for.';

/** The models that take images apart, where they are known by these IDs; `lacking`: what a seller has no field for. */
export function arkLayers(
	modelIds: Seller['modelIds'],
	doubt?: string,
	lacking: Partial<ModelSpec> = {},
): LayerPlan {
	return {
		models: Object.fromEntries(
			LAYER_FAMILIES.map((family) => [
				family,
				{ id: modelIds[family], spec: { ...LAYER_SPECS[family], ...lacking } },
			]),
		),
		refusedFields: REFUSED_WITH_LAYERS,
		doubt: () => doubt,
	};
}

function modelsOf(modelIds: Seller['modelIds'], isSearchUndocumented: boolean): Provider['models'] {
	return Object.fromEntries(
		MODEL_FAMILIES.map((family) => [
			family,
			{ id: modelIds[family], spec: { ...specOf(family), isSearchUndocumented } },
		]),
	);
}

function specOf(family: ModelFamily): ModelSpec {
	const spec = MODEL_SPECS[family];
	const isDisputed = family === 'seedream-4.0' || family === 'seedream-4.5';
	if (!isDisputed) return spec;
	return { ...spec, references: { ...spec.references, safeCount: SAFE_REFERENCES } };
}

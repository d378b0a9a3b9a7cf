import type { Bug } from '../bug';

const LAYERS = [
	'test/engine/providers/layers.test.ts',
	'test/engine/decompose/layers.test.ts',
	'test/engine/decompose/asynchronous.test.ts',
	'test/unit/shared/seedream/providers/dialects/imageList.test.ts',
];

/** What a person pays for and relies on when an image is taken apart. */
export const OF_LAYERS: readonly Bug[] = [
	{
		breaks: 'Layers come in the order of the answer',
		file: 'nodes/shared/seedream/providers/dialects/imageList.ts',
		find: 'height(one) - height(other)',
		replace: '0 * height(one) * height(other)',
		tests: LAYERS,
	},
	{
		breaks: 'What nobody here knows of a layer is dropped',
		file: 'nodes/shared/seedream/providers/dialects/imageList.ts',
		find: '...Object.fromEntries(rest),',
		replace: '',
		tests: LAYERS,
	},
	{
		breaks: 'The links of EvoLink hide what its data say of layers',
		file: 'nodes/shared/seedream/providers/dialects/imageList.ts',
		find: 'return descriptions.images.some(({ layer }) => layer) ? joinLists(descriptions, links) : links;',
		replace: 'return links;',
		tests: LAYERS,
	},
	{
		breaks: 'A relay that may make a plain edit of it is asked for layers',
		file: 'nodes/shared/seedream/validation/layerChecks.ts',
		find: '...(doubt === undefined ? [] : [limitProblem(doubtText(doubt))]),',
		replace: '',
		tests: LAYERS,
	},
	{
		breaks: 'A plain edit in place of layers is handed on without a word',
		file: 'nodes/shared/n8n/output/deliver.ts',
		find: 'if (!output.expectsLayers || !isInVain) return [];',
		replace: 'return [];',
		tests: LAYERS,
	},
	{
		breaks: 'Several images are sent to be taken apart',
		file: 'nodes/shared/seedream/validation/layerChecks.ts',
		find: '...(references.length > 1 ? [syntaxProblem(severalText(references.length))] : []),',
		replace: '',
		tests: LAYERS,
	},
	{
		breaks: 'Files of layers are named by their place in the list',
		file: 'nodes/shared/n8n/output/deliver.ts',
		find: '`layer-${image.layer.zIndex}`',
		replace: 'image.index + 1',
		tests: LAYERS,
	},
];

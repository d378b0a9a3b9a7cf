import { PROVIDERS } from '../providers';
import type { LayerPlan, Provider } from '../providers/provider';
import type { ImageRequest } from '../request';
import { limitProblem, syntaxProblem, type Problem } from './problem';

/** What stands in the way of taking an image apart. */
export function layerProblems(
	{ operation, references, options }: ImageRequest,
	modelId: string,
	{ layers, name }: Provider,
): Problem[] {
	if (operation !== 'decompose' || !layers) return [];
	const refused = layers.refusedFields.filter((field) => field in options.additionalFields);
	const doubt = layers.doubt?.(modelId);
	return [
		...(references.length > 1 ? [syntaxProblem(severalText(references.length))] : []),
		...refused.map((field) => limitProblem(fieldText(field, name))),
		...(doubt === undefined ? [] : [limitProblem(doubtText(doubt))]),
	];
}

/** Why a provider that has no such thing cannot do it, and who can. */
export function noLayersText({ name }: Provider): string {
	return `${name} does not take images apart into layers. Choose credentials of ${sellers()}.`;
}

function severalText(count: number): string {
	return `There are ${count} images, and exactly 1 can be taken apart in one request. Give each image an item of its own.`;
}

function fieldText(field: string, provider: string): string {
	return `Additional Fields has "${field}", which ${provider} refuses in a request for layers. Leave it out${field === 'size' ? ', and choose a Resolution' : ''}.`;
}

function doubtText(doubt: string): string {
	return `${doubt} Use a model of the list at one of ${sellers()}, or switch on Skip Validation if you know that it works.`;
}

/** Those of whom it is sure. */
function sellers(): string {
	const sure = PROVIDERS.filter(({ layers }) => layers && isSure(layers));
	return sure.map(({ name }) => name).join(', ');
}

function isSure(layers: LayerPlan): boolean {
	return Object.values(layers.models).every(({ id }) => layers.doubt?.(id) === undefined);
}

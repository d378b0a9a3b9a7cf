import type { LayerPlan } from '../provider';

/** Why a model may make something else, where a word in its ID is all that asks for layers. */
export function doubtWithout(word: string, provider: string): NonNullable<LayerPlan['doubt']> {
	return (modelId) =>
		modelId.includes(word)
			? undefined
			: `${provider} takes images apart only with models that have ${word} in their ID; "${modelId}" may make a plain edit, which is paid for.`;
}

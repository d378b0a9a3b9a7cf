/** Longer prompts lose details (Novita docs, model-apis-seedream-4-0; Tokaify docs, images/doubao). */
const RECOMMENDED = { chineseCharacters: 300, words: 600 };

/**
 * What a model may make of the length of a prompt. Tokens cannot be counted here, and a token is
 * never more than some characters: `promptTokens`, where the provider states a bound, is no more
 * than a warning.
 */
export function promptWarnings(
	prompt: string,
	promptTokens: number | undefined,
	model: string,
): string[] {
	const chinese = prompt.match(/\p{Script=Han}/gu)?.length ?? 0;
	const runs = prompt.match(/[^\s\p{Script=Han}]+/gu) ?? [];
	const words = runs.filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
	const warnings: string[] = [];
	if (chinese > RECOMMENDED.chineseCharacters) {
		warnings.push(
			`Prompt has ${chinese} Chinese characters, and at most ${RECOMMENDED.chineseCharacters} are recommended: the model may miss details of a longer one.`,
		);
	}
	if (words > RECOMMENDED.words) {
		warnings.push(
			`Prompt has ${words} words, and at most ${RECOMMENDED.words} are recommended: the model may miss details of a longer one.`,
		);
	}
	if (promptTokens !== undefined && prompt.length > promptTokens) {
		warnings.push(
			`Prompt has ${prompt.length} characters; ${model} takes ${promptTokens} tokens and may refuse more.`,
		);
	}
	return warnings;
}

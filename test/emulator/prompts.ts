const WORDS = [
	'zero',
	'one',
	'two',
	'three',
	'four',
	'five',
	'six',
	'seven',
	'eight',
	'nine',
	'ten',
	'eleven',
	'twelve',
	'thirteen',
	'fourteen',
	'fifteen',
];

/**
 * How many images come out of a request for up to `limit`. The limit alone makes one: the prompt
 * must ask for the number too (EvoLink docs, image-series/seedream, `n`).
 */
export function countFor(prompt: string, limit: number): number {
	const number = new RegExp(`\\b(${limit}|${WORDS[limit] ?? limit})\\b`, 'i');
	return number.test(prompt) ? limit : 1;
}

/** Whether the emulator's content filter refuses the prompt. */
export function isModeratedPrompt(prompt: string): boolean {
	return prompt.includes('[moderated]');
}

/**
 * Whether the filter refuses this image of a set, counted from 1: `[moderated-output:2]`.
 */
export function isModeratedOutput(prompt: string, position: number): boolean {
	return prompt.includes(`[moderated-output:${position}]`);
}

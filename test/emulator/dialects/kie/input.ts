import { z } from 'zod/v4';
import { badField } from '../../apiError';
import type { ApiRefusal } from '../../apiError';
import { checkReferences } from '../../references';
import type { LinkRule } from '../../references';
import type { Choice } from './facts';

/** The `input` of a task, as it came. */
export type Input = Readonly<Record<string, unknown>>;

/** The prompt, in so many characters. */
export function promptIn({ prompt }: Input, { min, max }: { min: number; max: number }): string {
	if (typeof prompt !== 'string' || (min > 0 && prompt.trim() === ''))
		throw badField('prompt', 'This field is required');
	const length = [...prompt].length;
	if (length > max) throw badField('prompt', 'The text length cannot exceed the maximum limit');
	if (length < min) throw badField('prompt', `The text length cannot be less than ${min}`);
	return prompt;
}

/** What the word of a field stands for. */
export function choiceIn<T>(input: Input, { field, words, byDefault }: Choice<T>): T {
	const word = input[field] ?? byDefault;
	if (word === undefined) throw badField(field, 'must be there', 'missing');
	const meaning = typeof word === 'string' ? words.get(word) : undefined;
	if (meaning === undefined) throw outOfRange(field);
	return meaning;
}

export function formatIn(input: Input, byDefault: 'jpeg' | 'png'): 'jpeg' | 'png' {
	const { data } = z.enum(['png', 'jpeg']).default(byDefault).safeParse(input.output_format);
	if (data === undefined) throw outOfRange('output_format');
	return data;
}

/** From 1 to the most; 1 where nothing is said. */
export function countIn(input: Input, field: string, most: number): number {
	const { data } = z.int().min(1).max(most).default(1).safeParse(input[field]);
	if (data === undefined) throw outOfRange(field);
	return data;
}

/** At least one link to a picture. */
export function linksIn(input: Input, field: string, rule: LinkRule): readonly string[] {
	const { data: links = [] } = z.array(z.string()).safeParse(input[field]);
	if (links.length === 0) throw badField(field, `${field} is required`);
	checkReferences(field, links, rule);
	return links;
}

/** The one link to a picture. */
export function linkIn(input: Input, field: string, rule: LinkRule): string {
	const link = input[field];
	if (typeof link !== 'string' || link === '') throw badField(field, `${field} is required`);
	checkReferences(field, [link], rule);
	return link;
}

function outOfRange(field: string): ApiRefusal {
	return badField(field, `${field} is not within the range of allowed options`);
}

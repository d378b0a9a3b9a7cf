import type { INodeProperties } from 'n8n-workflow';
import { parseJson } from '../seedream/objects';
import { syntaxProblem, type Problem } from '../seedream/validation/problem';
import { endSentence, messageOf, toText } from './text';

/** What a field's description says of how to read it: its title is how messages name it. */
type Field = Pick<INodeProperties, 'name' | 'displayName' | 'default'>;

/** The part of n8n's contexts that gives parameters. */
interface Context {
	getNodeParameter(name: string, itemIndex: number, fallback?: unknown): unknown;
}

/** What was read, always with all that could not be read. */
export interface ReadParameters<T> {
	value: T;
	problems: Problem[];
}

/**
 * Reads parameters of one input item: the only way to a reader, so that nobody has its values
 * without its problems. What cannot be read gives a stand-in and a problem, so that nothing hides
 * the rest.
 */
export function readParameters<T>(
	context: Context,
	itemIndex: number,
	read: (reader: ParameterReader) => T,
): ReadParameters<T> {
	const problems: Problem[] = [];
	return { value: read(new ParameterReader(context, itemIndex, problems)), problems };
}

export type { ParameterReader };

/** Reads leniently: text from an expression counts as a number where it is one. */
class ParameterReader {
	constructor(
		private readonly context: Context,
		private readonly itemIndex: number,
		private readonly problems: Problem[],
		private readonly path = '',
	) {}

	/** The fields within a collection. */
	within(collection: Pick<Field, 'name'>): ParameterReader {
		return new ParameterReader(this.context, this.itemIndex, this.problems, `${collection.name}.`);
	}

	/** `ifUnreadable` stands in for an expression that fails, so that no further fault is found with it. */
	text(field: Field, ifUnreadable?: string): string {
		return toText(this.read(field, field.default, ifUnreadable));
	}

	/** `wanted`: what the number must be. */
	number(field: Field, wanted = 'a number'): number {
		return this.toNumber(field, toText(this.read(field)), wanted) ?? Number(field.default);
	}

	/** Undefined where nothing is given; NaN, with a problem, where it is no number. */
	optionalNumber(field: Field): number | undefined {
		const text = toText(this.read(field, ''));
		return text.trim() === '' ? undefined : (this.toNumber(field, text, 'a number') ?? NaN);
	}

	flag(field: Field): boolean {
		const value = this.read(field);
		const text = toText(value).trim().toLowerCase();
		if (text === 'true' || text === 'false') return text === 'true';
		if (text !== '') {
			this.addProblem(`${titleOf(field)} is "${toText(value)}", and it must be true or false.`);
		}
		return field.default === true;
	}

	choice<T extends string>(field: Field, choices: readonly [T, ...T[]]): T {
		const byDefault = choices.find((choice) => choice === field.default) ?? choices[0];
		return this.toChoice(field, this.text(field), choices) ?? byDefault;
	}

	/** Undefined where nothing is given. */
	optionalChoice<T extends string>(field: Field, choices: readonly [T, ...T[]]): T | undefined {
		const text = toText(this.read(field, ''));
		return text === '' ? undefined : (this.toChoice(field, text, choices) ?? choices[0]);
	}

	/** Entries from a list, a JSON array, or text with one or several in it, which `split` takes apart. */
	list(field: Field, split: (text: string) => string[]): string[] {
		const entries = entriesOf(this.read(field, ''), split).map((entry) => entry.trim());
		return entries.filter(Boolean);
	}

	/** Any JSON; undefined when empty. */
	json(field: Field): unknown {
		const value = this.read(field, '');
		if (typeof value !== 'string') return value;
		if (value.trim() === '') return undefined;
		const parsed = parseJson(value);
		if (parsed === undefined) {
			this.addProblem(`${titleOf(field)} is not valid JSON: ${value.slice(0, 80)}`);
		}
		return parsed;
	}

	/** A JSON object; empty when nothing is given. */
	jsonObject(field: Field): Record<string, unknown> {
		const value = this.json(field) ?? {};
		if (typeof value === 'object' && !Array.isArray(value)) {
			return Object.fromEntries(Object.entries(value));
		}
		this.addProblem(`${titleOf(field)} must be a JSON object, such as {"response_format": "url"}.`);
		return {};
	}

	addProblem(text: string): void {
		this.problems.push(syntaxProblem(text));
	}

	private toNumber(field: Field, text: string, wanted: string): number | undefined {
		const number = Number(text);
		if (text.trim() !== '' && !Number.isNaN(number)) return number;
		this.addProblem(`${titleOf(field)} is "${text}", and it must be ${wanted}.`);
		return undefined;
	}

	private toChoice<T extends string>(
		field: Field,
		text: string,
		choices: readonly T[],
	): T | undefined {
		const choice = choices.find((candidate) => candidate === text);
		if (choice === undefined) {
			this.addProblem(`${titleOf(field)} is "${text}". Choose one of ${choices.join(', ')}.`);
		}
		return choice;
	}

	private read(field: Field, fallback: unknown = field.default, ifUnreadable = fallback): unknown {
		const path = this.path + field.name;
		try {
			const value: unknown = this.context.getNodeParameter(path, this.itemIndex, fallback);
			return value ?? fallback;
		} catch (error) {
			const reason = endSentence(messageOf(error));
			this.addProblem(`The expression in ${path} cannot be evaluated: ${reason}`);
			return ifUnreadable;
		}
	}
}

/** The title without its unit: `Max Wait` of `Max Wait (Seconds)`. */
export function titleOf({ displayName }: Pick<Field, 'displayName'>): string {
	return displayName.replace(/ \(.*\)$/, '');
}

function entriesOf(value: unknown, split: (text: string) => string[]): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => entriesOf(entry, split));
	const text = toText(value).trim();
	const parsed = text.startsWith('[') ? parseJson(text) : undefined;
	return Array.isArray(parsed) ? entriesOf(parsed, split) : split(text);
}

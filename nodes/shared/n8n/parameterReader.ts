import type { IExecuteFunctions } from 'n8n-workflow';
import { parseJson } from '../seedream/json';
import { syntaxProblem, type Problem } from '../seedream/validation/problem';
import { endSentence, messageOf, toText } from './text';

/**
 * The parameters of one input item, read leniently: text from an expression counts as a number
 * where it is one. What cannot be read is collected in `problems`, so that nothing hides the rest.
 */
export class Parameters {
	readonly problems: Problem[] = [];

	constructor(
		private readonly context: Pick<IExecuteFunctions, 'getNodeParameter'>,
		private readonly itemIndex: number,
	) {}

	/** `ifUnreadable` stands in for an expression that fails, so that no further fault is found with it. */
	text(name: string, fallback = '', ifUnreadable = fallback): string {
		return toText(this.read(name, fallback, ifUnreadable));
	}

	/** `title` names the parameter to the user, `wanted` what it must be. */
	number(name: string, title: string, fallback: number, wanted = 'a number'): number {
		const value = toText(this.read(name, fallback));
		const number = Number(value);
		if (value.trim() !== '' && !Number.isNaN(number)) return number;
		this.refuse(`${title} is "${value}", and it must be ${wanted}.`);
		return fallback;
	}

	/** A number that need not be given. */
	optionalNumber(name: string, title: string): number | undefined {
		const isGiven = toText(this.read(name, '')).trim() !== '';
		return isGiven ? this.number(name, title, NaN) : undefined;
	}

	/** A switch; `title` names it to the user. */
	flag(name: string, title: string, fallback: boolean): boolean {
		const value = this.read(name, fallback);
		const text = toText(value).trim().toLowerCase();
		if (text === 'true' || text === 'false') return text === 'true';
		if (text !== '') this.refuse(`${title} is "${toText(value)}", and it must be true or false.`);
		return fallback;
	}

	/** One of the choices; `title` names the parameter to the user. */
	choice<T extends string>(name: string, title: string, choices: readonly T[], fallback: T): T {
		const value = this.text(name, fallback);
		const choice = choices.find((candidate) => candidate === value);
		if (choice !== undefined) return choice;
		this.refuse(`${title} is "${value}". Choose one of ${choices.join(', ')}.`);
		return fallback;
	}

	/** Entries from a list, a JSON array, or text with one or several in it, which `split` takes apart. */
	list(name: string, split: (text: string) => string[]): string[] {
		return entriesOf(this.read(name, ''), split).map((entry) => entry.trim()).filter(Boolean);
	}

	/** Any JSON; undefined when empty. */
	json(name: string, title: string): unknown {
		const value = this.read(name, '');
		if (typeof value !== 'string') return value;
		if (value.trim() === '') return undefined;
		const parsed = parseJson(value);
		if (parsed === undefined) this.refuse(`${title} is not valid JSON: ${value.slice(0, 80)}`);
		return parsed;
	}

	/** A JSON object; empty when nothing is given. */
	jsonObject(name: string, title: string): Record<string, unknown> {
		const value = this.json(name, title) ?? {};
		if (typeof value === 'object' && !Array.isArray(value)) {
			return Object.fromEntries(Object.entries(value));
		}
		this.refuse(`${title} must be a JSON object, such as {"response_format": "url"}.`);
		return {};
	}

	refuse(text: string): void {
		this.problems.push(syntaxProblem(text));
	}

	private read(
		name: string,
		fallback: string | number | boolean,
		ifUnreadable = fallback,
	): unknown {
		try {
			const value: unknown = this.context.getNodeParameter(name, this.itemIndex, fallback);
			return value ?? fallback;
		} catch (error) {
			this.refuse(
				`The expression in ${name} cannot be evaluated: ${endSentence(messageOf(error))}`,
			);
			return ifUnreadable;
		}
	}
}

function entriesOf(value: unknown, split: (text: string) => string[]): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => entriesOf(entry, split));
	const text = toText(value).trim();
	const parsed = text.startsWith('[') ? parseJson(text) : undefined;
	return Array.isArray(parsed) ? entriesOf(parsed, split) : split(text);
}


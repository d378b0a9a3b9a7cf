import type { EmulatorOptions } from '../emulator';
import type { Stage } from '../e2e/stage';
import type { N8nOptions } from '../e2e/support/n8n';

export type Unit = 's' | 'ms' | 'ms per item' | '%' | 'x' | 'MiB' | 'kB' | '';

/** What was measured, once in each round. */
export interface Figure {
	readonly name: string;
	readonly unit: Unit;
	readonly values: readonly number[];
}

/** A limit for one of the figures of a row, by its name; `ratio` is that of ours to the comparator. */
export interface Goal {
	readonly figure: string;
	readonly atMost: number;
	/** What has to keep to it: the median when not given, or each round. */
	readonly by?: 'median' | 'worst';
}

/** What a row has measured. */
export interface Measured {
	readonly ours: Figure;
	/** The same job without this package, measured beside it, round by round. */
	readonly comparator?: Figure;
	readonly others?: readonly Figure[];
	/** What else is worth knowing, in a few words each. */
	readonly details?: readonly string[];
}

/** How the things of a stage are to be. */
export interface StageOptions {
	emulator?: EmulatorOptions;
	n8n?: N8nOptions;
}

/** What a row works with. */
export interface Bench {
	readonly rounds: number;
	/** The packed package. */
	readonly tarball: string;
	/** An n8n with the package and the idle node; the rows that name it alike one after the other share it. */
	stage(name: string, options?: StageOptions): Promise<Stage>;
}

/** One line of the table. */
export interface Row {
	readonly id: string;
	readonly title: string;
	/** What is measured from when to when, and what it is compared with; for the document. */
	readonly how: string;
	readonly goals: readonly Goal[];
	/** How often it is done when nobody says. */
	readonly rounds: number;
	/** Throws where the result is wrong: an image that is missing, an end that is lost. Never because of a time. */
	readonly run: (bench: Bench) => Promise<Measured>;
}

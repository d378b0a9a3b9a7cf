/** One bug that a person might put in, as a change of the product's text. The measure: some test notices it. */
export interface Bug {
	/** What breaks, in one line. */
	breaks: string;
	/** From the root of the repository. */
	file: string;
	/** Stands exactly once in the file. */
	find: string;
	replace: string;
	/** The test files that are expected to notice. */
	tests: readonly string[];
}

/** What became of a bug. `noLongerApplies`: the text to change is not there, so the list has to be brought up to date. */
export type Verdict =
	| { is: 'found'; by: string }
	| { is: 'notFound' }
	| { is: 'noLongerApplies'; why: string }
	| { is: 'broken'; why: string };

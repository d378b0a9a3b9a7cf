import type { Stage } from '../stage';

/** One thing that must be true of the package in a real n8n. */
export interface Check {
	/** Short; `--only` selects by it. */
	readonly name: string;
	/** Why it cannot run on this machine; without it, or undefined, it can. */
	readonly unavailable?: () => string | undefined;
	/** Throws where it is not true; gives the figures that were measured. */
	readonly run: (stage: Stage) => Promise<string>;
}

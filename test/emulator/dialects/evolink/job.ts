import type { Effects } from '../../faults';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';

/** A request that EvoLink accepts. */
export interface EvolinkJob {
	readonly model: string;
	/** The model line of the vendor. */
	readonly line: string;
	readonly prompt: string;
	/** So many images are charged in advance. */
	readonly limit: number;
	readonly callbackUrl: string | undefined;
	makeImages(state: EmulatorState, effects: Effects): Promise<TaskImages>;
}

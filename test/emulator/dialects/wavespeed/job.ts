import type { Effects } from '../../faults';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';

/** A request that WaveSpeedAI accepts. */
export interface WavespeedJob {
	/** The model line of the vendor. */
	readonly line: string;
	readonly prompt: string;
	/** What is paid, in images. */
	readonly price: number;
	/** As it came: the callback tells of it. */
	readonly input: unknown;
	/** Whether the client wants to wait for the end. */
	readonly waits: boolean;
	/** Whether the images themselves stand in the answer, in place of links. */
	readonly asBase64: boolean;
	makeImages(state: EmulatorState, effects: Effects): Promise<TaskImages>;
}

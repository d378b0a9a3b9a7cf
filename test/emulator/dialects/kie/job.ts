import type { Order } from '../../asynchronous';
import type { Effects } from '../../faults';
import type { EmulatorState } from '../../state';
import type { TaskImages } from '../../tasks';

/** An `input` that Kie.ai accepts, for the model that it is for. */
export interface KieJob extends Pick<Order, 'prompt' | 'limit'> {
	/** The model line of the vendor. */
	readonly line: string;
	makeImages(state: EmulatorState, effects: Effects): Promise<TaskImages>;
}

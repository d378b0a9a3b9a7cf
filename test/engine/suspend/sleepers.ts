import { expect } from 'vitest';
import { NODE } from '../seedream';
import type { RunResult } from '../support';
import { BOATS, numbered, settle, type Scene } from './scene';

/** Executions asleep whose real callbacks do not come: the test calls by itself. */
export class Sleepers {
	constructor(private readonly scene: Scene) {}

	/** Two tasks that have both ended, or of which the second stays open for ever. */
	async two({ isOneOpen = false } = {}): Promise<RunResult> {
		const { emulator } = this.scene;
		emulator.addFault({ on: 'create', noCallback: true });
		if (isOneOpen) emulator.addFault({ on: 'create', neverEnds: true, after: 1 });
		const asleep = await this.scene.suspend(BOATS, {
			items: numbered(2),
			options: { concurrency: 1 },
		});
		await settle(20);
		return asleep;
	}

	/** Checks that nothing at all has come of what was received, and that the execution can still be resumed. */
	expectAsleep(asleep: RunResult): void {
		expect(this.scene.record(asleep)).toEqual({ status: 'waiting', saved: asleep.saved });
		expect(this.scene.n8n.runs).toHaveLength(0);
	}

	/** Checks that it was resumed, once, and all images are there. */
	async expectAwake(count = 2): Promise<RunResult> {
		const { n8n } = this.scene;
		const awake = await n8n.run(0);
		expect(awake.items(NODE)).toMatchObject(
			numbered(count).map((_, item) => ({ json: { status: 'completed' }, pairedItem: { item } })),
		);
		expect(awake.items('End')).toHaveLength(count);
		expect(n8n.runs).toHaveLength(1);
		expect(this.scene.paid()).toBe(count);
		return awake;
	}
}

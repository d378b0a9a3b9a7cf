import { openStage, type Stage } from '../e2e/stage';
import type { Bench, StageOptions } from './row';

/** Lends the rows a stage, which stands until another one is asked for. */
export class Stages {
	private current: { name: string; stage: Stage } | undefined;

	constructor(
		private readonly tarball: string,
		private readonly idleTarball: string,
	) {}

	/** What a row is given that is done so many times. */
	forRow(rounds: number): Bench {
		return {
			rounds,
			tarball: this.tarball,
			stage: async (name, options) => await this.open(name, options),
		};
	}

	async close(): Promise<void> {
		const { current } = this;
		this.current = undefined;
		await current?.stage.close();
	}

	private async open(name: string, { emulator, n8n }: StageOptions = {}): Promise<Stage> {
		if (this.current?.name === name) return this.current.stage;
		await this.close();
		const stage = await openStage([this.tarball, this.idleTarball], {
			emulator: { alike: true, ...emulator },
			n8n,
		});
		this.current = { name, stage };
		return stage;
	}
}

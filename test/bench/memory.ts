import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorOptions } from '../emulator';
import type { Stage } from '../e2e/stage';
import type { ExecutionSummary } from '../e2e/support/execution';
import { memoryProbeScript, peakOf, readSamples } from '../e2e/support/memoryProbe';
import { waitUntil } from '../e2e/support/wait';
import type { WorkflowNode } from '../e2e/support/workflow';
import { runUnseen } from './orders';
import type { Bench } from './row';

/** A run of nodes, and what n8n's resident memory grew by meanwhile, garbage left out, in MiB. */
export interface MeasuredRun {
	execution: ExecutionSummary;
	growth: number;
}

/** An n8n of its own, as earlier work leaves a process larger than it needs to be. */
export interface ProbedStage {
	stage: Stage;
	/** Runs nodes once to warm up, and then once more while it looks. */
	measure(warmUp: readonly WorkflowNode[], nodes: readonly WorkflowNode[]): Promise<MeasuredRun>;
}

/** Lends an n8n whose memory is looked at four times a second at most, each time after a garbage collection. */
export async function probedStage(bench: Bench, emulator?: EmulatorOptions): Promise<ProbedStage> {
	const name = randomUUID();
	const log = join(tmpdir(), `n8n-memory-${name}.log`);
	process.once('exit', () => rmSync(log, { force: true }));
	const env = { E2E_MEMORY_LOG: log, E2E_MEMORY_PAUSE_MS: '250' };
	const stage = await bench.stage(name, { emulator, n8n: { env, preload: [memoryProbeScript] } });
	return {
		stage,
		measure: async (warmUp, nodes) => {
			const { status } = await runUnseen(stage, warmUp);
			assert.equal(status, 'success', 'the execution that warms up');
			process.kill(stage.n8n.pid, 'SIGUSR2');
			await waitUntil('the memory before', async () => readSamples(log, 0, Infinity).length >= 5);
			const began = Date.now();
			const execution = await runUnseen(stage, nodes);
			const ended = Date.parse(execution.stoppedAt ?? '');
			const before = peakOf(readSamples(log, 0, began), 'rss');
			return { execution, growth: peakOf(readSamples(log, began, ended), 'rss') - before };
		},
	};
}

import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { SeedreamApi } from '../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import { startEmulator, type Emulator, type HeldConnection } from '../emulator';
import { create, picture, taskIn } from '../emulator/testClient';
import { credentialsFor, NODE, NODE_TYPE } from '../engine/seedream';
import {
	binaryItem,
	chain,
	resumeByDeadline,
	retryExecution,
	runWorkflow,
	startWebhookServer,
	type RunOptions,
	type RunResult,
	type WebhookServer,
} from '../engine/support';
import { arrange } from './arrange';
import type { Cell } from './cells';
import { inItsOwnTime } from './ownTime';
import { MAX_TRIES, mayPass } from './promises';
import { lookAt, type Seen } from './seen';

/** Long enough to be found wherever it should not be. */
const API_KEY = 'sk-the-secret-key-of-the-matrix';

/** Ms after which a task ends. Asleep, it ends when the stage says so. */
const TASK_MS = 5;
const NOT_BY_ITSELF = 600_000;

/** More than Max Tries can lead to. */
const MOST_SLEEPS = 6;

/** A provider of its own for one cell after the other. */
export class Stage {
	private constructor(private readonly emulator: Emulator) {}

	static async open(onHang?: (held: HeldConnection) => void): Promise<Stage> {
		return new Stage(
			await startEmulator({
				keepAlive: false,
				apiKeys: [API_KEY],
				callbackRetryMs: [5, 10, 20],
				onHang,
			}),
		);
	}

	async close(): Promise<void> {
		await this.emulator.stop();
	}

	async play(cell: Cell): Promise<Seen> {
		return await inItsOwnTime(async () => await this.perform(cell));
	}

	private async perform(cell: Cell): Promise<Seen> {
		const { emulator } = this;
		await emulator.comeBack();
		emulator.reset();
		emulator.setTaskMs(TASK_MS);
		const n8n = await startWebhookServer();
		const options = await this.optionsFor(cell, n8n);
		arrange(emulator, cell);
		let result = await this.toItsEnd(await runWorkflow(options), n8n);
		if (cell.retry === 'person' && result.status === 'error') {
			await this.whatAPersonWaitsFor();
			result = await this.toItsEnd(await retryExecution(result), n8n);
		}
		await n8n.close();
		return lookAt(result, emulator, API_KEY);
	}

	private async optionsFor(cell: Cell, n8n: WebhookServer): Promise<RunOptions> {
		const { emulator } = this;
		const parameters = await this.parametersOf(cell);
		if (cell.way === 'callback' && cell.provider === 'evolink') emulator.setTaskMs(NOT_BY_ITSELF);
		return {
			workflow: {
				...chain({
					name: NODE,
					type: NODE_TYPE,
					parameters,
					...(!['none', 'person'].includes(cell.retry) && {
						retryOnFail: true,
						maxTries: MAX_TRIES,
					}),
				}),
				// Half as slow for Luxon, which n8n asks for the time in each expression.
				settings: { timezone: 'UTC' },
			},
			nodeTypes: { [NODE_TYPE]: this.nodeFor(cell) },
			credentialTypes: [new SeedreamApi()],
			credentials: {
				seedreamApi: credentialsFor(emulator, { provider: cell.provider, apiKey: API_KEY }),
			},
			items: cell.operation === 'edit' ? [await reference()] : undefined,
			webhookUrl: n8n.url,
		};
	}

	/** The node itself; that a try has failed is where a passing fault passes. */
	private nodeFor({ retry }: Cell): Seedream {
		const node = new Seedream();
		if (retry === 'lasting') return node;
		const endFault = async () => await this.endFault();
		const { execute } = node;
		node.execute = async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			try {
				return await execute.call(this);
			} catch (error) {
				await endFault();
				throw error;
			}
		};
		return node;
	}

	/** Somebody who retries comes minutes later. */
	private async whatAPersonWaitsFor(): Promise<void> {
		await this.endFault();
		this.emulator.finishTasks();
		await this.emulator.settled();
	}

	private async endFault(): Promise<void> {
		this.emulator.clearFaults();
		await this.emulator.comeBack();
	}

	private async parametersOf(cell: Cell): Promise<INodeParameters> {
		const { kind, operation, way, fault, retry } = cell;
		const isInVain = kind === 'query' && mayPass(fault);
		const options = {
			pollIntervalSeconds: 1,
			maxWaitSeconds: isInVain ? 40 : 600,
			...(way === 'stream' && { stream: true }),
		};
		const download = kind === 'download';
		if (operation === 'getTask')
			return {
				operation,
				taskId: await this.finishedTask(cell),
				waitUntilDone: way === 'wait',
				download,
				options,
			};
		const prompt = ['moving', 'lasting'].includes(retry)
			? '=A boat {{ $now.toMillis() }} {{ Math.random() }}'
			: 'A boat';
		const size = { sizeMode: 'pixels', width: 1024, height: 1024 };
		const completion = way === 'stream' ? 'poll' : way;
		return {
			operation,
			prompt,
			...size,
			completion,
			...(completion !== 'submit' && { download }),
			options,
		};
	}

	/** A task that somebody has paid for before. */
	private async finishedTask(cell: Cell): Promise<string> {
		const { emulator } = this;
		if (cell.kind === 'download' && cell.fault === 'refused') arrange(emulator, cell);
		const { id } = taskIn(
			await create(
				emulator,
				'evolink',
				{ model: 'doubao-seedream-4.0', prompt: 'A boat', size: '1024x1024' },
				API_KEY,
			),
		);
		await emulator.settled();
		return id;
	}

	/**
	 * Through its suspensions, if they have an end: the tasks end, the provider calls, and where nothing comes of that the time runs out.
	 */
	private async toItsEnd(first: RunResult, n8n: WebhookServer): Promise<RunResult> {
		let result = first;
		for (let slept = 0; result.status === 'waiting' && slept <= MOST_SLEEPS; slept += 1) {
			const resumed = n8n.runs.length;
			this.emulator.finishTasks();
			await this.emulator.settled();
			result = n8n.runs.length > resumed ? await n8n.run(resumed) : await resumeByDeadline(result);
		}
		return result;
	}
}

async function reference(): Promise<INodeExecutionData> {
	image ??= picture(40, 40);
	return binaryItem({ binary: { data: { buffer: await image, mimeType: 'image/png' } } });
}

let image: Promise<Buffer> | undefined;

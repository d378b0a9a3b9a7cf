import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type EmulatorOptions } from '../../emulator';
import type { Served } from '../resume/flow';
import { credentialData } from '../stage';
import { startFileServer } from '../support/fileServer';
import type { HostPaths } from '../support/install';
import { N8n, type N8nOptions } from '../support/n8n';
import { installAsN8nDoes } from '../support/package';
import { freePorts } from '../support/ports';
import { RestClient } from '../support/rest';
import type { Programs } from './programs';
import { DATABASE, startPostgres, startRedis } from './services';

/** n8n in queue mode: a main process, two workers, a process for webhooks, PostgreSQL and Redis. */
export interface Cluster extends Served {
	readonly workers: readonly N8n[];
	readonly webhook: N8n;
	readonly webhookUrl: string;
}

interface Ports {
	web: number;
	broker: number;
}

/** Starts everything, with the packed package installed as n8n does it, and an emulated provider. */
export async function startCluster(
	host: HostPaths,
	programs: Programs,
	tarball: string,
	emulatorOptions: EmulatorOptions = {},
): Promise<Cluster> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
	// The database's user has to get through to its own folder.
	chmodSync(folder, 0o755);
	const userFolder = join(folder, 'n8n');
	mkdirSync(userFolder);
	await installAsN8nDoes(tarball, userFolder);

	const [redisPort = 0, postgresPort = 0, ...webPorts] = await freePorts(10);
	const pair = (index: number): Ports => ({
		web: webPorts[2 * index] ?? 0,
		broker: webPorts[2 * index + 1] ?? 0,
	});
	const services = [
		await startRedis(folder, redisPort),
		await startPostgres(programs, folder, postgresPort),
	];

	const webhookUrl = `http://127.0.0.1:${pair(1).web}`;
	const env = environment(redisPort, postgresPort, webhookUrl);
	const make = (ports: Ports, options: N8nOptions) =>
		new N8n(host, userFolder, false, ports, {
			...options,
			env: { ...env, ...options.env },
			startTimeoutMs: 120_000,
		});
	const main = make(pair(0), { logName: 'main' });
	const webhook = make(pair(1), {
		logName: 'webhook',
		command: ['webhook'],
		readyPath: '/healthz',
	});
	const workers = [1, 2].map((number) => {
		const ports = pair(1 + number);
		const health = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(ports.web),
		};
		return make(ports, {
			logName: `worker-${number}`,
			command: ['worker', '--concurrency=5'],
			readyPath: '/healthz',
			env: health,
		});
	});
	// Alone at first: it makes the tables.
	await main.start();
	await Promise.all([webhook, ...workers].map(async (each) => await each.start()));

	const [emulator, files] = [await startEmulator(emulatorOptions), await startFileServer()];
	const rest = new RestClient(main.baseUrl);
	await rest.setUpOwner();
	const credential = await rest.createCredential(
		'Seedream account',
		'seedreamApi',
		credentialData(emulator),
	);
	return {
		emulator,
		n8n: main,
		rest,
		files,
		credential,
		workers,
		webhook,
		webhookUrl,
		close: async () => {
			// Not gently: after a worker was killed, the others wait for its executions when they are asked to end.
			await Promise.all([main, webhook, ...workers].map(async (each) => await each.kill()));
			await Promise.all([
				...services.map(async (each) => await each.stop()),
				emulator.stop(),
				files.close(),
			]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function environment(
	redisPort: number,
	postgresPort: number,
	webhookUrl: string,
): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: DATABASE.name,
		DB_POSTGRESDB_USER: DATABASE.user,
		DB_POSTGRESDB_PASSWORD: '',
		// The same for all, which make their own otherwise.
		N8N_ENCRYPTION_KEY: 'n8n-nodes-seedream-e2e',
		WEBHOOK_URL: `${webhookUrl}/`,
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
}

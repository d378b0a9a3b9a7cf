import { dirname, delimiter } from 'node:path';
import { netguardScript } from './paths';

export interface EnvironmentInputs {
	userFolder: string;
	port: number;
	brokerPort: number;
	node: string;
	netguardLog: string;
	compileCache: string;
	/** Scripts to load before n8n, besides the netguard. */
	preload: readonly string[];
	/** Modules that this version of n8n is to run without. */
	disabledModules: readonly string[];
}

const nothingLeaves = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
	SCARF_ANALYTICS: 'false',
};

/**
 * The whole environment of an n8n process. Nothing but the search path comes from the caller's own environment, so that a
 * run is the same on every machine.
 */
export function environmentOf(inputs: EnvironmentInputs): Record<string, string> {
	return {
		...nothingLeaves,
		...(inputs.disabledModules.length === 0
			? {}
			: { N8N_DISABLED_MODULES: inputs.disabledModules.join(',') }),
		// n8n starts its task runner as plain `node`, which must be the one that runs n8n.
		PATH: [dirname(inputs.node), process.env['PATH'] ?? ''].join(delimiter),
		HOME: inputs.userFolder,
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		N8N_USER_FOLDER: inputs.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_PORT: String(inputs.port),
		N8N_RUNNERS_BROKER_PORT: String(inputs.brokerPort),
		N8N_SECURE_COOKIE: 'false',
		NODE_OPTIONS: [netguardScript, ...inputs.preload]
			.map((script) => `--require ${JSON.stringify(script)}`)
			.join(' '),
		NODE_COMPILE_CACHE: inputs.compileCache,
		E2E_NETGUARD_LOG: inputs.netguardLog,
	};
}

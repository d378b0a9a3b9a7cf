import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasCommand } from '../../../scripts/command';
import { installDebianPackages } from '../support/system';

/** Debian keeps the server's programs out of PATH. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** How the programs of PostgreSQL are started. */
export interface Programs {
	postgres: string;
	initdb: string;
}

function findPostgres(): Programs | undefined {
	const versions = existsSync(DEBIAN_POSTGRES)
		? readdirSync(DEBIAN_POSTGRES)
				.map(Number)
				.sort((a, b) => b - a)
		: [];
	for (const version of versions) {
		const folder = join(DEBIAN_POSTGRES, String(version), 'bin');
		if (existsSync(join(folder, 'initdb')))
			return { postgres: join(folder, 'postgres'), initdb: join(folder, 'initdb') };
	}
	return hasCommand('initdb') && hasCommand('postgres')
		? { postgres: 'postgres', initdb: 'initdb' }
		: undefined;
}

/** Makes sure that PostgreSQL and Redis are installed; says what is missing where they cannot be. */
export async function ensurePrograms(): Promise<Programs> {
	const missing = [
		...(hasCommand('redis-server') ? [] : ['redis-server']),
		...(findPostgres() === undefined ? ['postgresql'] : []),
	];
	if (missing.length > 0) await installDebianPackages(missing, 'Queue mode');
	const found = findPostgres();
	if (found === undefined)
		throw new Error(
			'PostgreSQL was installed, but initdb is in no folder that is known here. Put it into PATH.',
		);
	return found;
}

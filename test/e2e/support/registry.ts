import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { run } from '../../../scripts/command';
import { freePorts } from './ports';

/** A registry of npm on loopback that knows one package, and an `npm` that asks no other. */
export interface Registry {
	/** A folder with that `npm`; to be searched before every other. n8n takes a registry of one's own only with a licence. */
	readonly npmFolder: string;
	/** Publishes a packed package as its latest version, or as the version that is given; gives the version. */
	publish(tarball: string, version?: string): Promise<string>;
	close(): Promise<void>;
}

const manifestSchema = z.looseObject({ name: z.string(), version: z.string() });
type Published = z.infer<typeof manifestSchema> & { tarball: Buffer };

/** Starts it empty. Not for Windows, where n8n looks for npm elsewhere. */
export async function startRegistry(): Promise<Registry> {
	const [port = 0] = await freePorts(1);
	const url = `http://127.0.0.1:${port}`;
	const folder = mkdtempSync(join(tmpdir(), 'seedream-registry-'));
	const published: Published[] = [];
	const server = createServer((request, response) => {
		const path = request.url ?? '';
		const file = published.find((each) => path === pathOf(each));
		if (file !== undefined) return void response.end(file.tarball);
		const versions = published.filter(({ name }) => path === `/${name}`);
		if (versions.length === 0) return void response.writeHead(404).end('{}');
		response
			.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
			.end(JSON.stringify(packumentOf(versions, url)));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	writeNpm(folder, url);
	return {
		npmFolder: folder,
		publish: async (tarball, version) => {
			const latest = await read(tarball, version);
			published.push(latest);
			return latest.version;
		},
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function pathOf({ name, version }: Published): string {
	return `/${name}/-/${name}-${version}.tgz`;
}

/** What npm reads of a package: its versions, and where each one's tarball is. */
function packumentOf(versions: readonly Published[], url: string): Record<string, unknown> {
	const latest = versions.at(-1);
	return {
		name: latest?.name,
		'dist-tags': { latest: latest?.version },
		versions: Object.fromEntries(
			versions.map((each) => {
				const { tarball, ...manifest } = each;
				const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
				return [
					each.version,
					{ ...manifest, dist: { tarball: `${url}${pathOf(each)}`, integrity } },
				];
			}),
		),
	};
}

/** The next npm of PATH; the registry that is named last is the one that it asks. */
function writeNpm(folder: string, url: string): void {
	const file = join(folder, 'npm');
	writeFileSync(file, `#!/bin/sh\nPATH="\${PATH#*:}"\nexec npm "$@" --registry=${url}\n`);
	chmodSync(file, 0o755);
}

async function read(tarball: string, version: string | undefined): Promise<Published> {
	const folder = mkdtempSync(join(tmpdir(), 'seedream-version-'));
	try {
		await run('tar', ['-xzf', tarball, '-C', folder]);
		const file = join(folder, 'package', 'package.json');
		const manifest = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
		if (version === undefined) return { ...manifest, tarball: readFileSync(tarball) };
		writeFileSync(file, JSON.stringify({ ...manifest, version }));
		const packed = join(folder, 'package.tgz');
		await run('tar', ['-czf', packed, '-C', folder, 'package']);
		return { ...manifest, version, tarball: readFileSync(packed) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

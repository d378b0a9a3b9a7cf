import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasCommand, run } from '../../../scripts/command';
import { makeRelease } from '../../../scripts/release/makeRelease';

const CHANGELOG = '# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0\n\n- First.\n';
const lock = {
	name: 'a',
	version: '0.1.0',
	lockfileVersion: 3,
	packages: { '': { version: '0.1.0' } },
};

let folder: string;
const git = async (...args: string[]) => (await run('git', args, { cwd: folder })).trim();
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const release = async (version: string) => await makeRelease(folder, version, '2026-11-22');

/** A git hook that runs the tests says where its repository is, and that is not the one meant here. */
function forgetOtherRepositories(): void {
	for (const name of Object.keys(process.env))
		if (name.startsWith('GIT_')) vi.stubEnv(name, undefined);
	vi.stubEnv('GIT_CONFIG_GLOBAL', devNull);
}

describe.skipIf(!hasCommand('git'))('npm run release', () => {
	beforeEach(async () => {
		forgetOtherRepositories();
		folder = mkdtempSync(join(tmpdir(), 'seedream-release-'));
		write('package.json', JSON.stringify({ name: 'a', version: '0.1.0' }));
		write('package-lock.json', JSON.stringify(lock));
		write('CHANGELOG.md', CHANGELOG);
		await git('init', '--quiet', '--initial-branch=main');
		await git('config', 'user.name', 'Maintainer');
		await git('config', 'user.email', 'maintainer@example.com');
		await git('add', '--all');
		await git('commit', '--quiet', '--message', 'Begin');
	});
	afterEach(() => {
		vi.unstubAllEnvs();
		rmSync(folder, { recursive: true, force: true });
	});

	it('commits the version and its section of the changelog, and tags the commit', async () => {
		expect(await release('minor')).toBe('0.2.0');
		expect(JSON.parse(read('package.json'))).toMatchObject({ version: '0.2.0' });
		expect(JSON.parse(read('package-lock.json'))).toMatchObject({
			version: '0.2.0',
			packages: { '': { version: '0.2.0' } },
		});
		expect(read('CHANGELOG.md')).toContain('## Unreleased\n\n## 0.2.0 – 2026-11-22\n\n- New.\n');
		expect(await git('log', '--format=%s')).toBe('Release 0.2.0\nBegin');
		expect(await git('status', '--porcelain')).toBe('');
		expect(await git('rev-parse', 'v0.2.0^{commit}')).toBe(await git('rev-parse', 'HEAD'));
	});

	it.each([
		[
			'another branch',
			'A release is made on main, and this is work.',
			() => git('checkout', '-qb', 'work'),
		],
		[
			'a detached head',
			'A release is made on main, and this is no branch.',
			() => git('checkout', '-q', '--detach'),
		],
	])('refuses to release from %s', async (_, message, leave) => {
		await leave();
		await expect(release('minor')).rejects.toThrow(message);
	});

	it.each(['CHANGELOG.md', 'new.txt'])('refuses while %s is not committed', async (file) => {
		write(file, CHANGELOG + '\n');
		await expect(release('minor')).rejects.toThrow('Some changes are not committed.');
		expect(read(file)).toBe(CHANGELOG + '\n');
	});

	it.each(['', 'prerelease', '1.0', 'from-git', '--force'])(
		'refuses the version "%s"',
		async (version) => {
			await expect(release(version)).rejects.toThrow('Say what to release');
		},
	);

	it.each([
		['the version is the old one', '0.1.0', async () => undefined],
		['the tag is there already', '0.2.0', async () => await git('tag', 'v0.2.0')],
		[
			'the changelog has nothing new',
			'0.2.0',
			async () => {
				write('CHANGELOG.md', '## Unreleased\n\n## 0.1.0\n');
				await git('commit', '--quiet', '--all', '--message', 'Say nothing');
			},
		],
	])('leaves all as it was where %s', async (_, version, prepare) => {
		await prepare();
		const before = await git('rev-parse', 'HEAD');
		await expect(release(version)).rejects.toThrow();
		expect(await git('rev-parse', 'HEAD')).toBe(before);
		expect(await git('status', '--porcelain')).toBe('');
		expect(JSON.parse(read('package.json'))).toMatchObject({ version: '0.1.0' });
	});
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command';
import { readManifest } from '../manifest';
import { released } from './changelog';

const VERSION = /^(patch|minor|major|\d+\.\d+\.\d+)$/;

/**
 * Makes the commit and the tag of a version out of what the changelog has under "Unreleased", and gives the version.
 * Nothing is pushed. Where it fails, all is as before.
 */
export async function makeRelease(folder: string, version: string, date: string): Promise<string> {
	if (!VERSION.test(version))
		throw new Error('Say what to release: npm run release -- patch, minor, major or a version.');
	const git = async (...args: string[]) => (await run('git', args, { cwd: folder })).trim();
	const branch = await git('branch', '--show-current');
	if (branch !== 'main')
		throw new Error(
			`A release is made on main, and this is ${branch === '' ? 'no branch' : branch}.`,
		);
	if ((await git('status', '--porcelain')) !== '')
		throw new Error('Some changes are not committed. Commit them or stash them first.');

	const before = await git('rev-parse', 'HEAD');
	try {
		return await commitAndTag(folder, version, date, git);
	} catch (error) {
		await git('reset', '--hard', '--quiet', before);
		throw error;
	}
}

async function commitAndTag(
	folder: string,
	wanted: string,
	date: string,
	git: (...args: string[]) => Promise<string>,
): Promise<string> {
	await run('npm', ['version', wanted, '--no-git-tag-version'], { cwd: folder });
	const { version } = readManifest(folder);
	const changelog = join(folder, 'CHANGELOG.md');
	writeFileSync(changelog, released(readFileSync(changelog, 'utf8'), version, date));
	await git('commit', '--quiet', '--all', '--message', `Release ${version}`);
	await git('tag', '--annotate', `v${version}`, '--message', version);
	return version;
}

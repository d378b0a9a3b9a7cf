import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const CI = read('.github/workflows/ci.yml');
const RELEASE = read('.github/workflows/release.yml');
const manifest = z
	.looseObject({ scripts: z.record(z.string(), z.string()), publishConfig: z.unknown() })
	.parse(JSON.parse(read('package.json')));

/** A job as it is written, without its name. */
function jobOf(workflow: string, name: string): string {
	const [, after = ''] = workflow.split(`\n  ${name}:\n`);
	return after.split(/\n {0,2}\S/)[0] ?? '';
}

/** What stands before the jobs, for all of them. */
function headOf(workflow: string): string {
	return workflow.split('\njobs:\n')[0] ?? '';
}

/** All that is run by the shell, in order. */
function commandsOf(workflow: string): string[] {
	return [...workflow.matchAll(/^ +(?:- )?run: (.+)$/gm)].map(([, command = '']) => command);
}

describe.each([
	['ci.yml', CI],
	['release.yml', RELEASE],
])('%s', (_, workflow) => {
	it('runs what package.json has', () => {
		const named = commandsOf(workflow).flatMap((command) =>
			[...command.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name),
		);
		expect(named.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
	});

	it('may read the repository and nothing more, unless a job says so', () => {
		expect(headOf(workflow)).toMatch(/\npermissions:\n {2}contents: read\n\n/);
	});

	it('knows no secrets', () => {
		expect(workflow).not.toMatch(/secrets\b/);
	});

	it("takes only GitHub's own actions, of a major version that is said", () => {
		const used = [...workflow.matchAll(/uses: (.+)$/gm)].map(([, action = '']) => action);
		const known = /^(actions\/[\w-]+@(v\d+|[0-9a-f]{40})|\.\/\.github\/workflows\/ci\.yml)$/;
		expect(used.filter((action) => !known.test(action))).toEqual([]);
	});

	it('leaves no credentials of GitHub to what it runs', () => {
		const checkouts = workflow.split('uses: actions/checkout@').slice(1);
		for (const checkout of checkouts)
			expect(checkout).toMatch(/^v\d+\n +with:\n +persist-credentials: false\n/);
	});
});

describe('CI', () => {
	it('runs on what is pushed to main, on pull requests and before a release', () => {
		expect(headOf(CI)).toMatch(/\non:\n {2}push:\n {4}branches: \[main\]\n {2}pull_request:\n/);
		expect(headOf(CI)).toContain('\n  workflow_call:\n');
		expect(headOf(CI)).toContain('\n  cancel-in-progress: true');
	});

	it('runs .ci/run on Node 20 within an hour, and keeps logs and screenshots where it fails', () => {
		const job = jobOf(CI, 'everything');
		expect(commandsOf(job)).toContain('.ci/run');
		expect(job).toContain('node-version: 20\n');
		expect(job).toContain('timeout-minutes: 60\n');
		expect(job).toMatch(/- if: failure\(\)\n +uses: actions\/upload-artifact@/);
		expect(job).toMatch(/\n +\.work\/ci\n +\.work\/screenshots\n/);
		expect(job).toContain('include-hidden-files: true');
		expect(() => accessSync(join(ROOT, '.ci/run'), constants.X_OK)).not.toThrow();
	});

	it('runs the tests on Node 22 and 24 too', () => {
		const job = jobOf(CI, 'tests');
		expect(job).toContain('node: [22, 24]\n');
		expect(job).toContain('node-version: ${{ matrix.node }}\n');
		expect(commandsOf(job)).toEqual(['npm test']);
	});
});

describe('A release', () => {
	const publish = jobOf(RELEASE, 'publish');

	it('begins with the tag of a version', () => {
		expect(headOf(RELEASE)).toMatch(/\non:\n {2}push:\n {4}tags: \['v\*\.\*\.\*'\]\n\n/);
	});

	it('needs a tag, a package.json and a changelog that agree, then all of CI', () => {
		expect(commandsOf(jobOf(RELEASE, 'version'))).toContain(
			'npm run release:notes -- "$GITHUB_REF_NAME"',
		);
		expect(jobOf(RELEASE, 'checks')).toContain('    needs: version\n');
		expect(jobOf(RELEASE, 'checks')).toContain('    uses: ./.github/workflows/ci.yml');
		expect(publish).toContain('    needs: checks\n');
	});

	it('is allowed to sign and to write in the one job that publishes', () => {
		expect(publish).toMatch(/\n {6}contents: write\n/);
		expect(publish).toMatch(/\n {6}id-token: write\n/);
		expect(RELEASE.match(/: write$/gm)).toHaveLength(2);
	});

	it('publishes with provenance the tarball that was scanned, and says on GitHub what is new', () => {
		expect(commandsOf(publish)).toEqual([
			'npm ci',
			'npm run --silent release:notes -- "$GITHUB_REF_NAME" > "$RUNNER_TEMP/notes.md"',
			'npm run scan',
			'npm publish .work/tarballs/*/*.tgz --provenance --access public',
			'gh release create "$GITHUB_REF_NAME" --verify-tag --title "$GITHUB_REF_NAME" --notes-file "$RUNNER_TEMP/notes.md"',
		]);
	});

	it('cannot be made by hand, as npm makes no provenance there', () => {
		expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
	});
});

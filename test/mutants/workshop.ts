import { execFile } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { z } from 'zod/v4';
import type { Bug, Verdict } from './bug';

const ROOT = join(__dirname, '../..');

/** Not needed by any test that is run here. */
const LEFT_OUT = new Set(['node_modules', '.git', 'dist', '.work', 'demo-output']);

/** Milliseconds for the tests of one bug. One that makes them hang is found, too. */
const MOST_TIME = 300_000;

const reportSchema = z.object({
	testResults: z.array(
		z.object({
			/** The file, with its whole path. */
			name: z.string(),
			message: z.string().optional(),
			assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
		}),
	),
});

/** What vitest says of a run. */
interface Report {
	/** The tests that failed: file and name. */
	failed: Array<{ file: string; name: string }>;
	/** Why nothing can be said, where files could not even be loaded or the time was over. */
	trouble?: string;
	isOutOfTime: boolean;
}

interface How {
	isFirstEnough?: boolean;
	/** In ms; 0 for as long as it takes. */
	timeout?: number;
	/** The name of the one test to run. */
	only?: string;
}

/** A copy of the repository, in which bugs are put in and taken out again. */
export class Workshop {
	private readonly folder = mkdtempSync(join(tmpdir(), 'mutants-'));
	/** The tests that fail without any bug, and so find none. */
	private failing: Report['failed'] = [];

	constructor() {
		cpSync(ROOT, this.folder, {
			recursive: true,
			filter: (source) => !LEFT_OUT.has(basename(source)),
		});
		symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
	}

	/** Runs the tests of one bug with the bug in. */
	async judge(bug: Bug): Promise<Verdict> {
		const path = join(this.folder, bug.file);
		if (!existsSync(path)) return { is: 'noLongerApplies', why: 'there is no such file' };
		const before = readFileSync(path, 'utf8');
		const times = before.split(bug.find).length - 1;
		if (times !== 1)
			return { is: 'noLongerApplies', why: `the text to find stands there ${times} times` };
		writeFileSync(
			path,
			before.replace(bug.find, () => bug.replace),
		);
		try {
			// Where all is well without a bug, one test that fails is enough.
			const isFirstEnough = !this.failing.some(({ file }) => bug.tests.includes(file));
			const { failed, trouble, isOutOfTime } = await this.run(bug.tests, {
				isFirstEnough,
				timeout: MOST_TIME,
			});
			if (isOutOfTime) return { is: 'found', by: '(the tests do not end)' };
			const by = failed.find(({ name }) => !this.failing.some((known) => known.name === name));
			if (by === undefined)
				return trouble === undefined ? { is: 'notFound' } : { is: 'broken', why: trouble };
			writeFileSync(path, before);
			const { failed: evenSo } = await this.run([by.file], { only: by.name });
			return evenSo.length === 0
				? { is: 'found', by: by.name }
				: { is: 'broken', why: `fails without the bug, too: ${by.name}` };
		} finally {
			writeFileSync(path, before);
		}
	}

	/** Runs the tests without any bug, and gives the names of those that fail even so: they find none. */
	async failWithout(bugs: readonly Bug[]): Promise<string[]> {
		const files = [...new Set(bugs.flatMap(({ tests }) => tests))];
		const { failed, trouble } = await this.run(files);
		if (trouble !== undefined) throw new Error(`The tests cannot be run: ${trouble}`);
		this.failing = failed;
		return failed.map(({ name }) => name);
	}

	close(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}

	private async run(
		files: readonly string[],
		{ isFirstEnough, timeout = 0, only }: How = {},
	): Promise<Report> {
		const missing = files.filter((file) => !existsSync(join(this.folder, file)));
		if (missing.length > 0)
			return { failed: [], trouble: `there is no ${missing.join(', ')}`, isOutOfTime: false };
		const output = join(this.folder, 'mutants.json');
		rmSync(output, { force: true });
		const bail = isFirstEnough ? ['--bail=1'] : [];
		const chosen = only === undefined ? [] : ['-t', only.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')];
		const args = [
			'node_modules/vitest/vitest.mjs',
			'run',
			...bail,
			...chosen,
			'--reporter=json',
			`--outputFile=${output}`,
			...files,
		];
		const isKilled = await new Promise<boolean>((resolve) => {
			execFile(
				process.execPath,
				args,
				{ cwd: this.folder, timeout, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 },
				(error) => resolve(error?.killed === true),
			);
		});
		if (!existsSync(output))
			return { failed: [], trouble: 'vitest did not report', isOutOfTime: isKilled };
		const report = reportSchema.parse(JSON.parse(readFileSync(output, 'utf8')));
		const failed = report.testResults.flatMap(({ name, assertionResults }) => {
			const file = relative(this.folder, name);
			return assertionResults
				.filter(({ status }) => status === 'failed')
				.map(({ fullName }) => ({ file, name: fullName }));
		});
		const unloaded = report.testResults.find(
			({ assertionResults, message }) => assertionResults.length === 0 && message,
		);
		return {
			failed,
			...(unloaded?.message && { trouble: unloaded.message.split('\n')[0] }),
			isOutOfTime: isKilled,
		};
	}
}

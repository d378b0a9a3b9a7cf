import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packTarball } from '../../scripts/packTarball';
import { repositoryRoot } from '../../scripts/paths';
import { ensureHost } from '../e2e/support/install';
import { isolate } from '../e2e/support/isolated';
import { say } from '../e2e/support/system';
import { dark, drawBars, light } from './bars';
import { Stages } from './bench';
import { barsOf, writeDocument } from './document';
import { judge, type RowResult } from './judge';
import { describeMachine } from './machine';
import { describeRow, table } from './report';
import { allRows } from './rows';

/** `npm run bench -- [--only <part of an id>] [--rounds <number>] [--write]` */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			only: { type: 'string', default: '' },
			rounds: { type: 'string' },
			write: { type: 'boolean', default: false },
		},
	});
	if (values.write && values.only !== '')
		throw new Error('The document holds all rows, so --write goes without --only.');
	const rows = allRows.filter(({ id }) => id.includes(values.only));
	if (rows.length === 0) throw new Error(`No row has "${values.only}" in its id.`);
	await ensureHost();
	const tarball = await packTarball();
	const idleTarball = await packTarball(join(repositoryRoot, 'test', 'bench', 'idleNode'));
	say(`Kept from the outside by: ${await isolate()}`);

	const stages = new Stages(tarball, idleTarball);
	const results: RowResult[] = [];
	try {
		for (const row of rows) {
			const begun = Date.now();
			try {
				const rounds = values.rounds === undefined ? row.rounds : Number(values.rounds);
				const result = judge(row, await row.run(stages.forRow(rounds)));
				results.push(result);
				console.log(`${describeRow(result)}\n    (${Math.round((Date.now() - begun) / 1000)} s)`);
			} catch (error) {
				process.exitCode = 1;
				console.log(`WRONG  ${row.id}: ${error instanceof Error ? error.stack : String(error)}`);
				await stages.close();
			}
		}
	} finally {
		await stages.close();
	}
	console.log(`\n${table(results)}`);
	if (values.write && process.exitCode === undefined) await write(results);
}

/** Only when it is asked for: a run on a machine that is busy with other things should not take the place of a good one. */
async function write(results: readonly RowResult[]): Promise<void> {
	const occasion = {
		machine: await describeMachine(),
		date: new Date().toISOString().slice(0, 10),
		command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
	};
	const docs = join(repositoryRoot, 'docs');
	const groups = barsOf(results);
	writeFileSync(join(docs, 'performance.md'), writeDocument(results, occasion));
	writeFileSync(join(docs, 'performance-light.svg'), drawBars(groups, light));
	writeFileSync(join(docs, 'performance-dark.svg'), drawBars(groups, dark));
	console.log('Written: docs/performance.md and its two pictures.');
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

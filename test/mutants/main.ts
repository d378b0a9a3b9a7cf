import { BUGS } from './bugs';
import type { Bug, Verdict } from './bug';
import { Workshop } from './workshop';

/*
 * The measure of the tests: puts each bug of the list into a copy of the repository, one at a time, and runs the tests that are expected
 * to notice. `tsx test/mutants/main.ts [words]` runs those bugs only that have one of the words in their file or description.
 */

const WORDS: Record<Verdict['is'], string> = {
	found: 'found',
	notFound: 'NOT FOUND',
	noLongerApplies: 'NO LONGER APPLIES',
	broken: 'BROKEN',
};

function chosen(words: readonly string[]): readonly Bug[] {
	if (words.length === 0) return BUGS;
	return BUGS.filter(({ file, breaks }) =>
		words.some((word) => `${file} ${breaks}`.includes(word)),
	);
}

function lineOf({ file, breaks }: Bug, verdict: Verdict, seconds: number): string {
	const detail = 'by' in verdict ? verdict.by : 'why' in verdict ? verdict.why : '';
	return `| ${WORDS[verdict.is]} | ${breaks} | ${file.replace(/^nodes\//, '')} | ${detail.replaceAll('|', '\\|')} | ${seconds.toFixed(0)} s |`;
}

async function run(bugs: readonly Bug[]): Promise<boolean> {
	const workshop = new Workshop();
	process.once('SIGINT', () => {
		workshop.close();
		process.exit(130);
	});
	try {
		console.log(`${bugs.length} bugs. First the tests without any …`);
		const failing = await workshop.failWithout(bugs);
		if (failing.length > 0)
			console.log(`These fail without a bug, and so prove nothing:\n${failing.join('\n')}\n`);
		console.log('| | What breaks | Where | Found by | Time |\n|---|---|---|---|---|');
		const counts: Record<Verdict['is'], number> = {
			found: 0,
			notFound: 0,
			noLongerApplies: 0,
			broken: 0,
		};
		for (const bug of bugs) {
			const began = Date.now();
			const verdict = await workshop.judge(bug);
			counts[verdict.is] += 1;
			console.log(lineOf(bug, verdict, (Date.now() - began) / 1000));
		}
		const said = Object.entries(counts).filter(([is, count]) => count > 0 || is === 'found');
		console.log(
			`\nOf ${bugs.length} bugs: ${said.map(([is, count]) => `${count} ${WORDS[is as Verdict['is']].toLowerCase()}`).join(', ')}.`,
		);
		return counts.found === bugs.length && failing.length === 0;
	} finally {
		workshop.close();
	}
}

run(chosen(process.argv.slice(2))).then(
	(areAllFound) => {
		process.exitCode = areAllFound ? 0 : 1;
	},
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The table for people to read. With UPDATE_FAULT_MATRIX set, a run writes it; else it must be what the run gives. */
const FILE = join(import.meta.dirname, '../../docs/fault-matrix.md');

export const IS_WRITTEN = process.env.UPDATE_FAULT_MATRIX !== undefined;

/** The sections in their order, by the file that runs them. */
export const SECTIONS = {
	upload: 'Upload of a reference (EvoLink)',
	create: 'Create request (EvoLink)',
	query: 'Reading of a task (EvoLink)',
	callback: 'Callback (EvoLink)',
	task: 'The task itself (EvoLink)',
	download: 'Download of an image (EvoLink)',
	'create, answered at once': 'Create request that is answered with the images (Novita AI)',
	'create, streamed': 'Create request that is answered with a stream (BytePlus ModelArk)',
	'download, answered at once': 'Download of an image (Novita AI)',
} as const;

export type Section = keyof typeof SECTIONS;

const NAMES = Object.keys(SECTIONS).filter((name): name is Section => name in SECTIONS);

export interface Counts {
	readonly cells: number;
	/** Creates that were sent again by the node or by Retry On Fail, though one before may have been accepted. */
	readonly repeated: number;
	/** The same in a retry that a person has asked for; each has a warning. */
	readonly repeatedByPerson: number;
}

export function readDocument(): string {
	return existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
}

/** The part of the document that one kind of request has. */
export function sectionIn(document: string, section: Section): string {
	const [, text = ''] = document.split(begin(section));
	return text.split(END)[0]?.trim() ?? '';
}

export function sectionText(
	section: Section,
	counts: Counts,
	about: string,
	table: string,
): string {
	const { cells, repeated, repeatedByPerson } = counts;
	const figures = `Cells: ${cells}. Sent again though it may have been accepted: ${repeated}; by a person's retry, with a warning: ${repeatedByPerson}.`;
	return [`## ${SECTIONS[section]}`, about, figures, table].join('\n\n').trim();
}

/** The whole document with a new text for one section. */
export function withSection(document: string, changed: Section, text: string): string {
	const texts = NAMES.map(
		(section) => [section, section === changed ? text : sectionIn(document, section)] as const,
	);
	const body = texts.map(([section, own]) => `${begin(section)}\n${own}\n${END}`);
	return `${headOf(texts.map(([, own]) => own))}\n\n${body.join('\n\n')}\n`;
}

export function writeDocument(document: string): void {
	mkdirSync(dirname(FILE), { recursive: true });
	writeFileSync(FILE, document);
}

const begin = (section: Section) => `<!-- ${section} -->`;
const END = '<!-- end -->';

function headOf(sections: readonly string[]): string {
	const sum = (pattern: RegExp) =>
		sections.reduce((all, text) => all + Number(pattern.exec(text)?.[1] ?? 0), 0);
	const cells = sum(/Cells: (\d+)/);
	const repeated = sum(/may have been accepted: (\d+)/);
	const byPerson = sum(/with a warning: (\d+)/);
	return `${INTRODUCTION}

- Cells that were run: **${cells}**
- Cells in which the node, or n8n's Retry On Fail, sent a create request again that may have been accepted: **${repeated}**
- Cells in which it was sent again because a person asked for it in the list of executions, each with a warning that it may be billed twice: **${byPerson}**`;
}

const INTRODUCTION = `# What happens when something goes wrong

What the node does for every kind of request, under every kind of fault. This file is written by the tests (\`test/faults\`): each cell is one
workflow that ran in n8n's own engine, with real HTTP against an emulator of the provider, and the tests fail when a cell does something else.

How to read it:

- **delivered**: the images came, or the task's ID where that was asked for (Completion: submit only).
- **sent** is how many create requests (the only ones that cost money) reached the provider; **accepted** is how many of them it carried
  out and charged; **refunded** ones were accepted, failed, and cost nothing.
- *billed* is what the error says in \`error.billed\`. **with the ID** means that the ID of the paid task stands in the error; in an item it
  always does.
- A status that leaves open what happened (408, 409, 5xx, a redirect) is played as badly as it can be: the emulator carries the create request
  out, charges it, and only then answers with the status. "cut before acceptance" and "cut after acceptance" look the same to the node.
- *Retry On Fail* makes three tries (n8n's default). "The fault passes" means that it is over once the first try has failed. It is run with a prompt
  that is the same at each try and with one that is another each time (\`{{ $now }}\`, \`{{ Math.random() }}\`), and where it lasts, with the latter;
  where the two differ, the cell says so. *A person's retry* is "Retry" in the list of executions, after the fault is over.
- Generate and Edit (with a binary reference) are both run, with each way to get the images (Completion: polling, callback, submit only; Get Task
  once, and waiting). Where a cell does not name one, they do the same.
- "–" is what cannot be: n8n offers no retry of an execution that succeeded, and where no try fails, nothing is tried again.`;

import { beforeAll, describe, expect, it } from 'vitest';
import { nameOf, type Cell, type Kind } from './cells';
import {
	IS_WRITTEN,
	readDocument,
	SECTIONS,
	sectionIn,
	sectionText,
	withSection,
	writeDocument,
	type Section,
} from './document';
import { brokenPromises } from './judge';
import { playAll, type Played } from './play';
import { tableOf } from './table';

/** Long enough for a machine that has other things to do. */
const TIMEOUT = 600_000;

/** Runs all cells of one section, holds each to its promise, and the document to what came of them. */
export function describeMatrix(
	section: Section,
	provider: Cell['provider'],
	kind: Kind,
	about: string,
): void {
	describe(SECTIONS[section], () => {
		let played: Played[] = [];
		beforeAll(async () => {
			played = await playAll(provider, kind);
		}, TIMEOUT);

		it('every cell keeps its promise', () => {
			const broken = played.flatMap(({ cell, seen }) =>
				brokenPromises(cell, seen).map((what) => `${nameOf(cell)}: ${what} (${seen.text})`),
			);
			expect(broken).toEqual([]);
			expect(played.length).toBeGreaterThan(0);
		});

		it('no create is sent again that may have been accepted, unless a person asks for it', () => {
			const repeated = played.filter(
				({ cell, seen }) => cell.retry !== 'person' && seen.repeated > 0,
			);
			expect(repeated.map(({ cell }) => nameOf(cell))).toEqual([]);
		});

		it('docs/fault-matrix.md says so (UPDATE_FAULT_MATRIX=1 writes it)', () => {
			const text = sectionText(section, countsOf(played), about, tableOf(played));
			if (IS_WRITTEN) writeDocument(withSection(readDocument(), section, text));
			const document = readDocument();
			expect(sectionIn(document, section)).toBe(text);
			expect(withSection(document, section, text)).toBe(document);
		});
	});
}

function countsOf(played: readonly Played[]) {
	const repeated = played.filter(({ seen }) => seen.repeated > 0);
	const byPerson = repeated.filter(({ cell }) => cell.retry === 'person');
	return {
		cells: played.length,
		repeated: repeated.length - byPerson.length,
		repeatedByPerson: byPerson.length,
	};
}

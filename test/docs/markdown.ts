/** A Markdown page as its readers see it: code is code, and no link. */
export interface Page {
	headings: Heading[];
	/** Where its links lead, images left out; as they are written. */
	links: string[];
	/** Where its images are, those for light and dark included. */
	images: string[];
	tables: Table[];
	/** What stands between fences, with the language. */
	blocks: string[];
	/** What stands in backticks within a line. */
	codes: string[];
}

export interface Heading {
	level: number;
	text: string;
	/** What `#…` leads to it on GitHub. */
	anchor: string;
}

/** Its first row is its head; the line of dashes is left out. */
export type Table = string[][];

const FENCED = /^(`{3,})(.*?)\n\1 *$/gms;
const CODE = /`([^`\n]+)`/g;

export function parsePage(text: string): Page {
	const prose = text.replaceAll(FENCED, '');
	const withoutCode = prose.replaceAll(CODE, '');
	return {
		headings: headingsOf(prose),
		links: allOf(withoutCode, /(?<!!\[[^\]]*)\]\(([^)\s]+)\)|\bhref="([^"]+)"|<(https?:[^>\s]+)>/g),
		images: allOf(withoutCode, /!\[[^\]]*\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g),
		tables: tablesOf(prose),
		blocks: allOf(text, /^`{3,}(.*?)\n`{3,} *$/gms),
		codes: allOf(prose, CODE),
	};
}

/** The first group of each match that took part in it. */
function allOf(text: string, pattern: RegExp): string[] {
	return [...text.matchAll(pattern)].map(([, ...groups]) => groups.find(Boolean) ?? '');
}

function headingsOf(prose: string): Heading[] {
	const seen = new Map<string, number>();
	return [...prose.matchAll(/^(#{1,6}) +(.+?) *$/gm)].map(([, hashes = '', text = '']) => {
		const slug = slugOf(text);
		const before = seen.get(slug) ?? 0;
		seen.set(slug, before + 1);
		return { level: hashes.length, text, anchor: before === 0 ? slug : `${slug}-${before}` };
	});
}

/** GitHub's rule: small letters, without punctuation and markup, a hyphen for each space. */
function slugOf(text: string): string {
	const shown = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
	return shown
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
		.replaceAll(' ', '-');
}

function tablesOf(prose: string): Table[] {
	const tables = prose.match(/(^\|.*\|$\n?)+/gm) ?? [];
	return tables.map((table) =>
		table
			.trimEnd()
			.split('\n')
			.map(cellsOf)
			.filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell))),
	);
}

function cellsOf(line: string): string[] {
	return line
		.split(/(?<!\\)\|/)
		.slice(1, -1)
		.map((cell) => cell.trim());
}

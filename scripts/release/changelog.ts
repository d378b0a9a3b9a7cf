const UNRELEASED = 'Unreleased';
const heading = /^## (.+)$/gm;

/** What a changelog says of a version, whatever date is beside it; empty where it says nothing. */
export function sectionOf(changelog: string, version: string): string {
	const headings = [...changelog.matchAll(heading)];
	const index = headings.findIndex(([, title = '']) => title.split(' – ')[0] === version);
	const [line, next] = [headings[index], headings[index + 1]];
	if (line === undefined) return '';
	return changelog.slice(line.index + line[0].length, next?.index).trim();
}

/** The changelog in which what was not released yet is a version's, of a date such as 2026-11-22. */
export function released(changelog: string, version: string, date: string): string {
	if (sectionOf(changelog, UNRELEASED) === '')
		throw new Error('CHANGELOG.md says nothing under "Unreleased". Say there what is new.');
	if (sectionOf(changelog, version) !== '')
		throw new Error(`CHANGELOG.md tells of ${version} already.`);
	return changelog.replace(`## ${UNRELEASED}\n`, `## ${UNRELEASED}\n\n## ${version} – ${date}\n`);
}

/** What is said of a release: the changelog's section of the version that package.json and the tag agree on. */
export function notesOf(tag: string, version: string, changelog: string): string {
	if (tag !== `v${version}`)
		throw new Error(`The tag is ${tag}, and the version in package.json ${version}.`);
	const notes = sectionOf(changelog, version);
	if (notes === '') throw new Error(`CHANGELOG.md says nothing under "${version}".`);
	return notes;
}

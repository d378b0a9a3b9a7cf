import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePage } from './markdown';
import { filesOf, PAGES, read, ROOT } from './repository';

const REPOSITORY = 'https://github.com/n8n-nodes-seedream/n8n-nodes-seedream';

const pages = new Map(PAGES.map((file) => [file, parsePage(read(file))]));

/** Where a link leads: to a file from the repository's root, and to a place in it; undefined when it leads elsewhere. */
function targetOf(link: string, from: string): { file: string; anchor: string } | undefined {
	const own = link === REPOSITORY || link.startsWith(`${REPOSITORY}#`);
	const below = new RegExp(`^${REPOSITORY}/(?:blob|tree)/main/`);
	if (!own && !below.test(link) && /^[a-z]+:/i.test(link)) return undefined;
	const isWritten = own || below.test(link);
	const [path = '', anchor = ''] = link.replace(below, '').replace(REPOSITORY, '').split('#');
	if (path === '') return { file: isWritten ? 'README.md' : from, anchor };
	const folder = isWritten ? '.' : posix.dirname(from);
	return { file: posix.normalize(posix.join(folder, decodeURI(path))), anchor };
}

/** Why a link leads nowhere; undefined when it does not, or leads to another server. */
function deadEnd(link: string, from: string): string | undefined {
	const target = targetOf(link, from);
	if (!target) return undefined;
	const { file, anchor } = target;
	if (!existsSync(join(ROOT, file))) return `${link}: there is no ${file}`;
	// GitHub's own name for the page that it shows below the files.
	if (anchor === '' || (link.startsWith(REPOSITORY) && anchor === 'readme')) return undefined;
	const headings = pages.get(file)?.headings ?? [];
	const isThere = headings.some((heading) => heading.anchor === decodeURI(anchor));
	return isThere ? undefined : `${link}: ${file} has no heading with that anchor`;
}

describe.each([...pages])('%s', (file, { links, images }) => {
	const all = [...links, ...images];

	it('links to files, images and headings that are there', () => {
		expect(all.flatMap((link) => deadEnd(link, file) ?? [])).toEqual([]);
	});

	// Whether another server answers cannot be told without the internet, in which no test may trust.
	it('links to other servers by addresses that are well-formed and https', () => {
		const wrong = all
			.filter((link) => targetOf(link, file) === undefined && !link.startsWith('mailto:'))
			.filter((link) => !link.startsWith('https://') || !URL.canParse(link));
		expect(wrong).toEqual([]);
	});
});

describe('Links to the repository from n8n, npm and GitHub', () => {
	const files = [
		...filesOf('nodes', '.json', '.ts'),
		...filesOf('credentials', '.ts'),
		...filesOf('.github', '.yml'),
		'package.json',
	];
	const links = files.flatMap((file) =>
		[...read(file).matchAll(new RegExp(`${REPOSITORY}[^\\s"'\`)]*`, 'g'))].map(
			([link]) => [file, link.replace(/\.git$/, '')] as const,
		),
	);

	it('are some', () => {
		expect(links.length).toBeGreaterThan(5);
	});

	it.each(links)('%s leads with %s to something that is there', (file, link) => {
		expect(deadEnd(link, file)).toBeUndefined();
	});
});

it('Every page of docs/ is reached from the README', () => {
	const reached = new Set<string>();
	const follow = (file: string): void => {
		if (reached.has(file)) return;
		reached.add(file);
		for (const link of pages.get(file)?.links ?? []) {
			const target = targetOf(link, file);
			if (target) follow(target.file);
		}
	};
	follow('README.md');
	const lost = PAGES.filter((file) => file.startsWith('docs/') && !reached.has(file));
	expect(lost).toEqual([]);
});

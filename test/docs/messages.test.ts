import { describe, expect, it } from 'vitest';
import { parsePage } from './markdown';
import { read } from './repository';
import { sourceTexts } from './sourceTexts';

const TEXTS = sourceTexts();

/** What stands in backticks in the first column of the tables that tell what a message means. */
function quotedMessages(file: string, head: string): string[] {
	const tables = parsePage(read(file)).tables.filter(([titles]) => titles?.[0] === head);
	return tables.flatMap(([, ...rows]) =>
		rows.flatMap(([cell = '']) =>
			[...cell.matchAll(/`([^`]+)`/g)].map(([, message = '']) => message),
		),
	);
}

describe.each([
	['README.md', 'You read'],
	['README.zh-CN.md', '看到的内容'],
	['docs/errors.md', 'You read'],
])('The messages that %s explains', (file, head) => {
	const messages = quotedMessages(file, head);

	it('are some', () => {
		expect(messages.length).toBeGreaterThan(10);
	});

	it.each(messages)('stand in the sources: %s', (message) => {
		expect(message.replaceAll('…', '').trim().length).toBeGreaterThan(10);
		expect(TEXTS.some((text) => text.includes(message))).toBe(true);
	});
});

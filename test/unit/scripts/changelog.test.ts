import { describe, expect, it } from 'vitest';
import { notesOf, released, sectionOf } from '../../../scripts/release/changelog';

const CHANGELOG = `# Changelog

## Unreleased

What is new.

- **Decompose Image**: layers.

## 0.1.1 – 2026-10-02

- A fix.

## 0.1.0

First version.
`;

const RELEASED = `# Changelog

## Unreleased

## 0.2.0 – 2026-11-22

What is new.

- **Decompose Image**: layers.

## 0.1.1 – 2026-10-02

- A fix.

## 0.1.0

First version.
`;

describe('A release in the changelog', () => {
	it('takes over what was not released yet, and leaves room above for what comes', () => {
		expect(released(CHANGELOG, '0.2.0', '2026-11-22')).toBe(RELEASED);
	});

	it('has something to say', () => {
		expect(() => released(RELEASED, '0.3.0', '2026-12-01')).toThrow(
			'CHANGELOG.md says nothing under "Unreleased".',
		);
	});

	it('is new', () => {
		expect(() => released(CHANGELOG, '0.1.1', '2026-12-01')).toThrow(
			'CHANGELOG.md tells of 0.1.1 already.',
		);
	});
});

describe('The section of a version', () => {
	it.each([
		['Unreleased', 'What is new.\n\n- **Decompose Image**: layers.'],
		['0.1.1', '- A fix.'],
		['0.1.0', 'First version.'],
		['0.1', ''],
		['9.9.9', ''],
	])('%s is found with or without a date', (version, text) => {
		expect(sectionOf(CHANGELOG, version)).toBe(text);
	});
});

describe('The notes of a release', () => {
	it('are the section of its version', () => {
		expect(notesOf('v0.1.1', '0.1.1', CHANGELOG)).toBe('- A fix.');
	});

	it.each(['v0.1.0', '0.1.1', 'v0.1.1-rc.1', ''])(
		'are refused for the tag "%s" when package.json says 0.1.1',
		(tag) => {
			expect(() => notesOf(tag, '0.1.1', CHANGELOG)).toThrow(
				`The tag is ${tag}, and the version in package.json 0.1.1.`,
			);
		},
	);

	it('are refused where the changelog is silent', () => {
		expect(() => notesOf('v0.2.0', '0.2.0', CHANGELOG)).toThrow(
			'CHANGELOG.md says nothing under "0.2.0".',
		);
	});
});

import type { Check } from './checks/check';
import type { Stage } from './stage';

/** Runs checks, prints a line for each and counts. */
export class Score {
	passed = 0;
	failed = 0;

	async take({ name, run, unavailable }: Check, stage: Stage): Promise<void> {
		const reason = unavailable?.();
		if (reason !== undefined) return console.log(`--    ${name}: not run, ${reason}`);
		const started = Date.now();
		const seconds = (): string => `(${((Date.now() - started) / 1000).toFixed(1)} s)`;
		try {
			const figures = await run(stage);
			this.passed += 1;
			console.log(`ok    ${name}: ${figures.replaceAll('\n', ' ')} ${seconds()}`);
		} catch (error) {
			this.failed += 1;
			console.log(`FAIL  ${name} ${seconds()}\n${indent(messageOf(error))}`);
		}
	}

	summary(): string {
		return `${this.passed} passed, ${this.failed} failed`;
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function indent(text: string): string {
	return text.replace(/^/gm, '      ');
}

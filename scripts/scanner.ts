import { z } from 'zod/v4';

/** The parts of n8n's scanner that work without a network. It brings no types. */
export interface Scanner {
	SOURCE_FILE_PATTERNS: readonly string[];
	analyzePackage(folder: string, patterns: string[]): Promise<Analysis>;
}

const analysisSchema = z.looseObject({
	passed: z.boolean(),
	message: z.string().optional(),
	details: z.string().optional(),
});

export type Analysis = z.infer<typeof analysisSchema>;

const scannerSchema = z.looseObject({
	SOURCE_FILE_PATTERNS: z.array(z.string()),
	analyzePackage: z.custom<(folder: string, patterns: string[]) => unknown>(
		(value) => typeof value === 'function',
	),
});

/** Loads the scanner; its command-line part is a file of its own and does not run. */
export async function loadScanner(): Promise<Scanner> {
	// By a variable, so that the compiler does not look for types that are not there.
	const module: string = '@n8n/scan-community-package/scanner/scanner.mjs';
	const { SOURCE_FILE_PATTERNS, analyzePackage } = scannerSchema.parse(await import(module));
	return {
		SOURCE_FILE_PATTERNS,
		analyzePackage: async (folder, patterns) =>
			analysisSchema.parse(await analyzePackage(folder, patterns)),
	};
}

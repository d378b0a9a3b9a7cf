import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';

const manifestSchema = z.looseObject({
	name: z.string(),
	version: z.string(),
	scripts: z.record(z.string(), z.string()).optional(),
	files: z.array(z.string()).default([]),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** The package.json of a folder. */
export function readManifest(folder: string): Manifest {
	return manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

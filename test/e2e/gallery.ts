import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { SEEDREAM } from './scenario';
import { itemsOf, type Execution } from './support/execution';
import type { RestClient } from './support/rest';
import type { WorkflowDefinition } from './support/workflow';

/** One image that a workflow has made, as it was saved. */
export interface SavedImage {
	file: string;
	/** `2496x1664`, read from the file itself. */
	pixels: string;
	kB: number;
	operation: string;
	taskId: string;
}

/** Saves every image that the Seedream nodes of an execution have put out. */
export async function saveImages(
	rest: RestClient,
	{ nodes }: WorkflowDefinition,
	execution: Execution,
	folder: string,
): Promise<SavedImage[]> {
	const saved: SavedImage[] = [];
	for (const { name, type, parameters } of nodes) {
		if (type !== SEEDREAM) continue;
		const operation = String(parameters?.['operation'] ?? 'generate');
		for (const [index, { json, binary }] of itemsOf(execution, name).entries()) {
			for (const value of Object.values(binary ?? {})) {
				const bytes = await rest.download(value);
				const { width, height } = await sharp(bytes).metadata();
				const file = `${operation}-${index + 1}.${value.fileExtension ?? 'jpg'}`;
				writeFileSync(join(folder, file), bytes);
				const taskId = String(json['taskId'] ?? '');
				saved.push({
					file,
					pixels: `${width}x${height}`,
					kB: Math.round(bytes.length / 1000),
					operation,
					taskId,
				});
			}
		}
	}
	return saved;
}

/** The images as lines of a table. */
export function tableOf(images: readonly SavedImage[]): string[] {
	const header = ['file', 'pixels', 'kB', 'operation', 'task'];
	const rows = images.map(({ file, pixels, kB, operation, taskId }) => [
		file,
		pixels,
		String(kB),
		operation,
		taskId,
	]);
	const all = [header, header.map((title) => '-'.repeat(title.length)), ...rows];
	const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
	return all.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}

import { randomBytes } from 'node:crypto';

export interface StoredFile {
	readonly id: string;
	readonly key: string;
	readonly name: string;
	readonly originalName: string;
	readonly folder: string;
	readonly mime: string;
	readonly size: number;
	readonly uploadedAt: Date;
	bytes: Buffer | undefined;
}

/** Contents beyond this are dropped, oldest first, as if they had expired. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Uploaded files by their path. A second file with the same path takes the place of the first. */
export class FileStore {
	private readonly byPath = new Map<string, StoredFile>();

	constructor(readonly quota: number) {}

	/** Without bytes the place is kept, and nothing is there yet. */
	save(file: Omit<StoredFile, 'id' | 'uploadedAt' | 'size'>): StoredFile {
		const stored = {
			...file,
			id: `file_${randomBytes(6).toString('hex')}`,
			size: file.bytes?.length ?? 0,
			uploadedAt: new Date(),
		};
		this.byPath.set(`${file.folder}/${file.name}`, stored);
		this.dropOld();
		return stored;
	}

	/** By the path of its link, whatever its host is called: it ends with the file's folder and name, or with its id. */
	findByLink(path: string): StoredFile | undefined {
		const link = decodeURIComponent(path);
		return [...this.byPath.values()].find(({ folder, name, id }) =>
			[`${folder}/${name}`, id].some((own) => link.endsWith(`/${own}`)),
		);
	}

	countOf(key: string): number {
		return [...this.byPath.values()].filter((file) => file.key === key).length;
	}

	clear(): void {
		this.byPath.clear();
	}

	private dropOld(): void {
		let total = 0;
		for (const file of [...this.byPath.values()].reverse()) {
			total += file.bytes?.length ?? 0;
			if (total > KEPT_BYTES) file.bytes = undefined;
		}
	}
}

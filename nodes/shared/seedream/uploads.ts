import type { Result } from './result';

/** The files that one run of the node has put on a file host: each goes there once, and is shared. */
export class Uploads {
	private readonly byName = new Map<string, Promise<Result<string>>>();

	/**
	 * The URL of the file with this name, which is made from its bytes. It is uploaded if that was not
	 * begun before. An upload that fails does so for all who wait for it, and is forgotten then.
	 */
	async once(name: string, upload: () => Promise<Result<string>>): Promise<Result<string>> {
		const begun = this.byName.get(name);
		if (begun) return await begun;
		const uploading = upload();
		this.byName.set(name, uploading);
		let isStored = false;
		try {
			const outcome = await uploading;
			isStored = outcome.ok;
			return outcome;
		} finally {
			if (!isStored) this.byName.delete(name);
		}
	}
}

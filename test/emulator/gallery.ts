import { randomUUID } from 'node:crypto';
import type { Recipe } from './images';
import { paint, paintNoise } from './images';

export interface Exhibit {
	readonly id: string;
	readonly provider: string;
	readonly recipe: Recipe;
	/** Its link has expired. */
	readonly dead: boolean;
}

const KEPT = 3;
const AT_ONCE = 2;

/** The images that were made. Painted when they are asked for; only the last few are kept painted. */
export class Gallery {
	private readonly exhibits = new Map<string, Exhibit>();
	private readonly painted = new Map<string, Buffer>();
	private readonly waiting: Array<() => void> = [];
	private painting = 0;

	constructor(private readonly noise: () => boolean) {}

	hang(provider: string, recipe: Recipe, dead: boolean): Exhibit {
		const exhibit = { id: randomUUID().replaceAll('-', '').slice(0, 20), provider, recipe, dead };
		this.exhibits.set(exhibit.id, exhibit);
		return exhibit;
	}

	find(id: string): Exhibit | undefined {
		return this.exhibits.get(id);
	}

	async bytes({ id, recipe }: Exhibit): Promise<Buffer> {
		const kept = this.painted.get(id);
		if (kept !== undefined) return kept;
		const bytes = await this.inTurn(() => (this.noise() ? paintNoise(recipe) : paint(recipe)));
		this.painted.set(id, bytes);
		for (const oldest of [...this.painted.keys()].slice(0, -KEPT)) this.painted.delete(oldest);
		return bytes;
	}

	clear(): void {
		this.exhibits.clear();
		this.painted.clear();
	}

	/** Uncompressed, an image is up to 67 MB: a hundred downloads at once must not paint a hundred. */
	private async inTurn<T>(work: () => Promise<T>): Promise<T> {
		if (this.painting >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.painting += 1;
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next === undefined) this.painting -= 1;
			else next();
		}
	}
}

/** `/images/<id>.jpg`, and back. */
export function pathOf({ id, recipe }: Exhibit): string {
	return `/images/${id}.${recipe.format === 'jpeg' ? 'jpg' : 'png'}`;
}

export function idIn(path: string): string | undefined {
	return /^\/images\/([0-9a-f]+)\.(?:jpg|png)$/.exec(path)?.[1];
}

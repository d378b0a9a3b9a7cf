import { randomUUID } from 'node:crypto';
import type { ImageSpec } from './renderImage';
import { renderImage, renderNoise } from './renderImage';

export interface StoredImage {
	readonly id: string;
	readonly provider: string;
	readonly spec: ImageSpec;
	/** Its link is dead. */
	readonly expired: boolean;
	/** Of a base or a layer: the picture that all of them together make. */
	readonly whole?: ImageSpec;
}

const MAX_KEPT = 3;
const MAX_CONCURRENT = 2;

/**
 * The images that were made. Rendered when they are asked for; the bytes of the last few are kept.
 */
export class ImageStore {
	private readonly images = new Map<string, StoredImage>();
	private readonly rendered = new Map<string, Buffer>();
	private readonly waiting: Array<() => void> = [];
	private rendering = 0;

	constructor(
		private readonly noise: () => boolean,
		/** Whether images of the same size and format have the same bytes. */
		private readonly alike: boolean,
	) {}

	add(provider: string, spec: ImageSpec, expired: boolean, whole?: ImageSpec): StoredImage {
		const id = randomUUID().replaceAll('-', '').slice(0, 20);
		const image = { id, provider, spec, expired, whole };
		this.images.set(image.id, image);
		return image;
	}

	find(id: string): StoredImage | undefined {
		return this.images.get(id);
	}

	async bytes({ id, spec }: StoredImage): Promise<Buffer> {
		const { size, format } = spec;
		const key = this.alike ? `${size.width}x${size.height}.${format}` : id;
		const kept = this.rendered.get(key);
		if (kept !== undefined) return kept;
		const bytes = await this.withinLimit(() =>
			this.noise() ? renderNoise(spec) : renderImage(spec),
		);
		this.rendered.set(key, bytes);
		for (const oldest of [...this.rendered.keys()].slice(0, -MAX_KEPT))
			this.rendered.delete(oldest);
		return bytes;
	}

	/** The picture that the base and the layers around this link together make, as PNG. */
	async wholeOf(link: string): Promise<Buffer> {
		const whole = this.find(imageIdIn(new URL(link).pathname) ?? '')?.whole;
		if (whole === undefined) throw new Error(`no base and no layer: ${link}`);
		return await this.withinLimit(() => renderImage(whole));
	}

	clear(): void {
		this.images.clear();
		this.rendered.clear();
	}

	/**
	 * Uncompressed, an image is up to 67 MB: a hundred downloads at once must not render a hundred.
	 */
	private async withinLimit<T>(work: () => Promise<T>): Promise<T> {
		if (this.rendering >= MAX_CONCURRENT)
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.rendering += 1;
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next === undefined) this.rendering -= 1;
			else next();
		}
	}
}

/** `/images/<id>.jpg`, and back. */
export function imagePath({ id, spec }: StoredImage): string {
	return `/images/${id}.${spec.format === 'jpeg' ? 'jpg' : 'png'}`;
}

export function imageIdIn(path: string): string | undefined {
	return /^\/images\/([0-9a-f]+)\.(?:jpg|png)$/.exec(path)?.[1];
}

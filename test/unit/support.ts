import { createHash } from 'node:crypto';
import type { Connection } from '../../nodes/shared/seedream/connection';
import type { SeedreamError } from '../../nodes/shared/seedream/errors';
import type { Clock, Http } from '../../nodes/shared/seedream/http';
import type { Result } from '../../nodes/shared/seedream/result';
import { findProvider, type Provider } from '../../nodes/shared/seedream/providers';
import { evolink } from '../../nodes/shared/seedream/providers/evolink';
import type { BinaryReference, ReferenceImage } from '../../nodes/shared/seedream/references';
import type { ImageOptions, ImageRequest } from '../../nodes/shared/seedream/request';
import type { ImageTask } from '../../nodes/shared/seedream/task';
import {
	validateRequest,
	type ValidatedRequest,
} from '../../nodes/shared/seedream/validation/validate';

export * from './fakeHttp';

const NO_OPTIONS: ImageOptions = {
	watermark: false,
	webSearch: false,
	stateCountInPrompt: true,
	stream: false,
	additionalFields: {},
};

export type RequestWishes = Partial<Omit<ImageRequest, 'options'>> & {
	options?: Partial<ImageOptions>;
};

/** A request with nothing but the essentials, changed as wished. */
export function aRequest({ options, ...wishes }: RequestWishes = {}): ImageRequest {
	return {
		operation: 'generate',
		model: { family: 'seedream-4.0' },
		prompt: 'A lake at dawn',
		numberOfImages: 1,
		size: { mode: 'ratio', aspectRatio: '16:9', resolution: '2K' },
		references: [],
		completion: 'poll',
		...wishes,
		options: { ...NO_OPTIONS, ...options },
	};
}

/** A stored PNG of 1024x1024 with these bytes. */
export function aBinary(content: string, changes: Partial<BinaryReference> = {}): BinaryReference {
	const bytes = Buffer.from(content);
	return {
		kind: 'binary',
		label: `The image in "${content}"`,
		bytes: bytes.length,
		header: { format: 'png', width: 1024, height: 1024 },
		fingerprint: createHash('sha256').update(bytes).digest('hex'),
		read: () => Promise.resolve(bytes),
		...changes,
	};
}

/** As many reference images by URL. */
export function images(count: number): ReferenceImage[] {
	return Array.from({ length: count }, (_, index) => ({
		kind: 'url',
		url: `https://x.test/${index}.png`,
	}));
}

export function providerOf(id: string): Provider {
	const provider = findProvider(id);
	if (!provider) throw new Error(`There is no provider ${id}`);
	return provider;
}

export const API = 'https://api.test';
export const FILES = 'https://files.test';

export function aConnection(http: Http, clock: Clock, provider: Provider = evolink): Connection {
	return { provider, baseUrl: API, uploadBaseUrl: FILES, http, clock };
}

export function checked(
	wishes: RequestWishes = {},
	provider: Provider = evolink,
): ValidatedRequest {
	return validateRequest(aRequest(wishes), provider, API);
}

/** EvoLink's answer to a task, as its documentation prints it. */
export function aTaskBody(id: string, status: string, more: Record<string, unknown> = {}): unknown {
	return {
		created: 1756817821,
		id,
		model: 'doubao-seedream-4.0',
		object: 'image.generation.task',
		progress: status === 'completed' ? 100 : 0,
		status,
		task_info: { can_cancel: false },
		type: 'image',
		...more,
	};
}

export const TASK_ID = 'task-unified-1-a';

/** A task that is completed and has nothing to show, changed as wished. */
export function aTask(changes: Partial<ImageTask> = {}): ImageTask {
	return {
		id: TASK_ID,
		provider: 'evolink',
		status: 'completed',
		images: [],
		failedImages: [],
		...changes,
	};
}

export function valueOf<T>(outcome: Result<T>): T {
	if (outcome.ok) return outcome.value;
	throw new Error(`There is no value but an error: ${outcome.error.message}`);
}

export function errorOf<T>(outcome: Result<T>): SeedreamError {
	if (!outcome.ok) return outcome.error;
	throw new Error('There is no error but a value');
}

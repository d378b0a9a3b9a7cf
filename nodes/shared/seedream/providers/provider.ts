import type { SeedreamError } from '../errors';
import type { HttpAnswer, HttpPlan } from '../http';
import type { ModelFamily, ModelLimits } from '../models';
import type { Outcome } from '../result';
import type { ImageFormat } from '../references';
import type { ImageRequest } from '../request';
import type { ImageTask } from '../task';
import type { Sizing, WireSize } from '../resolveSize';
import type { Advice } from './dialects/errorHints';

export const PROVIDER_IDS = [
	'evolink',
	'novita',
	'uniall',
	'tokaify',
	'byteplus',
	'volcengine',
] as const;

export type ProviderId = (typeof PROVIDER_IDS)[number];

/** A model as one provider sells it. */
export interface ProviderModel {
	/** The provider's own ID. */
	id: string;
	limits: ModelLimits;
}

/** A request that is ready to be sent: the model is chosen, references are what goes on the wire. */
export interface Order {
	request: ImageRequest;
	modelId: string;
	/** Absent for a custom model, whose limits are not known. */
	limits?: ModelLimits;
	/** With the number of images in it where the provider needs that. */
	prompt: string;
	size: WireSize;
	/** URLs or data URIs, in order. */
	references: string[];
	/** The same over all tries of one request, another for each request. */
	idempotencyKey: string;
}

/** A file on its way to a provider's file host. */
export interface UploadFile {
	name: string;
	mimeType: string;
	bytes: Uint8Array;
}

/** How a provider that takes its references by URL only receives files. */
export interface UploadPlan {
	/** The file host, without a path. */
	baseUrl: string;
	formats: readonly ImageFormat[];
	plan(file: UploadFile): HttpPlan;
	/** The URL of the stored file. */
	read(answer: HttpAnswer): Outcome<string>;
}

/** How tasks are read again; absent where the answer to the request is the result. */
export interface TaskPlan {
	/** Why an ID cannot be one of this provider's; undefined when it can. */
	idProblem(taskId: string): string | undefined;
	plan(taskId: string): HttpPlan;
	read(answer: HttpAnswer): Outcome<ImageTask>;
}

/** What is left in the account. */
export interface Balance {
	amount: number;
	/** What the amount counts: `credits`, `USD`. */
	unit: string;
	/** As the provider says it. */
	details: Record<string, unknown>;
}

/** How to ask what is left in the account, which costs nothing. */
export interface BalancePlan {
	/** Follows the base URL. */
	path: string;
	/** Undefined where the answer says nothing of the kind. */
	read(body: unknown): Balance | undefined;
}

/** How binary reference images reach the provider. */
export type ReferenceTransport =
	| { kind: 'upload'; upload: UploadPlan }
	| { kind: 'dataUri' }
	| { kind: 'urlOnly'; reason: string };

/**
 * One provider: facts and pure functions from request to HTTP request and from HTTP answer to
 * task. It does no I/O.
 */
export interface Provider {
	id: ProviderId;
	name: string;
	/** Absent where the host is not public. */
	baseUrl?: string;
	/** A path to read that costs nothing and fails with a bad key. */
	testPath: string;
	models: Partial<Record<ModelFamily, ProviderModel>>;
	sizing: Sizing;
	referenceTransport: ReferenceTransport;
	/** Absent: the answer to the request is the result. */
	tasks?: TaskPlan;
	/** Absent where no way to ask for it is documented. */
	balance?: BalancePlan;
	/** Whether it has a field for the end user's ID. */
	takesUser: boolean;
	/** Whether the number of images is an upper limit only, so that the prompt must ask for several too. */
	countIsLimit: boolean;
	planCreate(order: Order): HttpPlan;
	/** The most images that the body of a request orders. */
	mostImages(body: Record<string, unknown>, modelId: string): number;
	/** Reads the answer to a request that was accepted (2xx). */
	readCreate(answer: HttpAnswer, order: Order): Outcome<ImageTask>;
	/** Reads an answer that refuses (not 2xx). `billed` is decided by who knows what was sent. */
	readError(answer: HttpAnswer): SeedreamError;
	/** What to do about a task that ended with this code. */
	adviceForTask(code: string | undefined): Advice;
}

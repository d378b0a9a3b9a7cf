import type { EncodedFile, SentReference } from '../encodedFile';
import type { ErrorHint, SeedreamError } from '../errors';
import type { HttpPlan, HttpResponse } from '../http';
import type { ModelFamily, ModelSpec } from '../models';
import type { ImageFormat } from '../references';
import type { ImageOperation, ImageOptions } from '../request';
import type { ResolvedSize, Sizing } from '../resolveSize';
import type { Result } from '../result';
import type { ImageTask } from '../task';

/** A model as one provider sells it. */
export interface ProviderModel {
	/** The provider's own ID. */
	id: string;
	spec: ModelSpec;
}

/**
 * A request as a provider receives it: everything is decided, nothing is in it twice. `Reference`:
 * reference images as they came in, or ready to be sent.
 */
export interface ResolvedRequest<Reference = SentReference> {
	operation: ImageOperation;
	/** As it goes to the model, with the number of images in it where the provider needs that. Empty for layers that the model finds by itself. */
	prompt: string;
	/** Absent for layers, which the model counts. */
	numberOfImages?: number;
	modelId: string;
	/** Absent for a custom model, whose limits are not known. */
	spec?: ModelSpec;
	size: ResolvedSize;
	/** In the order in which the model is to see them. */
	references: readonly Reference[];
	callbackUrl?: string;
	/** Those that the model takes. */
	options: ImageOptions;
}

/** A file on its way to a provider's file host. */
export interface UploadFile {
	name: string;
	content: EncodedFile;
}

/** How a provider that takes its references by URL only receives files. */
export interface UploadPlan {
	/** The file host, without a path. */
	baseUrl: string;
	formats: readonly ImageFormat[];
	buildRequest(file: UploadFile): HttpPlan;
	/** The URL of the stored file. */
	parseResponse(response: HttpResponse): Result<string>;
}

/** How tasks are read again; absent where the answer to the request is the result. */
export interface TaskPlan {
	/** Why an ID cannot be one of this provider's; undefined when it can. */
	idProblem(taskId: string): string | undefined;
	buildRequest(taskId: string): Omit<HttpPlan, 'body'>;
	parseResponse(response: HttpResponse): Result<ImageTask>;
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
	parse(body: unknown): Balance | undefined;
}

/** How a provider takes an image apart into its layers. */
export interface LayerPlan {
	/** The models that can, with what they take then. */
	models: Partial<Record<ModelFamily, ProviderModel>>;
	/** Fields of its API that a request for layers must not have. */
	refusedFields: readonly string[];
	/** Why the wish may be lost on its way, and the images made be those of an edit that is paid for; undefined where it is sure. */
	doubt?(modelId: string): string | undefined;
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
	/** Stands in saved credentials and in every item, and never changes. */
	id: string;
	/** As messages say it. */
	name: string;
	/** As the list of providers says it, where that is not the name. */
	label?: string;
	/** Absent where the host is not public, or there is none of its own. */
	baseUrl?: string;
	/** What the user is to enter where `baseUrl` is absent. */
	baseUrlDescription?: string;
	/** A path to read that costs nothing and fails with a bad key. */
	testPath: string;
	models: Partial<Record<ModelFamily, ProviderModel>>;
	/** Absent where images cannot be taken apart. */
	layers?: LayerPlan;
	sizing: Sizing;
	referenceTransport: ReferenceTransport;
	/** Absent: the answer to the request is the result. */
	tasks?: TaskPlan;
	/** Absent where no way to ask for it is documented. */
	balance?: BalancePlan;
	/** The header that takes a key of the request's own, the same over all its tries. */
	idempotencyHeader?: string;
	/** Whether it has a field for the end user's ID. */
	supportsUser: boolean;
	/** Whether the number of images is an upper limit only, so that the prompt must ask for several too. */
	countIsLimit: boolean;
	buildRequest(request: ResolvedRequest): HttpPlan;
	/** The most images that the body of a request orders. */
	maxImages(body: Record<string, unknown>, modelId: string): number;
	/** Reads the answer to a request that was accepted (2xx). */
	parseResponse(response: HttpResponse, request: ResolvedRequest): Result<ImageTask>;
	/** Reads an answer that refuses (not 2xx); `billed` as for a paid request. */
	parseError(response: HttpResponse): SeedreamError;
	/** What to do about a task that ended with this code. */
	hintForTask(code: string | undefined): ErrorHint;
}

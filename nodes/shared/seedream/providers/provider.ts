import type { CallbackUrlRules } from '../callbackUrl';
import type { SentReference, UploadFile } from '../encodedFile';
import type { ErrorHint, SeedreamError } from '../errors';
import type { HttpPlan, HttpResponse } from '../http';
import type { ModelFamily, ModelSpec } from '../models';
import type { ImageFormat } from '../references';
import type { ImageOperation, ImageOptions } from '../request';
import type { ResolvedSize, Sizing } from '../resolveSize';
import type { Result } from '../result';
import type { ImageTask, TaskWithId } from '../task';

/** A model as one provider sells it. */
export interface ProviderModel {
	/** The provider's own ID. */
	id: string;
	/** Its IDs where it has others for images made from references, for sets, and for sets made from references. */
	ids?: Partial<Record<'edit' | 'set' | 'editSet', string>>;
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

/** Where a file host has put a file. */
export interface StoredFile {
	/** Under which the provider can open it. */
	url: string;
	/** Where its bytes have still to go, as they are and without the key; absent where they are there. */
	putTo?: string;
}

/** How a provider that takes its references by URL only receives files. */
export interface UploadPlan {
	/** The file host, without a path; absent where the API itself takes files. */
	baseUrl?: string;
	formats: readonly ImageFormat[];
	buildRequest(file: UploadFile): HttpPlan;
	parseResponse(response: HttpResponse): Result<StoredFile>;
}

/** A reading of a task. */
export type ReadPlan = Omit<HttpPlan, 'body' | 'form' | 'file'>;

/** How the images of a task are read that stand in an answer of their own. */
export interface ResultPlan {
	buildRequest(taskId: string): ReadPlan;
	/** How the task has ended; undefined for an answer that is not about the task, such as that of something on the way. */
	parseResponse(response: HttpResponse): ImageTask | undefined;
}

/** How tasks are read again; absent where the answer to the request is the result. */
export interface TaskPlan {
	/** Why an ID cannot be one of this provider's; undefined when it can. */
	idProblem(taskId: string): string | undefined;
	buildRequest(taskId: string): ReadPlan;
	parseResponse(response: HttpResponse): Result<ImageTask>;
	/** What is read besides once the task is over; absent where one answer tells all. */
	result?: ResultPlan;
	/** Whether a task may be unknown (404) for its first minute. */
	appearsLate?: boolean;
	/** Which URLs it calls back. */
	callbackUrls: CallbackUrlRules;
	/**
	 * The task that a callback reports, whether or not its ID can be one of the provider's; undefined for
	 * a body that is no report. `scope`: what the callback URL says of the ID.
	 */
	parseReport(body: unknown, scope: string | undefined): TaskWithId | undefined;
	/** What reports leave out of the IDs of a model's tasks, so that the callback URL has to say it. */
	scopeOf?(modelId: string): string | undefined;
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

/** How to ask for a new link to an image whose link is dead, which costs nothing. */
export interface FreshLinkPlan {
	buildRequest(url: string): HttpPlan;
	/** Undefined where the answer has none. */
	parseResponse(response: HttpResponse): string | undefined;
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
	/** What stands before the key in the header Authorization; absent: `Bearer`. */
	keyScheme?: string;
	/** A path to read that costs nothing and fails with a bad key. */
	testPath: string;
	/** The host of that path, where it is another one. */
	testBaseUrl?: string;
	/** What `code` says in the body of an answer with HTTP 200 that refuses; absent where those have a status of their own. */
	refusalCodes?: readonly number[];
	models: Partial<Record<ModelFamily, ProviderModel>>;
	/** Absent where images cannot be taken apart. */
	layers?: LayerPlan;
	/** How a model is told the size; a custom one too, by its ID. */
	sizingOf(modelId: string): Sizing;
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
	/** An answer with the status and headers that its body stands for, where it has others of its own. */
	asMeant?(response: HttpResponse): HttpResponse;
	/** How a link that is dead is made anew, where that can be. */
	freshLink?: FreshLinkPlan;
	/** Reads the answer to a request that was accepted (2xx). */
	parseResponse(response: HttpResponse, request: ResolvedRequest): Result<ImageTask>;
	/** Reads an answer that refuses (not 2xx); `billed` as for a paid request. */
	parseError(response: HttpResponse): SeedreamError;
	/** What to do about a task that ended with this code. */
	hintForTask(code: string | undefined): ErrorHint;
}

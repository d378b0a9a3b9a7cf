import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Billed } from '../../nodes/shared/seedream/billed';
import type { ModelFamily } from '../../nodes/shared/seedream/models';
import type { AspectRatio, Resolution } from '../../nodes/shared/seedream/sizes';
import type { RecordedRequest } from '../emulator';

export type Fields = Record<string, unknown>;

/** All that the suites need to know of one provider; what is left out is not there, or has no rows. */
export interface ProviderFixture {
	/** The ID that stands in credentials and items. */
	id: string;
	/** As the user reads it. */
	name: string;
	/** The documented base URL; absent where none is public. */
	baseUrl?: string;
	/** Why there is no base URL, where there is none. */
	withoutBaseUrl?: string;
	/** What stands before the key; absent: `Bearer`. */
	keyScheme?: string;
	/** What is sold there, in the order of the list. */
	models: readonly ModelFamily[];
	/** What is read to test the credentials, after the base URL. */
	testPath: string;
	/** The documented host of that path, where it is another than that of the API. */
	testBaseUrl?: string;
	/** The status with which a wrong key is refused there; 200 where the body alone says it. */
	wrongKeyStatus: number;
	/** Whether it documents a call for what is left in the account. */
	tellsBalance?: boolean;
	/** Whose dialect this one speaks to the letter: what the dialect promises is tested over there. */
	sameAs?: string;
	/** Where a plain request for images goes, after the base URL. */
	path: string;
	/** The field of the body in which the fields of a request stand; absent where they are the body. */
	inside?: string;
	/** Whether a file may be a reference image; else only a URL may. */
	takesFiles: boolean;
	/** What it answers, as its documentation prints it. */
	answers: DocumentedAnswers;
	/** The bodies that examples/any-provider.json sends to it. */
	portable: PortableBodies;
	/** Every shape and resolution of every model that is told pixels; absent where words are sent. */
	pixels?: Pixels;
	/** The words that say a shape and a resolution, where they are not these themselves. */
	sizeWords?: (shape: AspectRatio, resolution: Resolution, model: ModelFamily) => readonly string[];
	/** Which requests it takes, and which are refused before anything is sent. */
	validation?: readonly ValidationRow[];
	/** Options that would change the picture, and that the model has no field for. */
	refusedOptions?: readonly RefusedOptions[];
	/** What goes to it. */
	wire?: Wire;
	/** Where files go as data URIs, by model. */
	takers?: readonly Taker[];
	/** Files that it would refuse as reference images. */
	refusedFiles?: readonly RefusedFile[];
	/** Facts of a provider whose answer to the request is the finished images. */
	synchronous?: Synchronous;
	/** Facts of a provider with tasks, for the suites that run over all of these. */
	asynchronous?: Asynchronous;
	/** How it takes an image apart into its layers; absent where it does not. */
	layers?: Layers;
}

/** Answers at their plainest. */
export interface DocumentedAnswers {
	/** The body that accepts a create request. */
	accepted: unknown;
	/** The body with all that was asked for; the same as `accepted` where there are no tasks. */
	finished: unknown;
	/** The body with the images, where they stand in an answer of their own. */
	result?: unknown;
	/** How many images the finished body, or the result, holds. */
	images: number;
	/** The ID of the task, where there are tasks. */
	taskId?: string;
	/** A body that refuses a request. */
	refused: unknown;
	/** The words in it that are meant for people. */
	reason: string;
}

/** How a provider is to be asked, as its documentation has it: nothing more may be sent. */
export interface PortableBodies {
	/** What stands beside the fields, where they stand inside one: of a request without references, and of one with. */
	beside?: Readonly<Record<'generate' | 'edit', Fields>>;
	/** The fields of every request of the workflow besides its prompt. */
	always: Fields;
	/** The fields that ask for one image. */
	one: Fields;
	/** The fields that ask for four. */
	four: Fields;
	/** Whether the number is a count, so that the prompt need not say it too. */
	isExactCount?: boolean;
	/** The fields that carry a reference image. */
	references: (image: string) => Fields;
}

/** `WIDTHxHEIGHT` by shape. */
export type Shapes = Readonly<Record<Exclude<AspectRatio, 'auto'>, string>>;

export type Pixels = Readonly<
	Partial<Record<ModelFamily, Readonly<Partial<Record<Resolution, Shapes>>>>>
>;

/** `accepted`, or what the refusal must name: a limit, or the value that is wrong. */
export type ValidationRow = readonly [
	/** 4.0, 4.5, lite, pro, flash, 5.5, or an ID of the provider's own. */
	model: string,
	/** In pixels, or as shape and resolution. */
	size: string,
	references: number,
	count: number,
	expected: string,
];

export interface RefusedOptions {
	/** A family, or `custom` with `modelId`. */
	model: ModelFamily | 'custom';
	/** One of the provider's own IDs, to which the same applies. */
	modelId?: string;
	options: INodeParameters;
	/** The option that the message names. */
	names: string;
}

/** What goes to one provider. */
export interface Wire {
	/** All fields for a prompt and nothing else but a square, where no shape is left to the model. */
	plain: Fields;
	/** What stands beside them, where they stand inside one. */
	beside?: Fields;
	/** The fields that say exact pixels; absent where a size is said in words only. */
	pixels?: (width: number, height: number) => Fields;
	/** The fields that say a shape and a resolution of Seedream 4.0, for each that is taken; where `pixels` is absent. */
	words?: ReadonlyArray<readonly [shape: AspectRatio, resolution: Resolution, fields: Fields]>;
	rows: readonly WireRow[];
}

/** One way to fill in the panel, and all that goes to the provider then. */
export interface WireRow {
	says: string;
	parameters?: INodeParameters;
	options?: INodeParameters;
	items?: INodeExecutionData[];
	/** After the base URL, where it is not the provider's usual one. */
	path?: string;
	/** What differs from the fields of a plain request; `undefined`: the field is not there. */
	wire: Fields;
	/** What differs of what stands beside them. */
	beside?: Fields;
	/** Everything that the user is told, where there is something to tell. */
	warnings?: string[];
}

/** How one provider takes an image apart. */
export interface Layers {
	/** Where a request goes, after the base URL, where that is not the usual path. */
	path?: string;
	/** What is filled in besides, in every request: a resolution, where the model does not choose it. */
	parameters?: INodeParameters;
	/** All fields for an image at this address and nothing else. */
	plain: (image: string) => Fields;
	/** What stands beside them, where they stand inside one. */
	beside?: Fields;
	/** The field that carries the image, and how it does so. */
	imageFields: (image: string) => Fields;
	/** Each for the image `A` and no prompt, where the row says nothing else. */
	rows: readonly WireRow[];
	/** What is refused before anything is sent, with a part of what is said. */
	refused: readonly LayerRefusal[];
	/** How many layers may come at most, by model. */
	most: ReadonlyArray<readonly [model: ModelFamily, layers: number]>;
	/** Whether it is only asked with Skip Validation, as it may make a plain edit of it. */
	isDoubtful?: boolean;
	/** Whether the answer is links and no more, so that nothing tells which layer is where, as the user is told. */
	areUndescribed?: boolean;
	/** Formats of files, each with whether it is taken, taken with a warning, or refused. */
	formats: Readonly<
		Record<'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'heic', 'taken' | 'warned' | 'refused'>
	>;
	/** A finished answer with layers in an order of its own, as its documentation composes it. */
	answer?: unknown;
}

export interface LayerRefusal {
	says: string;
	parameters?: INodeParameters;
	options?: INodeParameters;
	names: string;
}

/** Where reference images go that are taken as data URIs or URLs, and the rest of the body. */
export interface Taker {
	model: ModelFamily;
	field: string;
	/** Whether a single one stands alone, not in a list. */
	isLoneBare: boolean;
	takesWebp: boolean;
	plain: Fields;
}

/** What a file is: a PNG, or another picture, of these sides; filled up to megabytes; or no image. */
export interface RefusedFile {
	says: string;
	model: ModelFamily;
	file: { width: number; height: number; format?: 'webp'; megabytes?: number } | string;
	message: RegExp;
}

/** An answer in one of the forms in which images may come. */
export interface AnswerForm {
	says: string;
	body: unknown;
}

/** A refusal as the user meets it. */
export interface Refusal {
	httpStatus: number;
	code?: string;
	advice: RegExp;
}

export type CodeRow = readonly [
	status: number,
	code: string,
	advice: RegExp,
	/** Whether another try may pass. */
	retryable: boolean,
];

/** What an item says besides what every provider gives. */
export interface ItemFacts {
	model: string;
	/** Whether it says when the images were made. */
	isDated: boolean;
	/** Hours for which the links live, where that is known. */
	linkHours?: number;
	/** The rest, for so many images of 2048x2048 of a prompt. */
	rest?: (images: number) => Fields;
}

/** What the suites over providers with tasks need to know of one. */
export interface Asynchronous {
	/** What an item says besides what every provider gives; `rest` for so many images. */
	item: ItemFacts;
	/** The largest set that Seedream 4.0 makes in one request. */
	mostImages: number;
	/** Whether so many images come as are asked for, so that the prompt need not say it too. */
	isExactCount?: boolean;
	/** IDs that cannot be those of its tasks; empty where any may be. */
	impossibleIds: readonly string[];
	/** The callback URL in a create request. */
	callbackUrlIn: (request: RecordedRequest) => string | undefined;
	/** A body that is none of its reports. */
	notReport: unknown;
	/** Whether a task that failed is billed. */
	failedIsBilled: Billed;
	/** How many requests put one file where the provider can see it; 0 where it goes along in the request. */
	uploadRequests: number;
	/** The field that carries the references. */
	referenceField: string;
	/** What it says to a key that it does not know, … */
	wrongKey: Refusal;
	/** … to one without money, … */
	noCredit: Refusal;
	/** … and to a model that is not there. */
	unknownModel: Refusal;
	/** Bodies and statuses with which it refuses a create request: nothing was made, and it is not billed. */
	refused: readonly RefusedCreate[];
	/** Answers after which nobody knows whether the request was accepted; those that every provider may give are tried anyway. */
	unsure?: readonly RefusedCreate[];
}

/** An answer to a create request, and what becomes of it. */
export interface RefusedCreate {
	says: string;
	status: number;
	body: unknown;
	/** What the user is told. */
	message: RegExp;
	retryable?: boolean;
}

export interface Synchronous {
	item: ItemFacts;
	/** What an item says that came image by image; absent where there is no stream. */
	streamed?: ItemFacts;
	/** Models that it sells and that have no stream. */
	unstreamed: readonly ModelFamily[];
	/** The type of the files that it makes. */
	fileType: 'jpeg' | 'png';
	/** Whether it says which members of a set were not made, and why. */
	namesFailedMembers: boolean;
	/** Whether an error in place of the images, with HTTP 200, is read, and is sure not to be billed. */
	areErrorsFree: boolean;
	/** Whether `response_format` among the additional fields brings the image itself. */
	takesBase64: boolean;
	/** The forms in which it may give this link. */
	links: (url: string) => readonly AnswerForm[];
	/** The forms in which it may give the image itself. */
	embedded: (base64: string) => readonly AnswerForm[];
	/** Its body for a refusal. */
	refusal: (status: number, code: string, message: string) => unknown;
	/** What it says to a key that it does not know, … */
	wrongKey: Refusal;
	/** … to one without money, … */
	noCredit: Refusal;
	/** … to one that may not use the model, … */
	notAllowed: Refusal;
	/** … and to a model that is not there. */
	unknownModel: Refusal;
	/** The code for a reference image that moderation refuses. */
	moderatedReference: string;
	/** Its codes for what is refused, each with what to do. */
	codes: readonly CodeRow[];
	/** Its codes after which nobody knows whether it is billed. */
	troubles: ReadonlyArray<readonly [status: number, code: string]>;
	/** The bodies in which an error of the models' maker comes through, where that is not its own form. */
	passedOn?: (code: string, message: string) => readonly AnswerForm[];
}

import type { Background, ModelFamily, OutputFormat, PromptPriority } from './models';
import type { LayerResolution } from './layers';
import type { ReferenceImage } from './references';
import type { AspectRatio, Resolution } from './sizes';

/** A model by its family, which each provider maps to its own ID, or by a provider's own ID. */
export type ModelChoice = { family: ModelFamily } | { customId: string };

/** What images are made from: a prompt, images too, or one image that is taken apart into its layers. */
export type ImageOperation = 'generate' | 'edit' | 'decompose';

/** How large the image is to be: a shape and a tier, a tier alone (layers), exact pixels, or as the provider decides. */
export type SizeChoice =
	| { mode: 'ratio'; aspectRatio: AspectRatio; resolution: Resolution }
	| { mode: 'tier'; resolution: LayerResolution }
	| { mode: 'pixels'; width: number; height: number }
	| { mode: 'default' };

/** Wait by asking at intervals, suspend until the provider calls back, or hand on the task at once. */
export const COMPLETIONS = ['poll', 'callback', 'submit'] as const;

export type Completion = (typeof COMPLETIONS)[number];

/** What the user asks for, in words that are the same for every provider. */
export interface ImageRequest {
	operation: ImageOperation;
	model: ModelChoice;
	/** Empty where the model is to take an image apart as it sees fit. */
	prompt: string;
	/** At least 1; what a model makes at most stands in its spec. An upper limit at most providers. Absent for layers, which the model counts. */
	numberOfImages?: number;
	size: SizeChoice;
	/** Reference images in the order in which the model is to see them. */
	references: ReferenceImage[];
	completion: Completion;
	/** Where the provider reports the end of the task. */
	callbackUrl?: string;
	options: ImageOptions;
}

/** What may be set beyond the essentials. `undefined` means: as the provider does by itself. */
export interface ImageOptions {
	promptPriority?: PromptPriority;
	watermark: boolean;
	outputFormat?: OutputFormat;
	background?: Background;
	webSearch: boolean;
	seed?: number;
	/** Writes the number of images into the prompt when it is more than one. */
	stateCountInPrompt: boolean;
	/** The provider's name for the end user on whose behalf the request is made. */
	user?: string;
	stream: boolean;
	/** How long the user is willing to wait, where that was said. */
	maxWaitSeconds?: number;
	/** Merged into the body last, as it is. */
	additionalFields: Record<string, unknown>;
}

/**
 * The prompt as it goes to the model. Where the number of images is only an upper limit, the model
 * makes several only when the prompt says so (EvoLink docs, seedream-4.0).
 */
export function promptWithCount({ numberOfImages, prompt, options }: ImageRequest): string {
	if (numberOfImages === undefined || numberOfImages === 1) return prompt;
	if (!options.stateCountInPrompt) return prompt;
	return `${prompt}\n\nGenerate ${numberOfImages} different images.`;
}

/** Most images that any Seedream model makes in one request, and a set that is given no number (ModelArk docs 1541523). */
export const MAX_IMAGES = 15;

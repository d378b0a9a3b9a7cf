import type { IExecuteFunctions } from 'n8n-workflow';
import { signCallbackUrl, signingProblems } from '../../shared/seedream/callbackUrl';
import { isDataUri, joinDataUris, readDataUri } from '../../shared/seedream/dataUri';
import { MODEL_FAMILIES, MODEL_LIMITS } from '../../shared/seedream/models';
import type { Problem } from '../../shared/seedream/validation/problem';
import type { ReferenceImage } from '../../shared/seedream/references';
import type { Completion, ImageOptions, ImageRequest, ModelChoice, SizeChoice } from '../../shared/seedream/request';
import { shorten } from '../../shared/seedream/truncate';
import { ASPECT_RATIOS, RESOLUTIONS } from '../../shared/seedream/sizes';
import { toMilliseconds } from '../../shared/seedream/time';
import { readBinaryReferences } from './binaryReferences';
import type { Account } from '../../shared/n8n/transport/credentials';
import type { Parameters } from '../../shared/n8n/parameterReader';

/** URLs contain no white space; a comma at the end is a separator, except the one within a data URI. */
const splitUrls = (text: string): string[] => joinDataUris(text.split(/(?<!;base64),?\s+/i));
const splitNames = (text: string): string[] => text.split(/[,\n]/);

/** No provider takes larger reference images than this, in bytes. */
const MOST_REFERENCE_BYTES = Math.max(
	...Object.values(MODEL_LIMITS).map((limits) => limits.references.bytes),
);

/** What is the same for all requests of a node run. */
export interface Run {
	account: Account;
	completion: Completion;
	/** What is wrong with the settings of the run, and so with each of its requests. */
	problems: readonly Problem[];
	/** What the user should know about the settings of the run. */
	warnings: readonly string[];
	/** Where n8n takes the callbacks that resume this execution; with `callback` only. */
	resumeUrl?: string;
}

/** What one input item asks for. What is wrong with its parameters stands in their `problems`. */
export async function readImageRequest(
	context: IExecuteFunctions,
	parameters: Parameters,
	itemIndex: number,
	operation: ImageRequest['operation'],
	run: Run,
): Promise<ImageRequest> {
	const callbackUrl = chooseCallbackUrl(parameters, run);
	return {
		operation,
		model: readModel(parameters),
		prompt: parameters.text('prompt', '', 'unreadable'),
		numberOfImages: parameters.number(
			'numberOfImages',
			'Number of Images',
			1,
			'a whole number from 1 to 15',
		),
		size: readSize(parameters),
		references:
			operation === 'edit' ? await readReferences(context, parameters, itemIndex) : [],
		completion: run.completion,
		...(callbackUrl !== undefined && { callbackUrl }),
		options: readOptions(parameters),
	};
}

function readModel(parameters: Parameters): ModelChoice {
	const choices = [...MODEL_FAMILIES, 'custom'] as const;
	const family = parameters.choice('model', 'Model', choices, 'seedream-4.0');
	return family === 'custom' ? { customId: parameters.text('modelId') } : { family };
}

function readSize(parameters: Parameters): SizeChoice {
	const mode = parameters.choice('sizeMode', 'Size', ['ratio', 'pixels', 'default'], 'ratio');
	if (mode === 'default') return { mode };
	if (mode === 'pixels') {
		const width = parameters.number('width', 'Width', 2048);
		return { mode, width, height: parameters.number('height', 'Height', 2048) };
	}
	return {
		mode,
		aspectRatio: parameters.choice('aspectRatio', 'Aspect Ratio', ASPECT_RATIOS, 'auto'),
		resolution: parameters.choice('resolution', 'Resolution', RESOLUTIONS, '2K'),
	};
}

async function readReferences(
	context: IExecuteFunctions,
	parameters: Parameters,
	itemIndex: number,
): Promise<ReferenceImage[]> {
	const sources = ['binary', 'url', 'both'] as const;
	const source = parameters.choice('imageSource', 'Image Source', sources, 'binary');
	const names = source === 'url' ? [] : parameters.list('binaryPropertyNames', splitNames);
	const urls = source === 'binary' ? [] : parameters.list('imageUrls', splitUrls);
	const binaries = await readBinaryReferences(
		context,
		parameters,
		itemIndex,
		names,
		MOST_REFERENCE_BYTES,
	);
	return [...binaries, ...urls.map(readUrl)];
}

/** A web address, or an image that is written out as a data URI; one that cannot be read stays text, and is refused as that. */
function readUrl(url: string, position: number): ReferenceImage {
	const label = `Image URL ${position + 1} (${shorten(url, 40)})`;
	const image = isDataUri(url) ? readDataUri(url, label, MOST_REFERENCE_BYTES) : undefined;
	return image ?? { kind: 'url', url };
}

function readOptions(parameters: Parameters): ImageOptions {
	const outputFormat = optional(parameters, 'outputFormat', 'Output Format', ['jpeg', 'png']);
	const background = optional(parameters, 'background', 'Background', ['opaque', 'transparent']);
	const priority = optional(parameters, 'promptPriority', 'Prompt Priority', ['standard', 'fast']);
	const user = parameters.text('options.user').trim();
	const maxWaitSeconds = parameters.number('options.maxWaitSeconds', 'Max Wait', 0);
	const seed = parameters.optionalNumber('options.seed', 'Seed');
	return {
		...(priority && { promptPriority: priority }),
		...(outputFormat && { outputFormat }),
		...(background && { background }),
		...(user && { user }),
		...(seed !== undefined && { seed }),
		...(maxWaitSeconds > 0 && { maxWaitSeconds: toMilliseconds(maxWaitSeconds) / 1000 }),
		watermark: parameters.flag('options.watermark', 'Watermark', false),
		webSearch: parameters.flag('options.webSearch', 'Web Search', false),
		stateCountInPrompt: parameters.flag('options.stateCountInPrompt', 'State Count in Prompt', true),
		stream: parameters.flag('options.stream', 'Stream', false),
		additionalFields: parameters.jsonObject('options.additionalFields', 'Additional Fields'),
	};
}

/** An option that is absent as long as nobody has added it to the collection. */
function optional<T extends string>(
	parameters: Parameters,
	name: string,
	title: string,
	choices: readonly T[],
): T | undefined {
	const path = `options.${name}`;
	if (parameters.text(path) === '') return undefined;
	const [first] = choices;
	return first && parameters.choice(path, title, choices, first);
}

/** The URL that the provider gets; undefined when it shall call nobody. */
function chooseCallbackUrl(parameters: Parameters, run: Run): string | undefined {
	if (run.completion === 'submit') return readCallbackUrl(parameters, run.account);
	return run.completion === 'callback' ? run.resumeUrl : undefined;
}

/** The user's own URL, with signature and context. */
function readCallbackUrl(parameters: Parameters, account: Account): string | undefined {
	const callbackUrl = parameters.text('callbackUrl').trim();
	if (callbackUrl === '') return undefined;
	const context = parameters.json('callbackContext', 'Callback Context');
	if (!URL.canParse(callbackUrl)) return callbackUrl;
	for (const problem of signingProblems(callbackUrl)) parameters.refuse(problem);
	return signCallbackUrl(callbackUrl, account.apiKey, Date.now(), context);
}

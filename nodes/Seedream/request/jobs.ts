import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { getOutputOptions, type OutputOptions } from '../../shared/n8n/output/outputFields';
import { readParameters, type ReadParameters } from '../../shared/n8n/parameterReader';
import type { SeedreamCredentials } from '../../shared/n8n/transport/credentials';
import type { OwnError } from '../../shared/seedream/errors';
import { maxImagesOf } from '../../shared/seedream/maxImages';
import type { ResolvedRequest } from '../../shared/seedream/providers/provider';
import type { ReferenceImage } from '../../shared/seedream/references';
import type { ImageOperation } from '../../shared/seedream/request';
import type { Problem } from '../../shared/seedream/validation/problem';
import { validateRequest } from '../../shared/seedream/validation/validate';
import { optionsField } from '../fields/options';
import { skipValidationField } from '../fields/runOptions';
import { getItemRequest, type ItemRequest } from './imageRequest';
import type { RunContext } from './runContext';

/** One paid request and all that is needed to hand on its result. */
export interface Job {
	/** The input items it is made from; the first one gives the parameters. */
	items: number[];
	request: ResolvedRequest<ReferenceImage>;
	warnings: string[];
	output: OutputOptions;
	/** The same for the same paid request, whichever items it is made from. */
	fingerprint: string;
	/** The most images that may come of it. */
	maxImages: number;
	/** Whether the requests are only to be shown: one job that says so holds for all. */
	isOnlyValidated: boolean;
	/** Why it cannot be sent; absent when it can. */
	error?: OwnError;
}

/**
 * Reads and checks every input item before anything is sent for any of them. `resumeUrl`: where
 * n8n takes the callbacks that resume this execution.
 */
export async function validateItems(
	context: IExecuteFunctions,
	operation: ImageOperation,
	run: RunContext,
	isCombined: boolean,
	resumeUrl?: string,
): Promise<Job[]> {
	const all = [...context.getInputData().keys()];
	const groups = isCombined ? [all] : all.map((item) => [item]);
	const jobs: Job[] = [];
	for (const items of groups) {
		const read: Array<ReadParameters<ItemRequest>> = [];
		for (const item of items) {
			read.push(await getItemRequest(context, item, operation, run, resumeUrl));
		}
		jobs.push(validateJob(context, run, items, read));
	}
	return jobs;
}

/** The first item says what is wanted and how it is handed on; the references are of all items. */
function validateJob(
	context: IExecuteFunctions,
	run: RunContext,
	items: number[],
	read: ReadonlyArray<ReadParameters<ItemRequest>>,
): Job {
	const [first] = read.map(({ value }) => value.request);
	if (!first) throw new RangeError('A job needs at least one item');
	const { provider, baseUrl } = run.credentials;
	const references = combine(read.map(({ value }) => value.request.references));
	const { request, ...checked } = validateRequest({ ...first, references }, provider, baseUrl);
	const handling = getHandling(context, items[0] ?? 0);
	const { skipsValidation, output } = handling.value;
	const unreadable = [run, ...read, handling].flatMap(({ problems }) => problems);
	const found = [...unreadable, ...checked.problems];
	const overruled = skipsValidation ? found.filter(({ kind }) => kind === 'limit') : [];
	const fatal = found.filter((problem) => !overruled.includes(problem));
	const mayBeFewer = provider.countIsLimit && !request.options.stateCountInPrompt;
	return {
		items,
		request,
		warnings: [
			...run.warnings,
			...checked.warnings,
			...overruled.map(({ text }) => `Let through by Skip Validation: ${text}`),
		],
		output: { ...output, mayBeFewer, expectsLayers: request.operation === 'decompose' },
		maxImages: maxImagesOf(run.credentials, request),
		isOnlyValidated: read.some(({ value }) => value.isOnlyValidated),
		fingerprint: fingerprint(request, run.credentials),
		...(fatal.length > 0 && { error: invalidRequestError(fatal, run.credentials) }),
	};
}

/** What of an item is not about its images. */
function getHandling(
	context: IExecuteFunctions,
	item: number,
): ReadParameters<{ skipsValidation: boolean; output: OutputOptions }> {
	return readParameters(context, item, (reader) => ({
		skipsValidation: reader.within(optionsField).flag(skipValidationField),
		output: getOutputOptions(context, reader),
	}));
}

/** The references of all items; of several items each URL once. */
function combine(references: readonly ReferenceImage[][]): ReferenceImage[] {
	if (references.length === 1) return references.flat();
	const seen = new Set<string>();
	return references.flat().filter((reference) => isNew(reference, seen));
}

function isNew(reference: ReferenceImage, seen: Set<string>): boolean {
	if (reference.kind === 'binary' && !reference.isDataUri) return true;
	const key = reference.kind === 'url' ? reference.url : reference.fingerprint;
	const isFirst = !seen.has(key);
	seen.add(key);
	return isFirst;
}

function invalidRequestError(problems: Problem[], credentials: SeedreamCredentials): OwnError {
	const texts = [...new Set(problems.map(({ text }) => text))];
	return {
		message: texts.join(' '),
		hint: 'Nothing was sent and nothing is billed.',
		code: 'invalid_request',
		provider: credentials.provider.id,
		retryable: false,
		billed: 'no',
	};
}

/**
 * What is paid for, and no more: how long to wait, where to report and how to hand on the images
 * may change without making a request another one.
 */
function fingerprint(
	{ modelId, prompt, numberOfImages, size, options, references }: ResolvedRequest<ReferenceImage>,
	{ provider, baseUrl }: SeedreamCredentials,
): string {
	const { maxWaitSeconds: _wait, stream: _stream, user: _user, ...picture } = options;
	const images = references.map((reference) =>
		reference.kind === 'url' ? reference.url : reference.fingerprint,
	);
	const said = [provider.id, baseUrl, modelId, prompt, numberOfImages, size, picture, images];
	return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

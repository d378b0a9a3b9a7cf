import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { SeedreamError } from '../../shared/seedream/errors';
import { mostImages } from '../../shared/seedream/maxImages';
import type { Problem } from '../../shared/seedream/validation/problem';
import type { ReferenceImage } from '../../shared/seedream/references';
import type { ImageRequest } from '../../shared/seedream/request';
import { checkRequest, type CheckedRequest } from '../../shared/seedream/validation/validate';
import type { Account } from '../../shared/n8n/transport/credentials';
import { INVALID_REQUEST } from '../../shared/n8n/errors';
import { readImageRequest, type Run } from './imageRequest';
import { Parameters } from '../../shared/n8n/parameterReader';
import { readDelivery, type Delivery } from './runSettings';

/** One paid request and all that is needed to hand on its result. */
export interface Job {
	/** The input items it is made from; the first one gives the parameters. */
	items: number[];
	checked: CheckedRequest;
	delivery: Delivery;
	/** The same for the same paid request, whichever items it is made from. */
	fingerprint: string;
	/** The most images that may come of it. */
	mostImages: number;
	/** Whether it is only to be shown, and nothing of it sent. */
	isOnlyValidated: boolean;
	/** Why it cannot be sent; absent when it can. */
	refusal?: SeedreamError;
}

/**
 * Reads and checks every input item before anything is sent for any of them. `isCombined`: whether
 * the images of all items go into one request.
 */
export async function prepareJobs(
	context: IExecuteFunctions,
	operation: ImageRequest['operation'],
	run: Run,
	isCombined: boolean,
): Promise<Job[]> {
	const all = [...context.getInputData().keys()];
	const groups = isCombined ? [all] : all.map((item) => [item]);
	const jobs: Job[] = [];
	for (const items of groups) jobs.push(await prepareJob(context, operation, run, items));
	return jobs;
}

async function prepareJob(
	context: IExecuteFunctions,
	operation: ImageRequest['operation'],
	run: Run,
	items: number[],
): Promise<Job> {
	const readers = items.map((item) => new Parameters(context, item));
	const [first] = readers;
	const requests: ImageRequest[] = [];
	for (const [position, parameters] of readers.entries()) {
		const item = items[position] ?? 0;
		requests.push(await readImageRequest(context, parameters, item, operation, run));
	}
	const request = combine(requests);
	if (!first || !request) throw new RangeError('A job needs at least one item');

	const { account } = run;
	const skipValidation = first.flag('options.skipValidation', 'Skip Validation', false);
	const asked = readDelivery(context, first);
	const flags = readers.map((reader) => reader.flag('options.validateOnly', 'Validate Only', false));
	const unreadable = [run, ...readers].flatMap(({ problems }) => problems);
	const checked = checkRequest(request, account.provider, account.baseUrl);
	const found = [...unreadable, ...checked.problems];
	const fatal = skipValidation ? found.filter(({ kind }) => kind === 'syntax') : found;
	const overruled = found.map(({ text }) => `Let through by Skip Validation: ${text}`);
	const mayBeFewer = account.provider.countIsLimit && !request.options.stateCountInPrompt;
	const warnings = [...run.warnings, ...checked.warnings, ...overruled];
	return {
		items,
		checked: { ...checked, warnings },
		delivery: { ...asked, mayBeFewer },
		mostImages: mostImages(account, checked),
		isOnlyValidated: flags.includes(true),
		fingerprint: fingerprint(checked, account),
		...(fatal.length > 0 && { refusal: invalidRequest(fatal, account) }),
	};
}

/** The references of all requests in one, each URL once; everything else is from the first. */
function combine(requests: ImageRequest[]): ImageRequest | undefined {
	const [first] = requests;
	if (!first || requests.length === 1) return first;
	const seen = new Set<string>();
	const references = requests
		.flatMap((request) => request.references)
		.filter((reference) => isNew(reference, seen));
	return { ...first, references };
}

function isNew(reference: ReferenceImage, seen: Set<string>): boolean {
	if (reference.kind === 'binary' && !reference.isDataUri) return true;
	const key = reference.kind === 'url' ? reference.url : reference.fingerprint;
	const isFirst = !seen.has(key);
	seen.add(key);
	return isFirst;
}

function invalidRequest(problems: Problem[], account: Account): SeedreamError {
	const texts = [...new Set(problems.map(({ text }) => text))];
	return {
		message: texts.join(' '),
		advice: 'Nothing was sent and nothing is billed.',
		code: INVALID_REQUEST,
		provider: account.provider.id,
		retryable: false,
		billed: 'no',
	};
}

/**
 * What is paid for, and no more: how long to wait, where to report and how to hand on the images
 * may change without making a request another one.
 */
function fingerprint(checked: CheckedRequest, { provider, baseUrl }: Account): string {
	const { request, prompt, modelId, size } = checked;
	const { numberOfImages, options } = request;
	const { maxWaitSeconds: _wait, stream: _stream, user: _user, ...picture } = options;
	const images = request.references.map((reference) =>
		reference.kind === 'url' ? reference.url : reference.fingerprint,
	);
	const said = [provider.id, baseUrl, modelId, prompt, numberOfImages, size, picture, images];
	return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

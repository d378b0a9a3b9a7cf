import type { IExecuteFunctions } from 'n8n-workflow';
import type { SeedreamError } from '../../shared/seedream/errors';
import { jsonObject } from '../../shared/seedream/json';
import { syntaxProblem, type Problem } from '../../shared/seedream/validation/problem';
import type { Account } from '../../shared/n8n/transport/credentials';
import { INVALID_REQUEST, nodeError } from '../../shared/n8n/errors';
import type { Job } from '../request/jobs';
import type { Ledger } from './ledger';
import { Parameters } from '../../shared/n8n/parameterReader';

/** The most images that one run of the node may order, as the user has set it. */
interface MaxImages {
	/** Infinity where there is no limit. */
	most: number;
	problems: Problem[];
	warnings: string[];
}

/** Where an expression gives each item a number of its own, the smallest holds: there is one run. */
export function readMaxImages(context: IExecuteFunctions): MaxImages {
	let most = Infinity;
	const texts = new Set<string>();
	for (const item of context.getInputData().keys()) {
		const parameters = new Parameters(context, item);
		const given = parameters.optionalNumber('options.maxImages', 'Max Images') ?? Infinity;
		if (given < 1 || (Number.isFinite(given) && !Number.isInteger(given))) {
			parameters.refuse(`Max Images is ${given}, and it must be a whole number of at least 1, or empty for no limit.`);
		}
		for (const { text } of parameters.problems) texts.add(text);
		if (given < most) most = given;
	}
	const isSilent = most === Infinity && texts.size === 0 && isExpression(context);
	return {
		most,
		problems: [...texts].map(syntaxProblem),
		warnings: isSilent ? ['Max Images is an expression that gives nothing, so there is no limit.'] : [],
	};
}

function isExpression(context: IExecuteFunctions): boolean {
	const { maxImages } = jsonObject(context.getNode().parameters.options) ?? {};
	return typeof maxImages === 'string' && maxImages.startsWith('=');
}

/** What a run has ordered of what it may order. */
export class ImageBudget {
	private ordered: number;

	/**
	 * What may come counts: for items whose request was sent before in this execution, what that asked for.
	 * @throws NodeOperationError when it is more than allowed, before anything is sent.
	 */
	constructor(
		context: IExecuteFunctions,
		private readonly account: Account,
		private readonly ledger: Ledger,
		jobs: readonly Job[],
		private readonly most: number,
	) {
		const ordered = jobs.map((job) => ledger.ordered(job.items) ?? (job.refusal ? 0 : job.mostImages));
		this.ordered = ordered.reduce((sum, count) => sum + count, 0);
		if (this.ordered <= most) return;
		const requests = ordered.filter((count) => count > 0).length;
		const isFirst = ledger.own().length === 0;
		const error = this.refusal(
			`This run asks for ${this.ordered} images in ${requests === 1 ? '1 request' : `${requests} requests`}, and Max Images allows ${most}`,
			`Ask for fewer images, give fewer items, or raise Max Images. ${isFirst ? 'Nothing was sent and nothing is billed.' : 'Nothing more was sent.'}`,
		);
		throw nodeError(context.getNode(), { ...error, billed: isFirst ? 'no' : 'unknown' }, 0);
	}

	/** Why a job whose task failed may not be sent anew; undefined when it may, which counts it. */
	refuseAnew({ items, mostImages }: Job): SeedreamError | undefined {
		const before = this.ledger.ordered(items) ?? mostImages;
		const ordered = this.ordered + Math.max(0, mostImages - before);
		if (ordered > this.most) {
			return this.refusal(
				`The task failed and was refunded, and by now its item asks for ${mostImages} images instead of ${before}, which makes ${ordered}; Max Images allows ${this.most}`,
				'Give Number of Images a value that stays the same, or raise Max Images. Nothing was sent for it again.',
			);
		}
		this.ordered = ordered;
		return undefined;
	}

	private refusal(message: string, advice: string): SeedreamError {
		const { id: provider } = this.account.provider;
		return { message, advice, code: INVALID_REQUEST, provider, retryable: false, billed: 'no' };
	}
}

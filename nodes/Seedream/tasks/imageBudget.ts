import type { IExecuteFunctions } from 'n8n-workflow';
import { nodeError } from '../../shared/n8n/errors';
import type { OwnError } from '../../shared/seedream/errors';
import type { Job } from '../request/jobs';
import type { RunContext } from '../request/runContext';
import type { Ledger } from './ledger';

/** What a run has ordered of what it may order. */
export class ImageBudget {
	private ordered: number;

	/**
	 * What may come counts: for items whose request was sent before in this execution, what that asked for.
	 * @throws NodeOperationError when it is more than allowed, before anything is sent.
	 */
	constructor(
		context: IExecuteFunctions,
		private readonly run: Pick<RunContext, 'credentials' | 'maxImages'>,
		private readonly ledger: Ledger,
		jobs: readonly Job[],
	) {
		const ordered = jobs.map((job) => ledger.ordered(job.items) ?? (job.error ? 0 : job.maxImages));
		this.ordered = ordered.reduce((sum, count) => sum + count, 0);
		if (this.ordered <= run.maxImages) return;
		const requests = ordered.filter((count) => count > 0).length;
		const isFirst = ledger.own().length === 0;
		const error = this.error(
			`This run asks for ${this.ordered} images in ${requests === 1 ? '1 request' : `${requests} requests`}, and Max Images allows ${run.maxImages}`,
			`Ask for fewer images, give fewer items, or raise Max Images. ${isFirst ? 'Nothing was sent and nothing is billed.' : 'Nothing more was sent.'}`,
		);
		throw nodeError(context.getNode(), { ...error, billed: isFirst ? 'no' : 'unknown' }, 0);
	}

	/** Why a job whose task failed may not be sent anew; undefined when it may, which counts it. */
	errorOfSendingAnew({ items, maxImages }: Job): OwnError | undefined {
		const before = this.ledger.ordered(items) ?? maxImages;
		const ordered = this.ordered + Math.max(0, maxImages - before);
		if (ordered > this.run.maxImages) {
			return this.error(
				`The task failed and was refunded, and by now its item asks for ${maxImages} images instead of ${before}, which makes ${ordered}; Max Images allows ${this.run.maxImages}`,
				'Give Number of Images a value that stays the same, or raise Max Images. Nothing was sent for it again.',
			);
		}
		this.ordered = ordered;
		return undefined;
	}

	private error(message: string, hint: string): OwnError {
		const { id: provider } = this.run.credentials.provider;
		return { message, hint, code: 'invalid_request', provider, retryable: false, billed: 'no' };
	}
}

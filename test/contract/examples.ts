/** What one provider answers at its plainest, as its documentation prints it. */
export interface Example {
	/** The body that accepts a create request. */
	accepted: unknown;
	/** The body with all that was asked for; the same as `accepted` where there are no tasks. */
	finished: unknown;
	/** How many images the finished body holds. */
	images: number;
	/** The ID of the task, where there are tasks. */
	taskId?: string;
	/** A body that refuses a request, and the words in it that are meant for people. */
	refused: unknown;
	reason: string;
	/** Why there is no base URL of its own, where that is so. */
	withoutBaseUrl?: string;
}

const TASK_ID = 'task-unified-1757165031-seedream4d';

const MODEL_ARK_ANSWER = {
	model: 'seedream-4-5-251128',
	created: 1757323224,
	data: [{ url: 'https://x.test/1.jpeg', size: '1760x2368' }],
	usage: { generated_images: 1, output_tokens: 16280, total_tokens: 16280 },
};

const MODEL_ARK_REASON = 'The parameter `size` specified in the request is not valid.';

const MODEL_ARK: Example = {
	accepted: MODEL_ARK_ANSWER,
	finished: MODEL_ARK_ANSWER,
	images: 1,
	refused: { error: { code: 'InvalidParameter', message: MODEL_ARK_REASON, param: '', type: '' } },
	reason: MODEL_ARK_REASON,
};

const LIST_ANSWER = { created: 1778688000, data: [{ url: 'https://x.test/1.png' }] };

/** For each provider of the registry; the contract suite fails for one that is missing here. */
export const EXAMPLES: Record<string, Example> = {
	evolink: {
		accepted: {
			created: 1757165031,
			id: TASK_ID,
			model: 'doubao-seedream-4.0',
			object: 'image.generation.task',
			progress: 0,
			status: 'pending',
			task_info: { can_cancel: true, estimated_time: 45 },
			type: 'image',
			usage: { billing_rule: 'per_call', credits_reserved: 1.8, user_group: 'default' },
		},
		finished: {
			created: 1756817821,
			id: TASK_ID,
			model: 'doubao-seedream-4.0',
			object: 'image.generation.task',
			progress: 100,
			results: ['https://x.test/1.jpg', 'https://x.test/2.jpg'],
			status: 'completed',
			task_info: { can_cancel: false },
			type: 'image',
		},
		images: 2,
		taskId: TASK_ID,
		refused: { error: { code: 'invalid_request', message: 'size is not valid', type: 'x' } },
		reason: 'size is not valid',
	},
	novita: {
		accepted: { images: ['https://x.test/1.jpeg'] },
		finished: { images: ['https://x.test/1.jpeg'] },
		images: 1,
		refused: { code: 400, reason: 'INVALID_IMAGE_SIZE', message: 'too small', metadata: {} },
		reason: 'too small',
	},
	uniall: {
		accepted: LIST_ANSWER,
		finished: LIST_ANSWER,
		images: 1,
		refused: { error: { message: 'no such model', type: 'x', param: '', code: 'model_not_found' } },
		reason: 'no such model',
		withoutBaseUrl: 'Its documentation prints $BASE_URL and names no host.',
	},
	tokaify: {
		accepted: { created: 1777432320, data: [{ url: 'https://x.test/1.png', b64_json: null }] },
		finished: { created: 1777432320, data: { url: 'https://x.test/1.png', b64_json: null } },
		images: 1,
		refused: { error: { message: 'quota is used up (request id: 1)', type: 'new_api_error' } },
		reason: 'quota is used up',
	},
	byteplus: MODEL_ARK,
	volcengine: MODEL_ARK,
};

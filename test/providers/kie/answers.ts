import type { Asynchronous, DocumentedAnswers } from '../fixture';

const TASK_ID = 'task_seedream_1765166238716';

function refusal(code: number, msg: string) {
	return { code, msg, data: null };
}

const UNKNOWN_MODEL =
	'The model name you specified is not supported. Please verify your input and use one of the supported models provided by KIE.';

/** Kie.ai docs, market/seedream/4-5-text-to-image and market/common/get-task-detail. */
export const answers: DocumentedAnswers = {
	accepted: { code: 200, msg: 'success', data: { taskId: TASK_ID } },
	finished: {
		code: 200,
		msg: 'success',
		data: {
			taskId: TASK_ID,
			model: 'seedream/4.5-text-to-image',
			state: 'success',
			param: '{"model":"seedream/4.5-text-to-image","input":{"prompt":"A lake"}}',
			resultJson: '{"resultUrls":["https://x.test/1.png","https://x.test/2.png"]}',
			failCode: '',
			failMsg: '',
			costTime: 15000,
			completeTime: 1698765432000,
			createTime: 1698765400000,
			updateTime: 1698765432000,
			creditsConsumed: 7,
		},
	},
	images: 2,
	taskId: TASK_ID,
	refused: refusal(422, UNKNOWN_MODEL),
	reason: 'is not supported',
};

/** Refusals come with HTTP 200, and the status is in the body; both may say it too. */
export const asynchronous: Omit<Asynchronous, 'callbackUrlIn'> = {
	item: {
		model: 'bytedance/seedream-v4-text-to-image',
		isDated: true,
		rest: (images) => ({ usage: { creditsConsumed: images * 1.8 } }),
	},
	mostImages: 6,
	impossibleIds: [],
	notReport: { code: 200, msg: 'success', data: { taskId: TASK_ID } },
	failedIsBilled: 'no',
	uploadRequests: 1,
	referenceField: 'image_urls',
	wrongKey: { httpStatus: 401, code: '401', advice: /Check the API key/ },
	noCredit: { httpStatus: 402, code: '402', advice: /Top up the account/ },
	unknownModel: { httpStatus: 422, code: '422', advice: /Choose another model/ },
	refused: [
		{
			says: 'a wrong value, which is called an error of the server',
			status: 200,
			body: refusal(500, 'aspect_ratio is not within the range of allowed options'),
			message: /aspect_ratio is not within.*Correct what the message names/,
		},
		{
			says: 'a field that is missing, likewise',
			status: 500,
			body: refusal(500, 'This field is required'),
			message: /This field is required.*Correct what the message names/,
		},
		{
			says: 'a field that is empty',
			status: 200,
			body: refusal(422, 'aspect_ratio cannot be empty'),
			message: /aspect_ratio cannot be empty.*Correct what the message names/,
		},
		{
			says: 'an account without money that is called too busy',
			status: 200,
			body: refusal(429, 'The current credits are insufficient. Please top up.'),
			message: /insufficient.*Top up the account/,
		},
		{
			says: 'a key that has spent its own share',
			status: 200,
			body: refusal(433, 'Sub-key usage exceeds the limit'),
			message: /Sub-key.*API key's own limit/,
		},
		{
			says: 'a client that the host does not let in',
			status: 403,
			body: 'error code: 1010',
			message: /HTTP 403/,
		},
	],
	unsure: [
		{
			says: 'an error of the server in the body',
			status: 200,
			body: refusal(
				500,
				'Server Error - An unexpected error occurred while processing the request',
			),
			message: /Server Error/,
		},
		{
			says: 'maintenance',
			status: 200,
			body: refusal(455, 'System is currently undergoing maintenance'),
			message: /maintenance/,
		},
		{
			says: 'a code that nobody knows',
			status: 200,
			body: { code: 'E7', msg: 'odd', data: null },
			message: /odd/,
		},
	],
};

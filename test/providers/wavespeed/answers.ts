import { parameterOf } from '../body';
import type { Asynchronous, Fields } from '../fixture';

export const TASK_ID = 'e6832d4abffb4d79bfbca19783fca133';

/** A prediction as wavespeed.ai/docs, Predictions API, prints it, but for these fields. */
export function predictionOf(fields: Fields): Fields {
	return {
		id: TASK_ID,
		model: 'bytedance/seedream-v4',
		outputs: [],
		urls: { get: `https://api.wavespeed.ai/api/v3/predictions/${TASK_ID}/result` },
		has_nsfw_contents: [],
		created_at: '2025-09-25T09:12:48.239112031Z',
		error: '',
		executionTime: 0,
		timings: { inference: 0 },
		...fields,
	};
}

export const asynchronous: Asynchronous = {
	item: { model: 'bytedance/seedream-v4', isDated: true, linkHours: 168 },
	mostImages: 15,
	impossibleIds: [],
	callbackUrlIn: ({ path }) => parameterOf(path, 'webhook'),
	notReport: { code: 200, message: 'success' },
	failedIsBilled: 'no',
	uploadRequests: 1,
	referenceField: 'images',
	wrongKey: { httpStatus: 401, advice: /Check the API key.*first top-up/ },
	noCredit: { httpStatus: 402, advice: /Top up your WaveSpeedAI account/ },
	unknownModel: { httpStatus: 404, advice: /model/ },
	refused: [
		{
			says: 'a value that is wrong',
			status: 400,
			body: { code: 400, message: 'size is not valid' },
			message: /size is not valid.*Correct/s,
		},
		{
			says: 'what it does not do with callbacks, as its docs print it',
			status: 400,
			body: {
				error:
					'webhook callback does not support base64 output, please use the normal API to use base64 output',
			},
			message: /does not support base64 output/,
		},
		{
			says: 'an empty account, by its words alone',
			status: 400,
			body: { code: 400, message: 'Insufficient credits.' },
			message: /Top up your WaveSpeedAI account/,
		},
		{
			says: 'a role that may not, with an error_code',
			status: 403,
			body: { message: 'not permitted', error_code: 403 },
			message: /not permitted/,
		},
		{
			says: 'a body that is too large',
			status: 413,
			body: { code: 413, message: 'too large' },
			message: /smaller reference images/,
		},
	],
	unsure: [
		{
			says: 'trouble',
			status: 504,
			body: { code: 504, message: 'sync wait ended' },
			message: /may have been accepted/,
		},
	],
};

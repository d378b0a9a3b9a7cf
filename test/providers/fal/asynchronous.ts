import { parameterOf } from '../body';
import type { Asynchronous } from '../fixture';

const MODEL = 'fal-ai/bytedance/seedream/v4/text-to-image';
const LOCKED =
	'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.';

export const asynchronous: Asynchronous = {
	item: {
		model: MODEL,
		isDated: false,
		rest: (images) => ({ usage: { billable_units: images } }),
	},
	mostImages: 6,
	isExactCount: true,
	impossibleIds: [
		'764cabcf-b745-4b3e-ae38-1200304cf45b',
		'task-unified-1757165031-seedream4d',
		'fal-ai/bytedance/764cabcf',
		'fal-ai..764cabcf',
	],
	callbackUrlIn: ({ path }) => parameterOf(path, 'fal_webhook'),
	notReport: { status: 'COMPLETED', request_id: '764cabcf-b745-4b3e-ae38-1200304cf45b' },
	failedIsBilled: 'unknown',
	uploadRequests: 2,
	referenceField: 'image_urls',
	wrongKey: { httpStatus: 401, advice: /Check the API key/ },
	noCredit: { httpStatus: 403, advice: /Top up your balance/ },
	unknownModel: { httpStatus: 404, advice: /Check the ID, the model/ },
	refused: [
		{
			says: 'no balance',
			status: 403,
			body: { detail: LOCKED },
			message: /Exhausted balance.*Top up your balance/,
		},
		{
			says: 'a key of another kind',
			status: 401,
			body: { detail: 'bearer: unable to decode issuer' },
			message: /unable to decode issuer.*Check the API key/,
		},
		{
			says: 'an application that is not there',
			status: 404,
			body: { detail: 'Application "bytedance" not found' },
			message: /"bytedance" not found.*the model/,
		},
		{
			says: 'a request that cannot be read',
			status: 400,
			body: { detail: 'Invalid JSON', error_type: 'bad_request' },
			message: /Invalid JSON.*Correct/,
		},
		{
			says: 'several fields, each of which is named',
			status: 422,
			body: {
				detail: [
					{ loc: ['body', 'num_images'], msg: 'Too large', type: 'less_than_equal', input: 9 },
					{ loc: ['body'], msg: 'Field required', type: 'missing' },
				],
			},
			message: /num_images: Too large; Field required.*Correct/,
		},
	],
};

import type { Asynchronous, ProviderFixture, RefusedOptions, ValidationRow } from '../fixture';
import { SET_FAMILIES } from '../shared/families';
import { layers } from './layers';
import { pathOf, wire } from './wire';

const TASK_ID = 'gm3qorzdhgbfurvjtvhg6dckhu';

const PREDICTION = {
	id: TASK_ID,
	model: 'bytedance/seedream-4',
	version: 'hidden',
	input: { prompt: 'A boat', size: '2K', aspect_ratio: '16:9' },
	output: null,
	error: null,
	logs: '',
	status: 'starting',
	created_at: '2026-10-01T10:00:00.000Z',
	started_at: null,
	completed_at: null,
	data_removed: false,
	metrics: { predict_time: 0, total_time: 0 },
	urls: {
		get: `https://api.replicate.com/v1/predictions/${TASK_ID}`,
		cancel: `https://api.replicate.com/v1/predictions/${TASK_ID}/cancel`,
		web: `https://replicate.com/p/${TASK_ID}`,
	},
};

const VALIDATION: readonly ValidationRow[] = [
	['4.0', '16:9 1K', 0, 1, 'accepted'],
	['4.0', '21:9 4K', 0, 15, 'accepted'],
	['4.0', '1:1 3K', 0, 1, '1K, 2K, 4K'],
	['4.0', 'auto 2K', 0, 1, 'Auto'],
	['4.0', '4:5 2K', 0, 1, '3:4'],
	['4.0', '5:4 2K', 0, 1, '4:3'],
	['4.0', '9:21 2K', 0, 1, '9:16'],
	['4.0', '1024x1024', 0, 1, 'accepted'],
	['4.0', '1023x1025', 0, 1, '1024'],
	['4.0', '4096x4096', 0, 1, 'accepted'],
	['4.0', '4097x4096', 0, 1, '4096'],
	['4.0', '4096x1024', 0, 1, 'accepted'],
	['4.0', '1:1 2K', 10, 1, 'accepted'],
	['4.0', '1:1 2K', 11, 1, '10'],
	['4.0', '1:1 2K', 10, 5, 'accepted'],
	['4.0', '1:1 2K', 10, 6, '15'],
	['4.0', '1:1 2K', 0, 16, '15'],
	['4.5', '3:2 4K', 0, 1, 'accepted'],
	['4.5', '1:1 1K', 0, 1, '2K, 4K'],
	['4.5', '2048x2048', 0, 1, '1:1 at 2K'],
	['4.5', '1:1 2K', 14, 1, 'accepted'],
	['4.5', '1:1 2K', 15, 1, '14'],
	['lite', '9:16 3K', 14, 1, 'accepted'],
	['lite', '1:1 4K', 0, 1, '2K, 3K'],
	['lite', '3000x3000', 0, 1, '1:1 at 3K'],
	['pro', '16:9 1K', 10, 1, 'accepted'],
	['pro', '1:1 1.5K', 0, 1, '1K, 2K'],
	['pro', '1500x1000', 0, 1, '3:2 at 1K'],
	['pro', '1:1 2K', 11, 1, '10'],
	['pro', '1:1 2K', 0, 2, '1 image'],
	['bytedance/seedream-4.5', '1:1 2K', 0, 1, 'accepted'],
	['bytedance/seedream-4', '1500x1100', 0, 1, 'accepted'],
	['bytedance/seedream-5-lite', '2048x2048', 0, 1, '1:1'],
	['flash', '1:1 2K', 0, 1, 'Custom'],
	['5.5', '1:1 2K', 0, 1, 'Custom'],
];

const REFUSED_OPTIONS: readonly RefusedOptions[] = [
	{ model: 'seedream-4.0', options: { outputFormat: 'png' }, names: 'Output Format' },
	{ model: 'seedream-4.5', options: { outputFormat: 'png' }, names: 'Output Format' },
	{ model: 'seedream-4.0', options: { watermark: true }, names: 'Watermark' },
	{ model: 'seedream-5.0-pro', options: { watermark: true }, names: 'Watermark' },
	{ model: 'seedream-5.0-pro', options: { background: 'transparent' }, names: 'Background' },
	{ model: 'seedream-5.0-pro', options: { background: 'auto' }, names: 'Background' },
	{ model: 'seedream-5.0-lite', options: { webSearch: true }, names: 'Web Search' },
	{
		model: 'custom',
		modelId: 'bytedance/seedream-4.5',
		options: { watermark: true },
		names: 'Watermark',
	},
];

const REFUSED_INPUT = {
	title: 'Input validation failed',
	detail: '- input.aspect_ratio: aspect_ratio must be one of the following: "1:1"\n',
	status: 422,
	invalid_fields: [
		{
			type: 'enum',
			field: 'input.aspect_ratio',
			description: 'aspect_ratio must be one of the following: "1:1"',
		},
	],
};

const asynchronous: Asynchronous = {
	item: { model: 'bytedance/seedream-4', isDated: true, linkHours: 1 },
	mostImages: 15,
	impossibleIds: ['a/b', '..', 'gm3qorzdhgbfurvjtvhg6dckhu?x'],
	callbackUrlIn: ({ body }) => {
		const webhook: unknown = Object(body).webhook;
		return typeof webhook === 'string' ? webhook : undefined;
	},
	notReport: { id: TASK_ID, detail: 'The requested resource could not be found.' },
	failedIsBilled: 'unknown',
	uploadRequests: 1,
	referenceField: 'image_input',
	wrongKey: { httpStatus: 401, advice: /Check the API key/ },
	noCredit: { httpStatus: 402, advice: /Top up/ },
	unknownModel: { httpStatus: 404, advice: /Check the ID, the model/ },
	refused: [
		{
			says: 'input that is not valid',
			status: 422,
			body: REFUSED_INPUT,
			message: /input\.aspect_ratio.*correct the request/s,
		},
		{
			says: 'a model that the key may not use',
			status: 422,
			body: {
				title: 'Invalid version or not permitted',
				detail:
					"The specified version does not exist (or perhaps you don't have permission to use it?)",
				status: 422,
			},
			message: /perhaps you don't have permission.*choose another model/s,
		},
		{
			says: 'a body that is too large, with a page',
			status: 413,
			body: '<html></html>',
			message: /smaller reference images/,
		},
	],
};

/** Predictions and webhooks (replicate.com/docs/reference/http; pages of bytedance/seedream-4, -4.5, -5-lite and -5-pro). */
export const replicate: ProviderFixture = {
	id: 'replicate',
	name: 'Replicate',
	baseUrl: 'https://api.replicate.com/v1',
	models: [...SET_FAMILIES, 'seedream-5.0-pro'],
	testPath: '/account',
	wrongKeyStatus: 401,
	path: pathOf('seedream-4'),
	inside: 'input',
	takesFiles: true,
	answers: {
		accepted: PREDICTION,
		finished: {
			...PREDICTION,
			status: 'succeeded',
			output: ['https://replicate.delivery/x/tmp1.jpg', 'https://replicate.delivery/x/tmp2.jpg'],
			started_at: '2026-10-01T10:00:01.000Z',
			completed_at: '2026-10-01T10:00:31.000Z',
			metrics: { predict_time: 30, total_time: 31 },
		},
		images: 2,
		taskId: TASK_ID,
		refused: REFUSED_INPUT,
		reason: 'aspect_ratio must be one of the following',
	},
	portable: {
		always: { size: '2K', aspect_ratio: '16:9' },
		one: {},
		four: { sequential_image_generation: 'auto', max_images: 4 },
		references: (image) => ({ image_input: [image] }),
	},
	validation: VALIDATION,
	refusedOptions: REFUSED_OPTIONS,
	wire,
	layers,
	asynchronous,
};

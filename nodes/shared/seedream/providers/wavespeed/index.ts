import { asObject } from '../../objects';
import { largestOf } from '../dialects/imageCount';
import type { Balance, Provider } from '../provider';
import { hintForTask, NAMES, parseError } from './errors';
import { LAYERS, MODELS, sizingOf } from './models';
import { buildRequest } from './request';
import { parseReport, parseTask } from './task';
import { upload } from './upload';

const BALANCE_PATH = '/api/v3/balance';

/** WaveSpeedAI docs, Balance API. */
function parseBalance(body: unknown): Balance | undefined {
	const details = asObject(asObject(body)?.data);
	const amount = details?.balance;
	return typeof amount === 'number' ? { amount, unit: 'USD', details: { ...details } } : undefined;
}

/** WaveSpeedAI: tasks that are called predictions, and callbacks. Facts: wavespeed.ai/docs and its models' llms.txt. */
export const wavespeed: Provider = {
	...NAMES,
	baseUrl: 'https://api.wavespeed.ai',
	testPath: BALANCE_PATH,
	balance: { path: BALANCE_PATH, parse: parseBalance },
	models: MODELS,
	layers: LAYERS,
	sizingOf,
	referenceTransport: { kind: 'upload', upload },
	supportsUser: false,
	countIsLimit: true,
	tasks: {
		// Its pages print IDs of several forms.
		idProblem: () => undefined,
		buildRequest: (taskId) => ({
			method: 'GET',
			path: `/api/v3/predictions/${encodeURIComponent(taskId)}/result`,
		}),
		parseResponse: parseTask,
		callbackUrls: { isHttpsOnly: true },
		parseReport,
	},
	buildRequest,
	maxImages: ({ max_images: count }) => largestOf(count),
	parseResponse: parseTask,
	parseError,
	hintForTask,
};

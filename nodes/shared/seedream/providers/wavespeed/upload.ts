import { z } from 'zod/v4';
import { unreadableResponseError } from '../../commonErrors';
import { isAccepted, type HttpResponse } from '../../http';
import { once } from '../../once';
import { failure, success, type Result } from '../../result';
import type { StoredFile, UploadPlan } from '../provider';
import { NAMES, parseError } from './errors';

const storedSchema = once(() =>
	z.looseObject({ data: z.looseObject({ download_url: z.string().min(1) }) }),
);

function parseResponse(response: HttpResponse): Result<StoredFile> {
	if (!isAccepted(response)) return failure({ ...parseError(response), billed: 'no' });
	const stored = storedSchema().safeParse(response.body).data;
	return stored
		? success({ url: stored.data.download_url })
		: failure({ ...unreadableResponseError(NAMES, response), billed: 'no' });
}

/** WaveSpeedAI docs, Media Upload API. Files live for 7 days. */
export const upload: UploadPlan = {
	formats: ['jpeg', 'png', 'webp', 'gif', 'bmp', 'tiff'],
	buildRequest: (file) => ({
		method: 'POST',
		path: '/api/v3/media/upload/binary',
		form: { file },
	}),
	parseResponse,
};

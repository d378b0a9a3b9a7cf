import { z } from 'zod/v4';
import { unreadableResponseError } from '../../commonErrors';
import { isAccepted, type HttpResponse } from '../../http';
import { once } from '../../once';
import { IMAGE_FORMATS } from '../../references';
import { failure, success, type Result } from '../../result';
import type { StoredFile, UploadPlan } from '../provider';
import { parseError, REPLICATE } from './errors';

const fileSchema = once(() => z.looseObject({ urls: z.looseObject({ get: z.string().min(1) }) }));

function parseResponse(response: HttpResponse): Result<StoredFile> {
	const stored = fileSchema().safeParse(response.body).data;
	const isTaken = isAccepted(response);
	if (isTaken && stored) return success({ url: stored.urls.get });
	const error = isTaken ? unreadableResponseError(REPLICATE, response) : parseError(response);
	return failure({ ...error, billed: 'no' });
}

/** Files of any kind go to the API itself (replicate.com/docs/reference/http, files.create). */
export const upload: UploadPlan = {
	formats: IMAGE_FORMATS,
	buildRequest: (file) => ({ method: 'POST', path: '/files', form: { content: file } }),
	parseResponse,
};

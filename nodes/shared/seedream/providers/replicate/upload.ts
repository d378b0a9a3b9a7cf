import { z } from 'zod/v4';
import type { HttpResponse } from '../../http';
import { once } from '../../once';
import { IMAGE_FORMATS } from '../../references';
import type { Result } from '../../result';
import { storedOr } from '../dialects/storedFile';
import type { StoredFile, UploadPlan } from '../provider';
import { parseError, REPLICATE } from './errors';

const fileSchema = once(() => z.looseObject({ urls: z.looseObject({ get: z.string().min(1) }) }));

function parseResponse(response: HttpResponse): Result<StoredFile> {
	const url = fileSchema().safeParse(response.body).data?.urls.get;
	return storedOr(REPLICATE, response, url === undefined ? undefined : { url }, parseError);
}

/** Files of any kind go to the API itself (replicate.com/docs/reference/http, files.create). */
export const upload: UploadPlan = {
	formats: IMAGE_FORMATS,
	buildRequest: (file) => ({ method: 'POST', path: '/files', form: { content: file } }),
	parseResponse,
};

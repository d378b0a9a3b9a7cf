import { z } from 'zod/v4';
import type { HttpResponse } from '../../http';
import { once } from '../../once';
import type { Result } from '../../result';
import { storedOr } from '../dialects/storedFile';
import type { StoredFile, UploadPlan } from '../provider';
import { NAMES, parseError } from './errors';

const storedSchema = once(() =>
	z.looseObject({ data: z.looseObject({ download_url: z.string().min(1) }) }),
);

function parseResponse(response: HttpResponse): Result<StoredFile> {
	const url = storedSchema().safeParse(response.body).data?.data.download_url;
	return storedOr(NAMES, response, url === undefined ? undefined : { url }, parseError);
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

import type { SeedreamError } from '../../errors';
import type { HttpResponse } from '../../http';
import { asObject } from '../../objects';
import { IMAGE_FORMATS } from '../../references';
import type { Result } from '../../result';
import { storedOr } from '../dialects/storedFile';
import type { StoredFile, UploadPlan } from '../provider';
import { parseError } from './errors';

/** The host as errors name it. */
const FILE_HOST = { id: 'fal', name: "fal's file host" };

function parseResponse(response: HttpResponse): Result<StoredFile> {
	const { upload_url: putTo, file_url: url } = asObject(response.body) ?? {};
	const isWhole = typeof putTo === 'string' && typeof url === 'string';
	const refusal = (refused: HttpResponse): SeedreamError => parseError(FILE_HOST, refused);
	return storedOr(FILE_HOST, response, isWhole ? { url, putTo } : undefined, refusal);
}

/** Two steps: the name first, then the bytes to where the answer says (fal's own client, `storage`). */
export const falUpload: UploadPlan = {
	baseUrl: 'https://rest.fal.ai',
	formats: IMAGE_FORMATS,
	buildRequest: ({ name, content }) => ({
		method: 'POST',
		path: '/storage/upload/initiate?storage_type=fal-cdn-v3',
		body: { content_type: content.mimeType, file_name: name },
	}),
	parseResponse,
};

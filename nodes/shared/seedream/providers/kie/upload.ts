import { z } from 'zod/v4';
import { unreadableResponseError } from '../../commonErrors';
import { isAccepted, type HttpResponse } from '../../http';
import { once } from '../../once';
import { failure, success, type Result } from '../../result';
import type { StoredFile, UploadPlan } from '../provider';
import { parseRefusal } from './errors';
import { KIE } from './task';

const NAME = "Kie.ai's file host";

const link = once(() => z.string().min(1));

/** The quickstart has `fileUrl`, all other pages the other. */
const fileSchema = once(() =>
	z.looseObject({
		data: z.union([
			z.looseObject({ downloadUrl: link() }).transform(({ downloadUrl }) => downloadUrl),
			z.looseObject({ fileUrl: link() }).transform(({ fileUrl }) => fileUrl),
		]),
	}),
);

function parseResponse(response: HttpResponse): Result<StoredFile> {
	if (!isAccepted(response)) return failure({ ...parseRefusal(response, NAME), billed: 'no' });
	const url = fileSchema().safeParse(response.body).data?.data;
	if (url !== undefined) return success({ url });
	const error = unreadableResponseError({ ...KIE, name: NAME }, response);
	return failure({ ...error, billed: 'no' });
}

/** Kie.ai docs, file-upload-api/upload-file-base-64. Files live for 24 hours, or for 3 days. */
export const kieUpload: UploadPlan = {
	baseUrl: 'https://kieai.redpandaai.co',
	formats: ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'],
	buildRequest: ({ name, content }) => ({
		method: 'POST',
		path: '/api/file-base64-upload',
		body: { base64Data: content, uploadPath: 'seedream', fileName: name },
	}),
	parseResponse,
};

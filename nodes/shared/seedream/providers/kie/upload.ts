import { z } from 'zod/v4';
import type { HttpResponse } from '../../http';
import { once } from '../../once';
import type { Result } from '../../result';
import { storedOr } from '../dialects/storedFile';
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
	const url = fileSchema().safeParse(response.body).data?.data;
	const stored = url === undefined ? undefined : { url };
	return storedOr({ ...KIE, name: NAME }, response, stored, (refused) =>
		parseRefusal(refused, NAME),
	);
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

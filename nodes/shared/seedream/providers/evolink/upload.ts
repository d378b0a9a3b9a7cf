import { z } from 'zod/v4';
import { unreadableResponseError } from '../../commonErrors';
import type { ErrorHint } from '../../errors';
import type { UploadFile } from '../../encodedFile';
import type { HttpResponse } from '../../http';
import { lookUp } from '../../objects';
import { once } from '../../once';
import { failure, success, type Result } from '../../result';
import { fixAndRunAgain, hintForStatus, tryLater } from '../dialects/errorHints';
import { lenientCode, lenientText } from '../dialects/lenient';
import type { StoredFile, UploadPlan } from '../provider';

/** The codes of the file host (EvoLink's own clients; the docs list none). */
const BY_CODE: Readonly<Record<string, ErrorHint>> = {
	40001: fixAndRunAgain('The file is too large for the file host. Make it smaller first.'),
	40002: fixAndRunAgain('The file host takes JPEG, PNG, GIF and WebP. Convert the image first.'),
	40003: fixAndRunAgain(
		'The file host of your EvoLink account is full. Files leave it after 72 hours; until then delete some, or give the image as a URL.',
	),
	50001: tryLater('The file host could not store the file. Run again later.'),
};

/** The host as errors name it. */
const FILE_HOST = { id: 'evolink', name: "EvoLink's file host" };

const fileSchema = once(() =>
	z.looseObject({
		success: z.literal(true),
		data: z.looseObject({ file_url: z.string() }),
	}),
);

const refusedSchema = once(() =>
	z.looseObject({
		success: z.literal(false),
		code: lenientCode(),
		msg: lenientText(),
	}),
);

/** The host has its own error body, and may send it with HTTP 200 too. */
function parseResponse(response: HttpResponse): Result<StoredFile> {
	const stored = fileSchema().safeParse(response.body);
	if (stored.success && response.status < 300) return success({ url: stored.data.data.file_url });
	const refused = refusedSchema().safeParse(response.body);
	if (!refused.success && response.status < 300) {
		return failure({ ...unreadableResponseError(FILE_HOST, response), billed: 'no' });
	}
	const code = refused.data?.code === undefined ? undefined : String(refused.data.code);
	return failure({
		message: `${FILE_HOST.name} did not take a reference image (HTTP ${response.status}): ${refused.data?.msg ?? 'no reason given'}`,
		...(lookUp(BY_CODE, code) ?? hintForStatus(response.status)),
		...(code && { code }),
		httpStatus: response.status,
		provider: FILE_HOST.id,
		billed: 'no',
	});
}

function buildRequest(file: UploadFile): ReturnType<UploadPlan['buildRequest']> {
	return {
		method: 'POST',
		path: '/api/v1/files/upload/base64',
		body: {
			base64_data: file.content,
			upload_path: 'seedream',
			file_name: file.name,
		},
	};
}

/** EvoLink's file host (EvoLink docs, file-series/upload-base64). Files live for 72 hours. */
export const evolinkUpload: UploadPlan = {
	baseUrl: 'https://files-api.evolink.ai',
	formats: ['jpeg', 'png', 'gif', 'webp'],
	buildRequest,
	parseResponse,
};

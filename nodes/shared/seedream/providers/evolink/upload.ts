import { z } from 'zod/v4';
import type { HttpAnswer } from '../../http';
import { lookUp } from '../../lookUp';
import { failure, success, type Outcome } from '../../result';
import { adviceForStatus, fixAndRunAgain, tryLater, unreadable, type Advice } from '../dialects/errorHints';
import type { UploadFile, UploadPlan } from '../provider';

/** The codes of the file host (EvoLink's own clients; the docs list none). */
const BY_CODE: Readonly<Record<string, Advice>> = {
	40001: fixAndRunAgain('The file is too large for the file host. Make it smaller first.'),
	40002: fixAndRunAgain('The file host takes JPEG, PNG, GIF and WebP. Convert the image first.'),
	40003: fixAndRunAgain(
		'The file host of your EvoLink account is full. Files leave it after 72 hours; until then delete some, or give the image as a URL.',
	),
	50001: tryLater('The file host could not store the file. Run again later.'),
};

const fileSchema = z.looseObject({
	success: z.literal(true),
	data: z.looseObject({ file_url: z.string() }),
});

const refusalSchema = z.looseObject({
	success: z.literal(false),
	code: z.union([z.string(), z.number()]).optional().catch(undefined),
	msg: z.string().optional().catch(undefined),
});

/** The host has its own error body, and may send it with HTTP 200 too. */
function read(answer: HttpAnswer): Outcome<string> {
	const stored = fileSchema.safeParse(answer.body);
	if (stored.success && answer.status < 300) return success(stored.data.data.file_url);
	const refusal = refusalSchema.safeParse(answer.body);
	if (!refusal.success && answer.status < 300) {
		return failure({ ...unreadable('evolink', "EvoLink's file host", answer), billed: 'no' });
	}
	const code = refusal.data?.code === undefined ? undefined : String(refusal.data.code);
	return failure({
		message: `EvoLink's file host did not take a reference image (HTTP ${answer.status}): ${refusal.data?.msg ?? 'no reason given'}`,
		...(lookUp(BY_CODE, code) ?? adviceForStatus(answer.status)),
		...(code && { code }),
		httpStatus: answer.status,
		provider: 'evolink',
		billed: 'no',
	});
}

function plan(file: UploadFile): ReturnType<UploadPlan['plan']> {
	const base64 = Buffer.from(file.bytes).toString('base64');
	return {
		method: 'POST',
		path: '/api/v1/files/upload/base64',
		body: {
			base64_data: `data:${file.mimeType};base64,${base64}`,
			upload_path: 'seedream',
			file_name: file.name,
		},
	};
}

/** EvoLink's file host (EvoLink docs, file-series/upload-base64). Files live for 72 hours. */
export const evolinkUpload: UploadPlan = {
	baseUrl: 'https://files-api.evolink.ai',
	formats: ['jpeg', 'png', 'gif', 'webp'],
	plan,
	read,
};

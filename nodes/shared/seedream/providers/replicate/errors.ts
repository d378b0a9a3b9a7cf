import { z } from 'zod/v4';
import type { ErrorHint, SeedreamError } from '../../errors';
import type { HttpResponse } from '../../http';
import { lookUp } from '../../objects';
import { once } from '../../once';
import { errorFromResponse } from '../dialects/errorBody';
import { CHANGE_CONTENT, fixAndRunAgain, hintForStatus, LATER } from '../dialects/errorHints';
import { lenientText } from '../dialects/lenient';

/** How Replicate is named in answers. */
export const REPLICATE = { id: 'replicate', name: 'Replicate' };

/** The code of moderation (E005), which stands in the prose of an error that replicate.com/docs does not list. */
const MODERATED = 'E005';

/** The code of a task whose images are gone: the field that Replicate says so with. */
export const REMOVED = 'data_removed';

const BY_CODE: Readonly<Record<string, ErrorHint>> = {
	[MODERATED]: CHANGE_CONTENT,
	[REMOVED]: fixAndRunAgain('Download images within the hour, or run again for new ones.'),
};

export function hintForTask(code: string | undefined): ErrorHint {
	return lookUp(BY_CODE, code) ?? LATER;
}

/** The code in the prose of an error (replicate.com/docs/reference/error-codes); moderation also says so in words. */
export function codeIn(prose: string): string | undefined {
	return (
		/\((E\d+)\)/.exec(prose)?.[1] ?? (/flagged as sensitive/.test(prose) ? MODERATED : undefined)
	);
}

const bodySchema = once(() => z.looseObject({ title: lenientText(), detail: lenientText() }));

/** `{title, detail, status}`; a key that may not use a model is told so with HTTP 422. */
export function parseError(response: HttpResponse): SeedreamError {
	const { title = '', detail = title } = bodySchema().safeParse(response.body).data ?? {};
	const hintFor = (): ErrorHint | undefined =>
		/not permitted/.test(title) ? hintForStatus(403) : undefined;
	const message = detail.trim();
	return errorFromResponse(REPLICATE, response, hintFor, { ...(message && { message }) });
}

import { z } from 'zod/v4';
import { readBody, text } from '../../checks';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import { imageIdIn } from '../../imageStore';
import { storeImage } from '../../imageSet';
import type { EmulatorState } from '../../state';
import { parseHttpUrl } from '../../urls';
import { refusal } from './errors';

const Body = z.object({ url: text });

/**
 * A new link to what was made here (Kie.ai docs, common-api/download-url), also where the old one is
 * dead. A file that there never was gets a link too, which leads nowhere.
 */
export function freshLink(state: EmulatorState, call: Call): Reply {
	state.accounts.authenticate(call.headers);
	const { url } = readBody(Body, call.json);
	const link = parseHttpUrl(url);
	const id = imageIdIn(link?.pathname ?? '');
	const image = state.images.find(id ?? '');
	if (image?.provider === 'kie') {
		const { url: fresh } = storeImage(state, 'kie', image.spec, {}, image.whole);
		return json(200, { code: 200, msg: 'success', data: fresh });
	}
	const isOurs = image === undefined && id !== undefined && link?.origin === state.origin();
	return isOurs
		? json(200, { code: 200, msg: 'success', data: url })
		: refusal(422, 'The URL is not of a file that was generated here');
}

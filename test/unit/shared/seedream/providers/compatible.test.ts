import { describe, expect, it } from 'vitest';
import { anAnswer, providerOf } from '../../../support';

describe("A relay that speaks the dialect of the models' maker", () => {
	it.each([
		['its own code', 403, 'insufficient_user_quota', /Top up/],
		["a code of the models' maker", 400, 'InputTextSensitiveContentDetected', /moderation/],
	])('is understood when it refuses by %s', (_, status, code, hint) => {
		const error = providerOf('compatible').parseError(
			anAnswer(status, { error: { code, message: 'm' } }),
		);
		expect(error).toMatchObject({ code, hint: expect.stringMatching(hint), billed: 'no' });
	});
});

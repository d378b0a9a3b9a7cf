/** The part of the API key that survives every way of writing it. */
const CORE = '7f3a9c1e5b2d';

/** Some of its characters are written otherwise in a URL and may be in JSON. */
export const API_KEY = `sk/props+${CORE}=`;

export type Writing = 'plain' | 'escaped' | 'encoded';

/** A JSON body with a message that repeats a secret, written in one of the ways in which JSON and URLs may have it. */
export function bodyThatRepeats(secret: string, how: Writing): string {
	const message = `bad request: ${WRITTEN[how](secret)} is not accepted`;
	return `{"error":{"code":"invalid_request","message":"${message}","type":"invalid_request_error"}}`;
}

const WRITTEN: Readonly<Record<Writing, (secret: string) => string>> = {
	plain: (secret) => secret,
	escaped: (secret) =>
		[...secret]
			.map((letter, index) =>
				index % 2 === 0 ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
			)
			.join(''),
	encoded: encodeURIComponent,
};

/** Which secrets are in a text, whichever way they are written. */
export function secretsIn(text: string, others: readonly string[]): string[] {
	const plain = text.replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16)),
	);
	return [
		...(plain.includes(CORE) ? ['The API key'] : []),
		...(others.some((secret) => secret !== '' && plain.includes(secret))
			? ['The secret of a resume URL']
			: []),
	];
}

/** The secret of the node's own in a resume URL. */
export function resumeSecretOf(callbackUrl: string): string {
	return URL.canParse(callbackUrl) ? (new URL(callbackUrl).searchParams.get('sd_k') ?? '') : '';
}

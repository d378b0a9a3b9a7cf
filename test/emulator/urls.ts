/**
 * This machine. References are fetched from nowhere else: no test may send requests to foreign
 * hosts.
 */
export function isLoopback(url: URL): boolean {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/**
 * Hosts that EvoLink does not call back (docs, image-series/seedream, `callback_url`), and names
 * without a domain.
 */
export function isPrivateHost(url: URL): boolean {
	const host = url.hostname;
	return (
		isLoopback(url) ||
		!host.includes('.') ||
		/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)
	);
}

/** The URL, if it is one that a provider would fetch. */
export function parseHttpUrl(text: string): URL | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

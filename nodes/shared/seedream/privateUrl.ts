/** Addresses that only machines of the same network reach; a mapped IPv4 address is among them. */
const PRIVATE_ADDRESS = [
	/^(0|10|127)(\.\d+){3}$/,
	/^(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}$/,
	/^\[(::1?|f[cd][^\]]*|fe[89ab][^\]]*)\]$/,
	/^\[::ffff:([\da-f]{1,2}|a[\da-f]{2}|7f[\da-f]{2}|c0a8|a9fe|ac1[\da-f]):[\da-f]+\]$/,
];

/** Names that only machines of the same network know. */
const PRIVATE_NAME = /^([^.:[\]]+|.*\.(localhost|local|internal))$/;

/** The machine itself. */
const LOOPBACK = /^(127(\.\d+){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]+\]|(.*\.)?localhost)$/;

/** Whether only machines of the same network can open a URL; false for what is no URL. */
export function isPrivateUrl(url: string): boolean {
	const hostname = hostnameOf(url);
	if (hostname === undefined) return false;
	return [...PRIVATE_ADDRESS, PRIVATE_NAME].some((pattern) => pattern.test(hostname));
}

/** Whether a URL leads to a machine's own address, which is another machine for each who opens it. */
export function isLoopbackUrl(url: string): boolean {
	return LOOPBACK.test(hostnameOf(url) ?? '');
}

/** As `URL` gives it: in lower case, IPv4 in four numbers, IPv6 in brackets. */
function hostnameOf(url: string): string | undefined {
	return URL.canParse(url) ? new URL(url).hostname : undefined;
}

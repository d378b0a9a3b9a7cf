/** Addresses that only machines of the same network reach; a mapped IPv4 address is among them. */
const PRIVATE_ADDRESS = [
	/^(0|10|127)(\.\d+){3}$/,
	/^(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}$/,
	/^\[(::1?|f[cd][^\]]*|fe[89ab][^\]]*)\]$/,
	/^\[::ffff:([\da-f]{1,2}|a[\da-f]{2}|7f[\da-f]{2}|c0a8|a9fe|ac1[\da-f]):[\da-f]+\]$/,
];

/** Names that only machines of the same network know. */
const PRIVATE_NAME = /^([^.:[\]]+|.*\.(localhost|local|internal))$/;

/** Whether only machines of the same network can open a URL; false for what is no URL. */
export function isPrivateUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	// As `URL` gives it: in lower case, IPv4 in four numbers, IPv6 in brackets.
	const { hostname } = new URL(url);
	return [...PRIVATE_ADDRESS, PRIVATE_NAME].some((pattern) => pattern.test(hostname));
}

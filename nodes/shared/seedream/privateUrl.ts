/** Addresses that only machines of the same network reach; a mapped IPv4 address is among them. */
const PRIVATE_ADDRESS = [
	/^(0|10|127)(\.\d+){3}$/,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}$/,
	/^(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}$/,
	/^\[(::1?|f[cd][^\]]*|fe[89ab][^\]]*)\]$/,
	/^\[::ffff:([\da-f]{1,2}|a[\da-f]{2}|7f[\da-f]{2}|c0a8|a9fe|ac1[\da-f]):[\da-f]+\]$/,
];

/** Names that only machines of the same network know. */
const PRIVATE_NAME = /^([^.:[\]]+|.*\.(localhost|local|internal))$/;

/** Whether only machines of the same network can open a URL; false for what is no URL. */
export function isPrivateUrl(url: string): boolean {
	const hostname = hostnameOf(url);
	if (hostname === undefined) return false;
	return [...PRIVATE_ADDRESS, PRIVATE_NAME].some((pattern) => pattern.test(hostname));
}

/** Whether two URLs lead to the same host. */
export function areOfOneHost(left: string, right: string): boolean {
	const hostname = hostnameOf(left);
	return hostname !== undefined && hostname === hostnameOf(right);
}

/** As `URL` gives it: in lower case, IPv4 in four numbers, IPv6 in brackets. */
function hostnameOf(url: string): string | undefined {
	return URL.canParse(url) ? new URL(url).hostname : undefined;
}

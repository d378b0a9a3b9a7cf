/** `HTTP 400, HTTP 401` becomes `HTTP 400, 401`. */
export function faultList(faults: readonly string[]): string {
	let prefix = '';
	const short = faults.map((fault) => {
		const [, name = ''] = /^(HTTP|redirect) \d/.exec(fault) ?? [];
		const isSame = name !== '' && name === prefix;
		prefix = name;
		return isSame ? fault.slice(name.length + 1) : fault;
	});
	return short.join('; ');
}

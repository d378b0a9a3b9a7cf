/** A box of an ISO base media file: its length, its name, its content. */
function box(name: string, ...content: Buffer[]): Buffer {
	const body = Buffer.concat(content);
	const head = Buffer.alloc(8);
	head.writeUInt32BE(body.length + 8, 0);
	head.write(name, 4);
	return Buffer.concat([head, body]);
}

function numbers(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
	return bytes;
}

/** The head of a HEIF file: its main brand, and the size of each image in `meta/iprp/ipco/ispe`. */
export function heif(brand: string, ...sizes: Array<[width: number, height: number]>): Buffer {
	const ispe = sizes.map(([width, height]) => box('ispe', numbers(0, width, height)));
	const properties = box('iprp', box('ipco', Buffer.concat(ispe)));
	const brands = Buffer.concat([Buffer.from(brand), numbers(0), Buffer.from('mif1heic')]);
	return Buffer.concat([box('ftyp', brands), box('meta', numbers(0), properties)]);
}

import { createHash } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { ReadParameters } from '../../shared/n8n/parameterReader';
import { messageOf } from '../../shared/n8n/text';
import { isDataUri, parseDataUri } from '../../shared/seedream/dataUri';
import { MODEL_SPECS } from '../../shared/seedream/models';
import {
	inspectImage,
	type BinaryReference,
	type ReferenceImage,
} from '../../shared/seedream/references';
import { truncate } from '../../shared/seedream/truncate';
import { syntaxProblem, type Problem } from '../../shared/seedream/validation/problem';
import type { ReferenceSources } from '../fields/references';

/** No model takes larger reference images than this, in bytes. */
const MAX_BYTES = Math.max(...Object.values(MODEL_SPECS).map((spec) => spec.references.bytes));

/** The reference images of one input item in their order, looked into. A binary field that is missing becomes a problem. */
export async function openReferences(
	context: IExecuteFunctions,
	itemIndex: number,
	{ binaryPropertyNames, urls }: ReferenceSources,
): Promise<ReadParameters<ReferenceImage[]>> {
	const present = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	const names = binaryPropertyNames.flatMap((name) => (name === '*' ? present : [name]));
	const references: ReferenceImage[] = [];
	const problems: Problem[] = [];
	for (const name of names) {
		try {
			references.push(await openBinary(context, itemIndex, name));
		} catch (error) {
			const others = present.length > 0 ? present.join(', ') : 'none';
			const text = `The binary field "${name}" cannot be read: ${messageOf(error)}. Binary fields of this item: ${others}.`;
			problems.push(syntaxProblem(text));
		}
	}
	return { value: [...references, ...urls.map(openUrl)], problems };
}

/** A file above the most bytes is measured but not loaded, and no file is kept in memory. */
async function openBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
): Promise<BinaryReference> {
	const binary = context.helpers.assertBinaryData(itemIndex, name);
	const fileName = binary.fileName ? ` (${binary.fileName})` : '';
	const label = `The image in "${name}"${fileName}`;
	const read = async (): Promise<Uint8Array> =>
		await context.helpers.getBinaryDataBuffer(itemIndex, name);
	const storedBytes = await measure(context, binary);
	if (storedBytes > MAX_BYTES) {
		const fingerprint = `${binary.id ?? name}:${storedBytes}`;
		return { kind: 'binary', label, bytes: storedBytes, fingerprint, read };
	}
	const bytes = await read();
	const header = inspectImage(bytes);
	return {
		kind: 'binary',
		label,
		bytes: bytes.length,
		fingerprint: createHash('sha256').update(bytes).digest('hex'),
		...(header && { header }),
		read,
	};
}

/** The size of the file in bytes, from its description: a stored file or base64 in the item. */
async function measure(context: IExecuteFunctions, binary: IBinaryData): Promise<number> {
	if (binary.id) return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
	return Math.floor((binary.data.length * 3) / 4);
}

/** A web address, or an image that is written out as a data URI; one that cannot be read stays text, and is refused as that. */
function openUrl(url: string, position: number): ReferenceImage {
	const label = `Image URL ${position + 1} (${truncate(url, 40)})`;
	const image = isDataUri(url) ? parseDataUri(url, label, MAX_BYTES) : undefined;
	return image ?? { kind: 'url', url };
}

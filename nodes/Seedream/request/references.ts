import type { IExecuteFunctions } from 'n8n-workflow';
import type { ReadParameters } from '../../shared/n8n/parameterReader';
import { messageOf } from '../../shared/n8n/text';
import { isDataUri, parseDataUri } from '../../shared/seedream/dataUri';
import { MODEL_SPECS } from '../../shared/seedream/models';
import {
	fingerprintOf,
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

/** A stored file above the most bytes is measured but not loaded, and no file is kept in memory. */
async function openBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
): Promise<BinaryReference> {
	const binary = context.helpers.assertBinaryData(itemIndex, name);
	const fileName = binary.fileName ? ` (${binary.fileName})` : '';
	const label = `The image in "${name}"${fileName}`;
	const read = async (): Promise<Buffer> =>
		await context.helpers.getBinaryDataBuffer(itemIndex, name);
	if (binary.id) {
		const { fileSize } = await context.helpers.getBinaryMetadata(binary.id);
		const fingerprint = fingerprintOf(`${binary.id}:${fileSize}`);
		if (fileSize > MAX_BYTES) return { kind: 'binary', label, bytes: fileSize, fingerprint, read };
	}
	const bytes = await read();
	const header = inspectImage(bytes);
	return {
		kind: 'binary',
		label,
		bytes: bytes.length,
		fingerprint: fingerprintOf(bytes),
		...(header && { header }),
		read,
	};
}

/** A web address, or an image that is written out as a data URI; one that cannot be read stays text, and is refused as that. */
function openUrl(url: string, position: number): ReferenceImage {
	const label = `Image URL ${position + 1} (${truncate(url, 40)})`;
	const image = isDataUri(url) ? parseDataUri(url, label, MAX_BYTES) : undefined;
	return image ?? { kind: 'url', url };
}

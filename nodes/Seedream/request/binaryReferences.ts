import { createHash } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { inspectImage, type BinaryReference } from '../../shared/seedream/references';
import type { Parameters } from '../../shared/n8n/parameterReader';
import { messageOf } from '../../shared/n8n/text';

/**
 * The binary reference images of one input item: the named fields, or with `*` every field in
 * its order. A field that is missing becomes a problem. A file above `mostBytes` is measured
 * but not loaded, and no file is kept in memory.
 */
export async function readBinaryReferences(
	context: IExecuteFunctions,
	parameters: Parameters,
	itemIndex: number,
	names: readonly string[],
	mostBytes: number,
): Promise<BinaryReference[]> {
	const present = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	const wanted = names.flatMap((name) => (name === '*' ? present : [name]));
	const references: BinaryReference[] = [];
	for (const name of wanted) {
		try {
			references.push(await readReference(context, itemIndex, name, mostBytes));
		} catch (error) {
			const others = present.length > 0 ? present.join(', ') : 'none';
			parameters.refuse(
				`The binary field "${name}" cannot be read: ${messageOf(error)}. Binary fields of this item: ${others}.`,
			);
		}
	}
	return references;
}

async function readReference(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	mostBytes: number,
): Promise<BinaryReference> {
	const binary = context.helpers.assertBinaryData(itemIndex, name);
	const fileName = binary.fileName ? ` (${binary.fileName})` : '';
	const label = `The image in "${name}"${fileName}`;
	const read = async (): Promise<Uint8Array> =>
		await context.helpers.getBinaryDataBuffer(itemIndex, name);
	const stored = await storedBytes(context, binary);
	if (stored > mostBytes) {
		const fingerprint = `${binary.id ?? name}:${stored}`;
		return { kind: 'binary', label, bytes: stored, fingerprint, read };
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
async function storedBytes(context: IExecuteFunctions, binary: IBinaryData): Promise<number> {
	if (binary.id) return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
	return Math.floor((binary.data.length * 3) / 4);
}

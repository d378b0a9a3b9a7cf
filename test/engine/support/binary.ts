import './environment';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import {
	BINARY_ENCODING,
	fileTypeFromMimeType,
	type IBinaryData,
	type IDataObject,
	type INodeExecutionData,
} from 'n8n-workflow';

/** Where n8n keeps binary data: inline in the execution's data, or as files. */
export type BinaryMode = 'memory' | 'filesystem';

/** A file of an input item, as a test writes it. */
export interface TestFile {
	buffer: Buffer;
	fileName?: string;
	mimeType: string;
}

/**
 * Switches n8n's own binary data service. It is one for the process, so runs of different modes must not overlap in time; what was
 * stored in one mode stays readable in the other.
 */
export async function useBinaryMode(mode: BinaryMode): Promise<void> {
	Container.get(BinaryDataConfig).mode = mode === 'memory' ? 'default' : 'filesystem';
	await Container.get(BinaryDataService).init();
}

/** The folder that the files go to in mode "filesystem". It lies in the temporary user folder and vanishes with it. */
export function binaryFolder(): string {
	return Container.get(BinaryDataConfig).localStoragePath;
}

/** An item with files. They lie inline; a run in mode "filesystem" moves them into the store before it starts. */
export function binaryItem(item: {
	json?: IDataObject;
	binary: Record<string, TestFile>;
}): INodeExecutionData {
	const binary = Object.entries(item.binary).map(
		([field, file]) => [field, toBinaryData(file)] as const,
	);
	return { json: item.json ?? {}, binary: Object.fromEntries(binary) };
}

/** The bytes of a binary field of an output item, wherever they are stored. */
export async function readBinary(binary: IBinaryData | undefined): Promise<Buffer> {
	if (!binary) throw new Error('The item has no such binary field');
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** Copies of the items with their inline files moved into the store, as the node before would have left them. */
export async function storeBinaries(
	items: INodeExecutionData[],
	workflowId: string,
	executionId: string,
): Promise<INodeExecutionData[]> {
	const location = { type: 'execution', workflowId, executionId } as const;
	const store = async (data: IBinaryData) =>
		data.id
			? data
			: await Container.get(BinaryDataService).store(
					location,
					Buffer.from(data.data, BINARY_ENCODING),
					{ ...data },
				);
	return await Promise.all(
		items.map(async (item) => {
			if (!item.binary) return item;
			const fields = Object.entries(item.binary).map(
				async ([field, data]) => [field, await store(data)] as const,
			);
			return { ...item, binary: Object.fromEntries(await Promise.all(fields)) };
		}),
	);
}

function toBinaryData({ buffer, fileName, mimeType }: TestFile): IBinaryData {
	return {
		data: buffer.toString(BINARY_ENCODING),
		mimeType,
		fileType: fileTypeFromMimeType(mimeType),
		fileName,
		fileExtension: fileName?.split('.')[1],
		bytes: buffer.length,
	};
}

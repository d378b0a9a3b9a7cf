import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Stage } from '../stage';
import { itemsOf } from '../support/execution';
import type { ExampleRun, Particulars } from './exampleRun';

/** The only folder that n8n 2 writes to by itself. Here the home folder of n8n is its user folder, and it is started there. */
function folderOf({ n8n }: Stage): string {
	return join(n8n.userFolder, '.n8n-files');
}

/** As a user does once; n8n does not make the folder. */
export const savedFiles: Particulars = {
	prepare: (stage) => {
		mkdirSync(folderOf(stage), { recursive: true });
	},
	prove: filesOnDisk,
};

async function filesOnDisk({ stage, execution }: ExampleRun): Promise<string> {
	const items = itemsOf(execution, 'Generate');
	const saved = itemsOf(execution, 'Save to Disk').map(({ json }) =>
		basename(String(json['fileName'])),
	);
	assert.deepEqual(
		saved,
		items.map(({ json }) => json['fileName']),
	);
	assert.deepEqual(readdirSync(folderOf(stage)).sort(), [...saved].sort());

	let kB = 0;
	for (const { json, binary } of items) {
		assert.ok(binary?.['data']);
		const onDisk = readFileSync(join(folderOf(stage), String(json['fileName'])));
		const linked = Buffer.from(await (await fetch(String(json['url']))).arrayBuffer());
		assert.ok(onDisk.equals(linked), 'the file is not what the link gives');
		assert.ok(
			onDisk.equals(await stage.rest.download(binary['data'])),
			'the file is not what the node has fetched',
		);
		kB += onDisk.length / 1000;
	}
	return `${saved.length} files of ${Math.round(kB)} kB on disk, the same bytes as behind the links`;
}

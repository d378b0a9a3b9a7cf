import assert from 'node:assert/strict';
import sharp from 'sharp';
import { fetchFile, run, seedream } from '../scenario';
import { errorOf, itemsOf } from '../support/execution';
import type { Check } from './check';

async function picture(width: number, height: number, background: string): Promise<Buffer> {
	return await sharp({ create: { width, height, channels: 3, background } })
		.png()
		.toBuffer();
}

export const editBinaryAndUrl: Check = {
	name: 'edit a binary field and a URL',
	run: async (stage) => {
		const { emulator, files, rest } = stage;
		const own = await picture(800, 600, '#c33');
		const ownUrl = files.offer('own.png', own, 'image/png');
		const linkedUrl = files.offer('linked.png', await picture(640, 640, '#36c'), 'image/png');
		const parameters = {
			operation: 'edit',
			imageSource: 'both',
			binaryPropertyNames: 'data',
			imageUrls: linkedUrl,
			prompt: 'Put the first onto the second',
			aspectRatio: '4:3',
			resolution: '1K',
		};
		const execution = await run(stage, 'Edit', [
			fetchFile(ownUrl),
			seedream(stage.credential, parameters),
		]);
		assert.equal(execution.status, 'success', errorOf(execution));

		assert.equal(emulator.requestsOf('upload').length, 1);
		const [create, ...more] = emulator.requestsOf('create');
		assert.equal(more.length, 0);
		const body = Object.assign({ image_urls: [] }, create?.body);
		const [uploadedUrl] = body.image_urls;
		assert.deepEqual(body, {
			model: 'doubao-seedream-4.0',
			prompt: 'Put the first onto the second',
			size: '4:3',
			quality: '1K',
			n: 1,
			image_urls: [uploadedUrl, linkedUrl],
		});
		const uploaded = Buffer.from(await (await fetch(String(uploadedUrl))).arrayBuffer());
		assert.ok(uploaded.equals(own), 'the uploaded file is not the one of the binary field');

		const [item] = itemsOf(execution, 'Seedream');
		const file = item?.binary?.['data'];
		assert.ok(file, 'no image came out');
		const { width, height } = await sharp(await rest.download(file)).metadata();
		assert.deepEqual([width, height], [1152, 864]);
		return `1 upload of ${own.length} bytes, unchanged; 1 POST with [uploaded, linked] in this order; 1 image of ${width}x${height}`;
	},
};

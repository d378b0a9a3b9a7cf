import assert from 'node:assert/strict';
import sharp from 'sharp';
import { itemsOf } from '../support/execution';
import { balanceBeforeBatch } from './balanceExample';
import { productCutOut } from './cutOutExample';
import { ordersOf, type ExampleRun, type Particulars } from './exampleRun';
import { layersTogether } from './layersExample';
import { posterApart } from './posterExample';
import { savedFiles } from './savedFilesExample';
import { secondProvider } from './secondProviderExample';

/** What is true of single examples, by their files. */
export const PARTICULARS: Readonly<Record<string, Particulars>> = {
	'ad-set-in-ratios.json': { prove: oneOrderPerRatio },
	'balance-before-a-batch.json': balanceBeforeBatch,
	'catalogue-in-a-batch.json': { prove: oneOrderForAll },
	'cut-out-product.json': productCutOut,
	'person-and-outfit.json': {
		prove: references('https://example.com/person.jpg', 'https://example.com/outfit.jpg'),
	},
	'product-on-background.json': {
		prove: references('https://example.com/product.png', 'https://example.com/background.png'),
	},
	'put-layers-together.json': layersTogether,
	'save-before-links-die.json': savedFiles,
	'second-provider.json': secondProvider,
	'take-poster-apart.json': posterApart,
};

/** One order with these two references in this order, which is the one that the prompt speaks of. */
function references(first: string, second: string): Particulars['prove'] {
	return async ({ stage }) => {
		const [order, ...more] = ordersOf(stage);
		assert.ok(order);
		assert.equal(more.length, 0);
		assert.deepEqual(order.image_urls, [first, second]);
		assert.match(order.prompt, /first image.*second image/);
		return 'both references in the order of the prompt';
	};
}

/** EvoLink's sizes at 2K (docs, image-series/seedream-4.0, `quality`). */
const FORMATS = [
	{
		format: 'feed-square',
		ratio: '1:1',
		fileName: 'ad-feed-square.jpg',
		width: 2048,
		height: 2048,
	},
	{
		format: 'feed-portrait',
		ratio: '4:5',
		fileName: 'ad-feed-portrait.jpg',
		width: 1792,
		height: 2240,
	},
	{ format: 'story', ratio: '9:16', fileName: 'ad-story.jpg', width: 1600, height: 2848 },
	{ format: 'banner', ratio: '16:9', fileName: 'ad-banner.jpg', width: 2848, height: 1600 },
];

async function oneOrderPerRatio({ stage, execution }: ExampleRun): Promise<string> {
	const orders = ordersOf(stage);
	assert.deepEqual(orders.map(({ size }) => size).sort(), FORMATS.map(({ ratio }) => ratio).sort());
	assert.equal(new Set(orders.map(({ prompt }) => prompt)).size, 1, 'prompts');

	const named: unknown[] = [];
	for (const { json, binary } of itemsOf(execution, 'Name the Files')) {
		assert.ok(binary?.['data'], 'an image was lost on the way');
		const { width, height } = await sharp(await stage.rest.download(binary['data'])).metadata();
		named.push({
			format: json['format'],
			ratio: json['ratio'],
			fileName: json['fileName'],
			width,
			height,
		});
	}
	assert.deepEqual(named, FORMATS);
	const shapes = FORMATS.map(({ ratio, width, height }) => `${ratio} (${width}x${height})`);
	return `one POST for each of ${shapes.join(', ')}, each image with the name of its format`;
}

const PRODUCTS = ['teapot', 'cup', 'sugar bowl', 'milk jug', 'cake stand'];

async function oneOrderForAll({ stage, execution }: ExampleRun): Promise<string> {
	const [order, ...more] = ordersOf(stage);
	assert.ok(order);
	assert.equal(more.length, 0);
	assert.deepEqual(
		order.image_urls,
		PRODUCTS.map((name) => `https://example.com/${name.replace(' ', '-')}.png`),
	);
	assert.ok(
		order.prompt.includes(
			PRODUCTS.map((name, index) => `Image ${index + 1} is the ${name}.`).join(' '),
		),
		order.prompt,
	);
	assert.ok(order.image_urls.length + order.n <= 15);

	const items = itemsOf(execution, 'Make the Pages');
	assert.equal(items.length, order.n);
	for (const { pairedItem } of items)
		assert.deepEqual(
			pairedItem,
			PRODUCTS.map((_, item) => ({ item })),
		);
	return `one POST with ${order.image_urls.length} references in the order of the items and of the prompt; ${items.length} images, each paired with all items`;
}

import assert from 'node:assert/strict';
import { exampleFiles, noteOf, readExample, type Example } from '../examples';
import { SEEDREAM } from '../scenario';
import { errorOf, itemsOf, type Execution } from '../support/execution';
import { AGENT } from './agentExample';
import { PAIR } from './callbackExamples';
import type { Check } from './check';
import { PARTICULARS } from './exampleParticulars';
import { assertRan, runExample } from './exampleRun';

type ExampleNode = Example['nodes'][number];

const ALONE = exampleFiles().filter((file) => ![...PAIR, AGENT].includes(file));

const MISSPELT = Object.keys(PARTICULARS).filter((file) => !ALONE.includes(file));
assert.deepEqual(MISSPELT, [], 'no such examples, so nothing would be proved of them');

/** Every example that runs by itself runs to its end, through all of its nodes, without a warning, and does what it says. */
export const exampleChecks: Check[] = ALONE.map((file) => ({
	name: `examples/${file}`,
	unavailable: () => PARTICULARS[file]?.unavailable?.(),
	run: async (stage) => {
		const particulars = PARTICULARS[file];
		await particulars?.prepare?.(stage);
		const example = readExample(file);
		const execution = await runExample(stage, example);
		assert.equal(execution.status, 'success', errorOf(execution));
		assertRan(example, execution, particulars?.notTaken ?? []);
		const seedreams = example.nodes.filter(({ type }) => type === SEEDREAM);
		const images = seedreams.reduce((sum, node) => sum + imagesOf(node, execution), 0);
		assert.ok(images > 0, 'no images came out');
		assertOrders(noteOf(example), images);
		const figures = `${stage.emulator.requestsOf('create').length} POSTs, ${images} images with file`;
		const proved = await particulars?.prove({ stage, example, execution });
		return proved === undefined ? figures : `${figures}; ${proved}`;
	},
}));

/** Holds a note to what it says that a run orders: never more. It may come to fewer, where a provider fails. */
function assertOrders(note: string, images: number): void {
	const [, said] = /orders (?:up to )?(\d+) images?/.exec(note) ?? [];
	assert.ok(images <= Number(said), `${images} images came out, and the note says: ${said}`);
}

/** How many images a Seedream node gave: at least one, each with its file, where it is to make or to fetch images. */
function imagesOf(node: ExampleNode, execution: Execution): number {
	const { name, onError } = node;
	assert.equal(
		itemsOf(execution, name, 1).length > 0,
		onError === 'continueErrorOutput',
		`the error output of "${name}"`,
	);
	const items = itemsOf(execution, name);
	assert.ok(items.length > 0, `"${name}" gave no item`);
	for (const { json } of items)
		assert.deepEqual(json['warnings'] ?? unsaidWarnings(node), [], `the warnings of "${name}"`);
	const images = items.filter(({ binary }) => binary !== undefined).length;
	assert.equal(images, givesImages(node) ? items.length : 0, `the images with file of "${name}"`);
	return images;
}

/** Get Balance need not say that it has no warnings; images and tasks always do. */
function unsaidWarnings(node: ExampleNode): [] | undefined {
	return asksForBalance(node) ? [] : undefined;
}

function givesImages(node: ExampleNode): boolean {
	return !asksForBalance(node) && node.parameters['completion'] !== 'submit';
}

function asksForBalance({ parameters }: ExampleNode): boolean {
	return parameters['operation'] === 'getBalance';
}

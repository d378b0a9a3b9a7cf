import assert from 'node:assert/strict';
import { FIXTURES } from '../../providers';
import { bodyOf, fieldsIn } from '../../providers/body';
import type { Fields, ProviderFixture } from '../../providers/fixture';
import { readExample, triggerOf, withCredential } from '../examples';
import { errorOf, itemsOf, type Execution } from '../support/execution';
import { credentialData, GOOD_KEY, type Stage } from '../stage';
import type { Check } from './check';

const FILE = 'any-provider.json';

/** One workflow file runs on every provider; only the credential is another. */
export const portableChecks: Check[] = FIXTURES.map(({ id: provider, takesFiles, ...fixture }) => ({
	name: `examples/${FILE} with ${provider}`,
	run: async (stage) => {
		const execution = await runWith(stage, provider);
		assert.equal(execution.status, 'success', errorOf(execution));
		const counts = ['Generate One', 'Edit by URL', 'Generate a Set'].map((node) =>
			imagesOf(execution, node),
		);
		assert.deepEqual(counts, [1, 1, 4]);
		assert.equal(imagesOf(execution, 'Edit a Binary Field'), takesFiles ? 1 : 0);
		if (!takesFiles)
			assert.match(JSON.stringify(itemsOf(execution, 'Edit a Binary Field')), /by URL only/);
		const bodies = stage.emulator.requestsOf('create', provider).map(({ body }) => body);
		assertBodies(bodies, execution, fixture, takesFiles);
		const refused = takesFiles
			? ''
			: '; the binary field is refused before it is sent, and the message says what to do';
		return `1 + 1 + 4 + ${takesFiles ? 1 : 0} images of ${bodies.length} POSTs, each body as documented and no field more${refused}`;
	},
}));

async function runWith({ emulator, rest }: Stage, provider: string): Promise<Execution> {
	const data = credentialData(emulator, GOOD_KEY, provider);
	const credential = await rest.createCredential(`Seedream on ${provider}`, 'seedreamApi', data);
	const workflow = await rest.createWorkflow(withCredential(readExample(FILE), credential));
	return await rest.runManually(workflow, { trigger: triggerOf(readExample(FILE)) });
}

function imagesOf(execution: Execution, node: string): number {
	return itemsOf(execution, node).filter(({ binary }) => binary?.['data'] !== undefined).length;
}

function assertBodies(
	bodies: unknown[],
	execution: Execution,
	{ portable, inside }: Pick<ProviderFixture, 'portable' | 'inside'>,
	takesFiles: boolean,
): void {
	const { always, one, four, isExactCount = false, references, beside } = portable;
	const made = (fields: Fields): Fields => bodyOf({ inside }, fields, beside?.generate);
	const edited = (fields: Fields): Fields => bodyOf({ inside }, fields, beside?.edit);
	const sentence = isExactCount ? '' : '\n\nGenerate 4 different images.';
	const [linked = '', file = ''] = [bodies[1], bodies[3]].map((body) =>
		referenceIn(fieldsIn({ inside }, body)),
	);
	assert.equal(linked, itemsOf(execution, 'Generate One')[0]?.json['url']);
	if (takesFiles) assert.match(file, /^(data:image\/jpeg;base64,|http:\/\/127\.0\.0\.1)/);
	const expected = [
		made({ ...always, ...one, prompt: 'A red boat on a calm lake' }),
		edited({ ...always, ...one, ...references(linked), prompt: 'The same boat at night' }),
		made({ ...always, ...four, prompt: `A red boat in four seasons${sentence}` }),
		edited({ ...always, ...one, ...references(file), prompt: 'The same boat with a white sail' }),
	];
	assert.deepEqual(bodies, takesFiles ? expected : expected.slice(0, 3));
}

/** The reference image in a body, whatever the field is called. */
function referenceIn({ image, images, image_urls: urls, image_input: input }: Fields): string {
	return String([image, images, urls, input].flat().find((value) => value !== undefined) ?? '');
}

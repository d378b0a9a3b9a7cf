import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { Seedream } from '../../nodes/Seedream/Seedream.node';
import { useEmulator } from '../emulator/useEmulator';
import { FIXTURES } from '../providers';
import { listOf, NODE, NODE_TYPE, type SeedreamRun } from './seedream';
import { chain, displayedParameters, loadOptions } from './support';

const emulator = useEmulator();
const node = new Seedream();

const DECOMPOSE = { operation: 'decompose', model: 'custom' };

const valuesOf = async (method: string, parameters: INodeParameters, run: SeedreamRun = {}) =>
	(await listOf(emulator, method, parameters, run)).map(({ value }) => value);

describe.each(FIXTURES)('The list of models at $name', ({ id, name, models, layers }) => {
	it('has what is sold there, and Custom', async () => {
		const sold = await valuesOf('getModels', { model: 'custom' }, { provider: id });
		expect(sold).toEqual([...models, 'custom']);
	});

	it('has what takes images apart there, and Custom', async () => {
		const sold = await valuesOf('getLayerModels', DECOMPOSE, { provider: id });
		const families = layers?.most.map(([family]) => family) ?? [];
		expect(sold).toEqual([...families, 'custom']);
	});

	it('keeps what was chosen for another provider, and says so', async () => {
		const list = await listOf(emulator, 'getModels', { model: 'seedream-5.5' }, { provider: id });
		const chosen = list.find(({ value }) => value === 'seedream-5.5');
		const isSold = models.includes('seedream-5.5');
		expect(chosen?.name).toBe(isSold ? 'Seedream 5.5' : `Seedream 5.5 (Not at ${name})`);
	});
});

describe('The list of models', () => {
	const allOf = (parameters: INodeParameters) =>
		displayedParameters(node, parameters).find(({ name }) => name === 'model')?.options;

	it('is all that there are while no credentials are chosen', async () => {
		const without = async (method: string, parameters: INodeParameters) => {
			const workflow = chain({ name: NODE, type: NODE_TYPE, parameters });
			const list = await loadOptions({ workflow, nodeTypes: { [NODE_TYPE]: node } }, NODE, method);
			return list.map(({ value }) => value);
		};
		expect(await without('getModels', {})).toEqual(allOf({}));
		expect(await without('getLayerModels', DECOMPOSE)).toEqual(allOf(DECOMPOSE));
	});

	it('is all that there are where the provider is not known', async () => {
		const credentials = { provider: 'unheard-of', apiKey: 'k', baseUrl: '' };
		expect(await valuesOf('getModels', {}, { credentials })).toEqual(allOf({}));
	});

	it('is there before the key is', async () => {
		const credentials = { provider: 'novita', apiKey: '', baseUrl: '' };
		const list = await valuesOf('getModels', { model: 'seedream-4.0' }, { credentials });
		expect(list).toEqual(['seedream-4.0', 'seedream-4.5', 'seedream-5.0-lite', 'custom']);
	});

	it('leaves out what an expression may choose', async () => {
		const list = await valuesOf(
			'getModels',
			{ model: '={{ $json.model }}' },
			{ provider: 'novita' },
		);
		expect(list).toHaveLength(4);
	});

	it('says how many images a model makes there', async () => {
		const textOf = async (provider: SeedreamRun['provider']) =>
			(await listOf(emulator, 'getModels', { model: 'custom' }, { provider }))[0]?.description;
		expect(await textOf('evolink')).toContain('Sets of up to 15 images, sizes from 1K to 4K');
		expect(await textOf('fal')).toContain('Sets of up to 6 images');
	});
});

import assert from 'node:assert/strict';
import { editorOf, picture } from '../editorSession';
import type { Check } from './check';

/** n8n tests credentials when they are opened, and says so. */
const TESTED = 'Connection tested successfully';

/** A provider without an address of its own: the form demands one, and the test goes there. */
export const credentialsDemandBaseUrl: Check = {
	name: 'editor: the credentials demand the base URL of a provider without one',
	run: async (stage) => {
		const { page } = await editorOf(stage);
		const baseUrl = stage.emulator.baseUrl('compatible');
		const data = { provider: 'compatible', apiKey: 'test-key', baseUrl };
		await assert.rejects(
			stage.rest.createCredential('Relay', 'seedreamApi', { ...data, baseUrl: '' }),
			/baseUrl.* is mandatory/,
		);
		const { id } = await stage.rest.createCredential('Relay', 'seedreamApi', data);
		await page.goto(`${stage.n8n.baseUrl}/home/credentials/${id}`);
		const form = page.getByTestId('credential-edit-dialog');
		await form.getByText(TESTED).first().waitFor();
		await picture(await editorOf(stage), 'credentials-of-a-relay');
		const chosen = await form.getByTestId('parameter-input').first().locator('input').inputValue();
		assert.equal(chosen, 'Other, ModelArk-Compatible');
		const text = await form.innerText();
		for (const field of ['Provider', 'API Key', 'Base URL']) assert.ok(text.includes(field), field);
		assert.ok(!text.includes('Upload Base URL'), 'a relay has no file host');
		return `${chosen}: ${TESTED.toLowerCase()}`;
	},
};

import { createRequire } from 'node:module';
import { NodeApiError } from 'n8n-workflow';

/*
 * n8n-workflow is published twice, as ES modules and as CommonJS, and n8n (n8n-core, and a built community node) uses the CommonJS one.
 * Left alone, vite gives the nodes under test the other copy: `instanceof NodeApiError` then fails on the errors that n8n-core makes,
 * so nodes act otherwise than in n8n.
 */
const fromHere = createRequire(import.meta.url);
const ofCore: unknown = createRequire(fromHere.resolve('n8n-core'))('n8n-workflow').NodeApiError;

if (ofCore !== NodeApiError) {
	throw new Error(
		"n8n-workflow is loaded twice. vitest.config.mts needs resolve.alias: [{ find: /^n8n-workflow$/, replacement: require.resolve('n8n-workflow') }]",
	);
}

import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
	resolve: {
		// n8n's engine loads the CommonJS copy of n8n-workflow. The nodes must get the same one,
		// or the engine does not recognise their errors.
		alias: [{ find: /^n8n-workflow$/, replacement: require.resolve('n8n-workflow') }],
	},
	test: {
		include: ['test/**/*.test.ts'],
		exclude: ['test/e2e/**', '**/node_modules/**'],
		setupFiles: ['test/engine/support/environment.ts'],
		testTimeout: 20_000,
		// Loading n8n's engine takes seconds, so the files of one worker share it.
		isolate: false,
		maxWorkers: 2,
	},
});

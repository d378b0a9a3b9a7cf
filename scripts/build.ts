import { buildPackage } from './bundle';

buildPackage().catch(() => {
	// esbuild has said what is wrong, and where.
	process.exitCode = 1;
});

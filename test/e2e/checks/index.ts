import type { Check } from './check';
import { generateSet } from './generate';
import { credentialTest, packageListed } from './package';

/** Every check in the order in which they run; those that need a browser only where there is one. */
export function allChecks(_browser: boolean): Check[] {
	return [packageListed, credentialTest, generateSet];
}

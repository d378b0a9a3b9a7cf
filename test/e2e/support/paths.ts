import { join } from 'node:path';
import { repositoryRoot } from '../../../scripts/paths';

const e2eFolder = join(repositoryRoot, 'test', 'e2e');

export const defaultHostFolder = join(e2eFolder, 'host');
export const netguardScript = join(e2eFolder, 'support', 'netguard.cjs');

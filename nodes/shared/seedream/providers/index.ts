import { byteplus } from './byteplus';
import { compatible } from './compatible';
import { evolink } from './evolink';
import { fal } from './fal';
import { kie } from './kie';
import { novita } from './novita';
import type { Provider } from './provider';
import { replicate } from './replicate';
import { tokaify } from './tokaify';
import { uniall } from './uniall';
import { volcengine } from './volcengine';
import { wavespeed } from './wavespeed';

/** Every provider that this package speaks to. Adding one is a file and a line here. */
export const PROVIDERS: readonly Provider[] = [
	byteplus,
	evolink,
	fal,
	kie,
	novita,
	compatible,
	replicate,
	tokaify,
	uniall,
	volcengine,
	wavespeed,
];

/** The provider with this ID; undefined where there is none. */
export function findProvider(id: string): Provider | undefined {
	return PROVIDERS.find((provider) => provider.id === id);
}

export type { Provider };

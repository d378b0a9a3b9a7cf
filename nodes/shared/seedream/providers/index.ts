import { evolink } from './evolink';
import type { Provider, ProviderId } from './provider';

/** Every provider that this package speaks to. Adding one is a file and a line here. */
export const PROVIDERS: readonly Provider[] = [evolink];

/** The provider with this ID; undefined where there is none. */
export function findProvider(id: string): Provider | undefined {
	return PROVIDERS.find((provider) => provider.id === id);
}

export type { Provider, ProviderId };

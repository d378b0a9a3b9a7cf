import type { Bug } from '../bug';
import { OF_LAYERS } from './layers';
import { LISTED } from './listed';
import { MEMORY } from './memory';
import { MONEY } from './money';
import { PERSON } from './person';
import { PROVIDER_BUGS } from './providers';
import { TRIGGER } from './trigger';
import { WAITING } from './waiting';

/** All bugs: those that stayed unseen once, and those that were thought of since. */
export const BUGS: readonly Bug[] = [
	...LISTED,
	...MEMORY,
	...MONEY,
	...WAITING,
	...TRIGGER,
	...PERSON,
	...OF_LAYERS,
	...PROVIDER_BUGS,
];

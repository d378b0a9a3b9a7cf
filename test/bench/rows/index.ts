import type { Row } from '../row';
import { bursts } from './burst';
import { byHand } from './byHand';
import { concurrency } from './concurrency';
import { downloads } from './downloads';
import { loading } from './loading';
import { polling } from './polling';
import { references } from './references';
import { submits } from './submit';
import { synchronous } from './synchronous';
import { triggers } from './trigger';
import { uploads } from './uploads';

/** Every row, in the order in which they run and are shown. */
export const allRows: readonly Row[] = [
	...bursts,
	...triggers,
	polling,
	submits,
	uploads,
	synchronous,
	references,
	downloads,
	byHand,
	concurrency,
	loading,
];

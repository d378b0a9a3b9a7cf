import type { Row } from '../row';
import { bursts } from './burst';
import { byHand } from './byHand';

/** Every row, in the order in which they run and are shown. */
export const allRows: readonly Row[] = [...bursts, byHand];

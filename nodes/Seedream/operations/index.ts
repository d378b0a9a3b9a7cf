import { decompose } from './decompose';
import { edit } from './edit';
import { generate } from './generate';
import { getBalance } from './getBalance';
import { getTask } from './getTask';
import type { Operation } from './operation';

/** The operations in the order in which the editor lists them. */
export const OPERATIONS: readonly Operation[] = [decompose, edit, generate, getBalance, getTask];

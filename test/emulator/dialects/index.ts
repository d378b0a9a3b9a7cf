import type { Dialect } from '../dialect';
import { byteplus } from './byteplus';
import { compatible } from './compatible';
import { evolink } from './evolink';
import { kie } from './kie';
import { fal } from './fal';
import { novita } from './novita';
import { replicate } from './replicate';
import { tokaify } from './tokaify';
import { uniall } from './uniall';
import { volcengine } from './volcengine';
import { wavespeed } from './wavespeed';

/**
 * Every provider that the emulator stands in for: each is one file or folder here, and one line in
 * this list.
 */
export const DIALECTS: readonly Dialect[] = [
	evolink,
	novita,
	uniall,
	tokaify,
	byteplus,
	volcengine,
	wavespeed,
	replicate,
	kie,
	compatible,
	fal,
];

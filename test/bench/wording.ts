import type { JudgedGoal, RowResult } from './judge';
import type { Figure, Unit } from './row';
import { median, spread } from './statistics';

/** `2.41 s`; with as many digits as the size of the number deserves. */
export function quantity(value: number, unit: Unit): string {
	const size = Math.abs(value);
	const digits = Number.isInteger(value) ? 0 : size < 10 ? 2 : size < 100 ? 1 : 0;
	return [value.toFixed(digits), ...(unit === '' ? [] : [unit])].join(' ');
}

/** `2.41 s (2.2 … 2.9)`: the median, and from where to where the rounds went. */
export function medianAndSpread({ values, unit }: Figure): string {
	const middle = quantity(median(values), unit);
	const [low, high] = spread(values);
	return low === high ? middle : `${middle} (${quantity(low, '')} … ${quantity(high, '')})`;
}

/** `ratio at most 1.5 x: 1.2 x, met` */
export function verdict({ goal, unit, value, met }: JudgedGoal): string {
	const limit = quantity(goal.atMost, unit);
	return `${goal.figure} at most ${limit}: ${quantity(value, unit)}, ${met ? 'met' : 'NOT MET'}`;
}

/** `met`, `not met`, or a dash for a row that has no goal. */
export function standing({ met }: RowResult): string {
	return met === undefined ? '–' : met ? 'met' : 'not met';
}

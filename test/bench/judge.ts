import type { Figure, Goal, Measured, Row, Unit } from './row';
import { median, ratios, spread } from './statistics';

/** A goal and what became of it. */
export interface JudgedGoal {
	readonly goal: Goal;
	readonly unit: Unit;
	/** What was held against the limit. */
	readonly value: number;
	readonly met: boolean;
}

/** A row with what it has measured. */
export interface RowResult {
	readonly id: string;
	readonly title: string;
	readonly how: string;
	readonly ours: Figure;
	readonly comparator: Figure | undefined;
	readonly ratio: Figure | undefined;
	readonly others: readonly Figure[];
	readonly goals: readonly JudgedGoal[];
	/** Whether all goals are; undefined where there are none. */
	readonly met: boolean | undefined;
	readonly details: readonly string[];
}

/** Holds what was measured against the goals of the row. */
export function judge(
	row: Row,
	{ ours, comparator, others = [], details = [] }: Measured,
): RowResult {
	const ratio: Figure | undefined = comparator && {
		name: 'ratio',
		unit: 'x',
		values: ratios(ours.values, comparator.values),
	};
	const figures = [ours, ...others, ...(ratio ? [ratio] : [])];
	const goals = row.goals.map((goal) => judgeGoal(goal, figures));
	return {
		id: row.id,
		title: row.title,
		how: row.how,
		ours,
		comparator,
		ratio,
		others,
		goals,
		met: goals.length === 0 ? undefined : goals.every(({ met }) => met),
		details,
	};
}

function judgeGoal(goal: Goal, figures: readonly Figure[]): JudgedGoal {
	const figure = figures.find(({ name }) => name === goal.figure);
	if (figure === undefined) throw new Error(`Nothing called "${goal.figure}" was measured.`);
	const value = goal.by === 'worst' ? spread(figure.values)[1] : median(figure.values);
	return { goal, unit: figure.unit, value, met: value <= goal.atMost };
}

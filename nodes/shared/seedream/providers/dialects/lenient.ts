import { z } from 'zod/v4';
import { once } from '../../once';

// Fields of answers that are read where they are as they should be, and else as if they were not
// there: no answer is lost for one of them. An object of zod's weighs 10 kB, so many share each.

export const lenientText = once(() => z.string().optional().catch(undefined));
export const lenientNumber = once(() => z.number().optional().catch(undefined));
export const lenientCode = once(() =>
	z.union([z.string(), z.number()]).optional().catch(undefined),
);

/** What is said of something that went wrong. */
export const lenientProblem = once(() =>
	z.looseObject({ code: lenientCode(), message: lenientText() }).optional().catch(undefined),
);

import type { IDataObject } from 'n8n-workflow';

/** A callback as `webhook` hands it on to `execute`. */
export interface Report {
	body: unknown;
	/** What the callback URL says of the task's ID. */
	scope: string | undefined;
}

/** The callback that an item of the trigger's input carries. */
export function reportIn({ body, scope }: IDataObject): Report {
	return { body, scope: typeof scope === 'string' ? scope : undefined };
}

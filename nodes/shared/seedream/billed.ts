/** Whether a request that ended in an error was paid for. `unknown`: it may have been. */
export type Billed = 'no' | 'yes' | 'unknown';

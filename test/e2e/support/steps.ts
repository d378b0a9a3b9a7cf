/** Tells what a command is doing, each line with the seconds since its start. */
export function stepsSince(started: number): (text: string) => void {
	return (text) =>
		console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${text}`);
}

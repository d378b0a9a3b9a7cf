import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from '.';

/**
 * One emulator for all tests of a file, or of the `describe` that calls this; it is reset before
 * each test. What is given back can be used as soon as the tests run, and not before.
 */
export function useEmulator(options: EmulatorOptions = {}): Emulator {
	let started: Emulator | undefined;
	beforeAll(async () => {
		started = await startEmulator(options);
	});
	beforeEach(() => started?.reset());
	afterAll(async () => await started?.stop());
	const inPlace: Emulator = Object.create(null);
	return new Proxy(inPlace, {
		get: (_, name) => {
			if (!started) throw new Error('The emulator is not started before the tests run');
			return Reflect.get(started, name);
		},
	});
}

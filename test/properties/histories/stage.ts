import { startEmulator, type Emulator } from '../../emulator';
import { LogBook } from '../support/log';
import { compressTime, type Restore } from '../support/time';
import { API_KEY } from './secrets';
import { Witness } from './witness';

/** Seconds of the node that pass in one second. */
const HASTE = 50;

/** What all histories of a test file need. */
export interface Stage {
	witness: Witness;
	log: LogBook;
	close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
	const emulator: Emulator = await startEmulator({ apiKeys: [API_KEY] });
	const witness = new Witness(emulator);
	await witness.start();
	const log = new LogBook();
	const restoreTime: Restore = compressTime(HASTE);
	return {
		witness,
		log,
		close: async () => {
			restoreTime();
			log.stop();
			await witness.stop();
			await emulator.stop();
		},
	};
}

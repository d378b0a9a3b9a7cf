'use strict';
// Preloaded into n8n: writes down, again and again, what memory is in use once everything that is garbage is gone.
// Without that, a growing process only says that V8 has not bothered to tidy up yet. It begins on a signal, because it
// makes everything slow.
const fs = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');

const logFile = process.env.E2E_MEMORY_LOG;
const PAUSE_MS = Number(process.env.E2E_MEMORY_PAUSE_MS ?? 500);

// n8n's children inherit NODE_OPTIONS; they are of no interest here.
if (logFile && process.argv.includes('start')) {
	v8.setFlagsFromString('--expose-gc');
	const collectGarbage = vm.runInNewContext('gc');
	const look = () => {
		collectGarbage();
		const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
		fs.appendFileSync(
			logFile,
			`${JSON.stringify({ at: Date.now(), rss, heapUsed, arrayBuffers })}\n`,
		);
		setTimeout(look, PAUSE_MS).unref();
	};
	process.once('SIGUSR2', look);
}

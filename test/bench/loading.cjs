'use strict';
// Run in a Node.js of its own with --expose-gc: what requiring the files that are given costs in time and heap, once what
// n8n has loaded anyhow is there.
const { createRequire } = require('node:module');

const files = process.argv.slice(2);
// As the files themselves find it: another copy would be loaded a second time.
const requireAsFile = createRequire(files[0]);
requireAsFile('n8n-workflow');
requireAsFile('zod/v4');

const collectGarbage = globalThis.gc;
collectGarbage();
const heapBefore = process.memoryUsage().heapUsed;
const began = process.hrtime.bigint();
const loaded = files.map((file) => require(file));
const ms = Number(process.hrtime.bigint() - began) / 1e6;
collectGarbage();
const heapBytes = process.memoryUsage().heapUsed - heapBefore;
console.log(
	JSON.stringify({ ms, heapBytes, classes: loaded.flatMap((each) => Object.keys(each)) }),
);

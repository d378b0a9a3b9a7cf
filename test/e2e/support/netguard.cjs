'use strict';
// Preloaded into n8n and into every process that n8n starts: whatever is not loopback is refused and written down.
// CommonJS without a build step, because NODE_OPTIONS=--require loads it into processes that know no TypeScript.
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const logFile = process.env.E2E_NETGUARD_LOG;

function isLoopback(host) {
	const name = String(host)
		.toLowerCase()
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '');
	if (name === 'localhost' || name.endsWith('.localhost')) return true;
	if (net.isIPv4(name)) return name.startsWith('127.') || name === '0.0.0.0';
	if (net.isIPv6(name)) return name === '::1' || name === '::' || name.startsWith('::ffff:127.');
	return false;
}

function refuse(kind, target) {
	if (logFile) {
		const at = new Error().stack
			.split('\n')
			.slice(3, 11)
			.map((line) => line.trim());
		fs.appendFileSync(logFile, `${JSON.stringify({ kind, target, pid: process.pid, at })}\n`);
	}
	const error = new Error(`${kind} to ${target} refused: end-to-end runs stay on loopback`);
	return Object.assign(error, {
		code: kind === 'dns' ? 'ENOTFOUND' : 'ENETUNREACH',
		hostname: target,
	});
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
	// Callers inside Node hand over an array that has been put in order already.
	const [first, second] = Array.isArray(args[0]) ? args[0] : args;
	const options = typeof first === 'object' && first !== null ? first : {};
	const isPath = options.path || (typeof first === 'string' && !/^\d+$/.test(first));
	const host = options.host ?? (typeof second === 'string' ? second : undefined) ?? 'localhost';
	if (isPath || isLoopback(host)) return connect.apply(this, args);
	const error = refuse('connection', `${host}:${options.port ?? first}`);
	process.nextTick(() => this.destroy(error));
	return this;
};

const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...args) {
	const callback = typeof args.at(-1) === 'function' ? args.at(-1) : undefined;
	const address = args.slice(1).find((argument) => typeof argument === 'string') ?? 'localhost';
	if (isLoopback(address)) return send.apply(this, args);
	const error = refuse('datagram', address);
	process.nextTick(() => (callback ? callback(error) : this.emit('error', error)));
};

function guardLookups(owner, promised) {
	for (const name of Object.keys(owner)) {
		if (
			!/^(lookup|lookupService|reverse|resolve\w*)$/.test(name) ||
			typeof owner[name] !== 'function'
		)
			continue;
		const original = owner[name];
		owner[name] = function (target, ...rest) {
			const local = !target || isLoopback(target) || (name === 'lookup' && net.isIP(target) !== 0);
			if (local) return original.call(this, target, ...rest);
			const error = refuse('dns', target);
			if (promised) return Promise.reject(error);
			const callback = rest.at(-1);
			if (typeof callback === 'function') process.nextTick(callback, error);
			return {};
		};
	}
}
guardLookups(dns, false);
guardLookups(dns.promises, true);
// A resolver of one's own would go past the functions above; its methods sit on the prototype, not enumerable.
for (const [owner, promised] of [
	[dns.Resolver.prototype, false],
	[dns.promises.Resolver.prototype, true],
]) {
	for (const base of [owner, Object.getPrototypeOf(owner)]) {
		for (const name of Object.getOwnPropertyNames(base)) {
			if (!/^(reverse|resolve\w*)$/.test(name) || typeof base[name] !== 'function') continue;
			const methods = { [name]: base[name] };
			guardLookups(methods, promised);
			Object.defineProperty(base, name, {
				value: methods[name],
				configurable: true,
				writable: true,
			});
		}
	}
}

// n8n gives its task runner an environment of its own, without NODE_OPTIONS.
const preload = `--require ${JSON.stringify(__filename)}`;
const spawn = childProcess.ChildProcess.prototype.spawn;
childProcess.ChildProcess.prototype.spawn = function (options) {
	const pairs =
		options.envPairs ?? Object.entries(process.env).map(([key, value]) => `${key}=${value}`);
	const own =
		pairs.find((pair) => pair.startsWith('NODE_OPTIONS='))?.slice('NODE_OPTIONS='.length) ?? '';
	const kept = pairs.filter(
		(pair) => !pair.startsWith('NODE_OPTIONS=') && !pair.startsWith('E2E_NETGUARD_LOG='),
	);
	if (logFile) kept.push(`E2E_NETGUARD_LOG=${logFile}`);
	kept.push(`NODE_OPTIONS=${own.includes(__filename) ? own : `${own} ${preload}`.trim()}`);
	return spawn.call(this, { ...options, envPairs: kept });
};

syncBuiltinESMExports();

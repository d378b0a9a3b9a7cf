import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { fetchFile, run, seedream } from '../scenario';
import { credentialData, GOOD_KEY, type Stage } from '../stage';
import { runOf, type Execution } from '../support/execution';
import type { Check } from './check';
import { badInputs, type BadInput } from './badInputCases';

/** Each of them: a clear message, nothing paid, no key in what n8n stores. */
export const badInputChecks: Check[] = badInputs.map((input) => ({
	name: `bad input: ${input.title}`,
	run: async (stage) => {
		const { emulator, rest } = stage;
		const { key = GOOD_KEY, parameters, fault, posts = 0 } = input;
		const credential = await rest.createCredential(
			`For ${input.title}`,
			'seedreamApi',
			credentialData(emulator, key),
		);
		if (fault !== undefined) emulator.addFault(fault);
		const source = input.file === undefined ? [] : [fetchFile(await offer(stage, input.file))];
		const execution = await run(stage, input.title, [...source, seedream(credential, parameters)]);

		const message = messageOf(execution);
		assert.equal(execution.status, 'error', 'the workflow did not fail');
		for (const part of input.says) assert.match(message, part);
		assert.equal(emulator.requestsOf('create').length, posts, 'create requests');
		assert.equal(emulator.requestsOf('upload').length, 0, 'uploads');
		assert.equal(emulator.creditsUsed(), 0, 'credits were taken');
		const stored = await (
			await rest.session.send('GET', `/rest/executions/${execution.id}`)
		).text();
		assert.ok(!stored.includes(key), 'the key is in the stored execution');
		return message;
	},
}));

export const unreadableCreate: Check = {
	name: 'no JSON in answer to a create',
	run: async (stage) => {
		const { emulator, credential } = stage;
		emulator.addFault({ on: 'create', notJson: true });
		const order = { operation: 'generate', prompt: 'A red kite', resolution: '1K' };
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
		const first = messageOf(await run(stage, 'No JSON', [seedream(credential, order)]));
		assert.match(first, /cannot be read.*<!DOCTYPE html>.*may have been accepted/s);
		emulator.reset();
		emulator.addFault({ on: 'create', notJson: true });
		await run(stage, 'No JSON, retried', [seedream(credential, order, settings)]);
		assert.equal(emulator.requestsOf('create').length, 1, 'POSTs with Retry On Fail');
		return `1 POST, also with Retry On Fail; ${first}`;
	},
};

export const stillAlive: Check = {
	name: 'n8n is alive after all bad inputs',
	run: async (stage) => {
		const { n8n, credential } = stage;
		const order = { operation: 'generate', prompt: 'A red kite', resolution: '1K' };
		const execution = await run(stage, 'Alive', [seedream(credential, order)]);
		assert.equal(execution.status, 'success');
		assert.equal(n8n.starts, 1, 'n8n was started anew');
		return `process ${n8n.pid} since the beginning, and it makes images`;
	},
};

function messageOf(execution: Execution): string {
	const { message = '', description } =
		runOf(execution, 'Seedream')?.error ?? execution.data.resultData.error ?? {};
	return `${message} ${description ?? ''}`.trim();
}

async function offer({ files }: Stage, kind: NonNullable<BadInput['file']>): Promise<string> {
	return files.offer('picture.png', await fileOf(kind), 'image/png');
}

async function fileOf(kind: NonNullable<BadInput['file']>): Promise<Buffer> {
	if (kind === 'pdf')
		return Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n', 'latin1');
	const side = kind === 'dot' ? 1 : 64;
	const image = await sharp({
		create: { width: side, height: side, channels: 3, background: '#393' },
	})
		.png()
		.toBuffer();
	// What comes after the end of a PNG is no part of the picture, but of the file.
	return kind === 'dot' ? image : Buffer.concat([image, randomBytes(11 * 2 ** 20 - image.length)]);
}

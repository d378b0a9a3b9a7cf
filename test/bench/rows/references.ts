import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod/v4';
import { fetchFile, rows } from '../../e2e/scenario';
import { GOOD_KEY, type Stage } from '../../e2e/stage';
import { watchWhile } from '../../e2e/support/watch';
import type { WorkflowNode } from '../../e2e/support/workflow';
import { post } from '../byHand';
import { probedStage, type ProbedStage } from '../memory';
import { asShipped, runUnseen } from '../orders';
import type { Bench, Row } from '../row';
import { startSink, type Received, type Sink } from '../sink';

const MIB = 2 ** 20;
/** The most that the origin takes, for most models and for 5.0 Pro. The sides make files of 8 and 30 MiB. */
const MANY = { count: 14, side: 1672, model: 'seedream-4.0' };
const LARGE = { count: 10, side: 3230, model: 'seedream-5.0-pro' };

interface References {
	urls: string[];
	hashes: string[];
}

/** Pictures that do not compress, each another one. */
async function offer(
	{ files }: Stage,
	{ count, side }: { count: number; side: number },
): Promise<References> {
	const references: References = { urls: [], hashes: [] };
	for (let index = 0; index < count; index += 1) {
		const raw = { width: side, height: side, channels: 3 as const };
		const picture = sharp(randomBytes(side * side * 3), { raw }).png({ compressionLevel: 0 });
		const bytes = await picture.toBuffer();
		references.urls.push(files.offer(`${side}-${index}.png`, bytes, 'image/png'));
		references.hashes.push(createHash('sha256').update(bytes).digest('hex'));
	}
	return references;
}

async function sinkFor({ files }: Stage): Promise<Sink> {
	const canvas = { width: 1024, height: 1024, channels: 3 as const, background: '#48c' };
	const bytes = await sharp({ create: canvas }).jpeg().toBuffer();
	return await startSink(files.offer('result.jpg', bytes, 'image/jpeg'));
}

function fetched(urls: readonly string[]): WorkflowNode[] {
	return [...rows(urls.map((url) => ({ url }))), fetchFile('={{ $json.url }}')];
}

async function edit({ rest }: Stage, sink: Sink, model: string): Promise<WorkflowNode> {
	const credential = await rest.createCredential('Sink', 'seedreamApi', {
		provider: 'byteplus',
		apiKey: GOOD_KEY,
		baseUrl: sink.baseUrl,
	});
	const order = { operation: 'edit', model, prompt: 'All of it together', combineItems: true };
	return asShipped(credential, order);
}

/** The way that n8n's own nodes offer: the files as text in the items, and all of them in one expression. */
function editByHand(sink: Sink): WorkflowNode[] {
	const toText: WorkflowNode = {
		name: 'To Text',
		type: 'n8n-nodes-base.moveBinaryData',
		typeVersion: 1.1,
		parameters: {
			mode: 'binaryToJson',
			setAllData: false,
			destinationKey: 'base64',
			options: { keepAsBase64: true },
		},
	};
	const images = `$input.all().map((item) => 'data:image/png;base64,' + item.json.base64)`;
	const body = `={{ JSON.stringify({ model: 'seedream-4-0-250828', prompt: 'All of it together', size: '1024x1024', image: ${images} }) }}`;
	const send = post('Send', `${sink.baseUrl}/images/generations`, GOOD_KEY, body);
	return [toText, { ...send, executeOnce: true }];
}

const bodySchema = z.looseObject({ image: z.union([z.string(), z.array(z.string())]) });

/** All files came, whole and in order, in a body that is JSON. */
function expectReceived(received: Received | undefined, { hashes }: References): void {
	assert.ok(received, 'nothing was received');
	assert.deepEqual(received.hashes, hashes, 'files that arrived');
	bodySchema.parse(JSON.parse(received.json));
}

type Sending = (probed: ProbedStage, sink: Sink) => Promise<WorkflowNode[]>;

/** Memory taken for each byte on the wire. */
async function growthOf(bench: Bench, sending: Sending): Promise<{ times: number; wire: number }> {
	const probed = await probedStage(bench);
	const sink = await sinkFor(probed.stage);
	try {
		const references = await offer(probed.stage, MANY);
		const nodes = await sending(probed, sink);
		const { execution, growth } = await probed.measure(
			[...fetched(references.urls.slice(0, 1)), ...nodes],
			[...fetched(references.urls), ...nodes],
		);
		if (execution.status !== 'success')
			throw new Error(`the execution ended in ${execution.status}`);
		const received = sink.received.at(-1);
		expectReceived(received, references);
		const wire = (received?.bytes ?? 0) / MIB;
		return { times: growth / wire, wire };
	} finally {
		await sink.close();
	}
}

/** The largest request that any documented limit allows: n8n answers all the while, and the image comes. */
async function sendLargest(bench: Bench): Promise<string> {
	const stage = await bench.stage('largest request');
	const sink = await sinkFor(stage);
	try {
		const references = await offer(stage, LARGE);
		const node = await edit(stage, sink, LARGE.model);
		const { result, watched } = await watchWhile(
			async () => await fetch(`${stage.n8n.baseUrl}/healthz`),
			async () => await runUnseen(stage, [...fetched(references.urls), node]),
		);
		assert.equal(result.status, 'success', 'the execution with the largest references');
		expectReceived(sink.received[0], references);
		const wire = (sink.received[0]?.bytes ?? 0) / MIB;
		return `${LARGE.count} references of 30 MiB, ${wire.toFixed(0)} MiB on the wire: the image came; /healthz asked ${watched.asked} times, ${watched.failed} failures, slowest answer ${watched.slowestMs} ms`;
	} finally {
		await sink.close();
	}
}

export const references: Row = {
	id: 'references',
	title: `Edit with ${MANY.count} references of 8 MiB`,
	how: `Sent as data URIs in one request; by how much n8n's resident memory grows, garbage left out, in times of the bytes on the wire. Every file is checked to have arrived whole. Beside it: the same body built by hand, with Move Binary Data and an expression in an HTTP Request node. Besides, the largest request that any model takes: ${LARGE.count} references of 30 MiB.`,
	goals: [{ figure: 'growth', atMost: 2.2 }],
	rounds: 1,
	run: async (bench) => {
		const ours: number[] = [];
		const byHand: number[] = [];
		const details = [await sendLargest(bench)];
		for (let round = 0; round < bench.rounds; round += 1) {
			const own = await growthOf(bench, async ({ stage }, sink) => [
				await edit(stage, sink, MANY.model),
			]);
			ours.push(own.times);
			if (round === 0) details.push(`${own.wire.toFixed(0)} MiB on the wire`);
			try {
				byHand.push((await growthOf(bench, async (_, sink) => editByHand(sink))).times);
			} catch (error) {
				details.push(`by hand it does not get through: ${messageOf(error).slice(0, 200)}`);
			}
		}
		return {
			ours: { name: 'growth', unit: 'x', values: ours },
			...(byHand.length === ours.length && {
				comparator: { name: 'HTTP Request node', unit: 'x', values: byHand },
			}),
			details,
		};
	},
};

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

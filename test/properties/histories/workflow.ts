import type {
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IExecuteFunctions,
} from 'n8n-workflow';
import { Seedream } from '../../../nodes/Seedream/Seedream.node';
import { chain, type WorkflowJson } from '../../engine/support';
import type { LogBook } from '../support/log';
import type { Setup } from './scene';

export const NODE = 'Seedream';
export const NODE_TYPE = 'n8n-nodes-seedream.seedream';

/** The node, whose log is written down. */
export function watched(log: LogBook): INodeType {
	const seedream = new Seedream();
	return {
		description: seedream.description,
		webhook: seedream.webhook,
		async execute(this: IExecuteFunctions) {
			log.listen(this.logger);
			log.runs += 1;
			return await seedream.execute.call(this);
		},
	};
}

/** Input items: a number, by which each request says whose it is, and URLs of references. */
export function inputItems(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, n) => ({
		json: { n, urls: ['a', 'b'].map((name) => `https://x.example.com/item-${n}/${name}.png`) },
	}));
}

/** The items that a request was made from, as its body says; none where it does not. */
export function itemsIn(body: unknown): number[] {
	const text = JSON.stringify(body ?? {});
	const marks = [...text.matchAll(/\[#(\d+)\]|\/item-(\d+)\//g)];
	return [...new Set(marks.map(([, prompt, reference]) => Number(prompt ?? reference)))].sort();
}

/** "Start -> Seedream -> End". */
export function workflowOf(setup: Setup): WorkflowJson {
	const { onError, maxTries } = setup;
	const again: Partial<INode> =
		maxTries === undefined ? {} : { retryOnFail: true, maxTries, waitBetweenTries: 1 };
	return chain({
		name: NODE,
		type: NODE_TYPE,
		parameters: parametersOf(setup),
		credentials: { seedreamApi: { id: '1', name: 'Seedream' } },
		onError,
		...again,
	});
}

function parametersOf(setup: Setup): INodeParameters {
	const { operation, completion, word, count, combineItems, concurrency, maxWait, outputMode } =
		setup;
	const isMoving = (what: Setup['moving'][number]) => setup.moving.includes(what);
	const numberOfImages = isMoving('badCount')
		? `={{ Math.random() < 0.3 ? 99 : ${count} }}`
		: count;
	const prompt = `=[#{{ $json.n }}] ${word}${isMoving('prompt') ? ' {{ Math.random() }}' : ''}`;
	return {
		operation,
		prompt,
		numberOfImages: isMoving('count')
			? `={{ ${count} + Math.floor(Math.random() * 3) }}`
			: numberOfImages,
		aspectRatio: isMoving('ratio') ? '={{ Math.random() < 0.5 ? "16:9" : "1:1" }}' : '1:1',
		resolution: '1K',
		completion,
		download: false,
		...(operation === 'edit' && {
			imageSource: 'url',
			imageUrls: isMoving('references')
				? '={{ Math.random() < 0.5 ? $json.urls : [...$json.urls].reverse() }}'
				: '={{ $json.urls }}',
			combineItems: isMoving('combine') ? `={{ Math.random() < 0.5 }}` : combineItems,
		}),
		options: {
			concurrency,
			maxWaitSeconds: maxWait,
			pollIntervalSeconds: 0.5,
			outputMode,
			...(isMoving('priority') && {
				promptPriority: '={{ Math.random() < 0.5 ? "fast" : "standard" }}',
			}),
		},
	};
}

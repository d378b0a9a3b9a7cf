import type { IExecuteFunctions } from 'n8n-workflow';
import { COMPLETIONS, type Completion } from '../../shared/seedream/request';
import { toMilliseconds } from '../../shared/seedream/time';
import { isTool } from '../tasks/execution';
import type { Parameters } from '../../shared/n8n/parameterReader';

/** How one node run works through its items. */
export interface RunSettings {
	completion: Completion;
	/** Requests at the same time. */
	concurrency: number;
	pollIntervalMs: number;
	maxWaitMs: number;
	continueOnFail: boolean;
}

/** How the images of one item are handed on. */
export interface Delivery {
	download: boolean;
	outputMode: 'image' | 'task';
	binaryProperty: string;
	failOnPartial: boolean;
	/** Whether the model decides how many images there are, so that fewer than requested are no news. */
	mayBeFewer?: boolean;
}

/** These hold for the whole run, so they are those of the first item. */
export function readRunSettings(context: IExecuteFunctions, parameters: Parameters): RunSettings {
	return {
		completion: parameters.choice('completion', 'Completion', COMPLETIONS, 'poll'),
		concurrency: Math.floor(atLeast(1, parameters, 'concurrency', 'Concurrency', 5)),
		pollIntervalMs: toMilliseconds(
			atLeast(0.01, parameters, 'pollIntervalSeconds', 'Poll Interval', 3),
		),
		maxWaitMs: toMilliseconds(atLeast(0.01, parameters, 'maxWaitSeconds', 'Max Wait', 600)),
		continueOnFail: context.continueOnFail(),
	};
}

function atLeast(
	least: number,
	parameters: Parameters,
	name: string,
	title: string,
	fallback: number,
): number {
	const value = parameters.number(`options.${name}`, title, fallback);
	if (value >= least) return value;
	parameters.refuse(`${title} is ${value}, and it must be a number of at least ${least}.`);
	return fallback;
}

/** An AI agent cannot take binary data, so a tool gives links only. */
export function readDelivery(context: IExecuteFunctions, parameters: Parameters): Delivery {
	const download = parameters.flag('download', 'Download Images', true);
	return {
		download: download && !isTool(context),
		outputMode: parameters.choice('options.outputMode', 'Output Mode', ['image', 'task'], 'image'),
		binaryProperty: parameters.text('options.outputBinaryProperty', 'data').trim() || 'data',
		failOnPartial: parameters.flag('options.failOnPartial', 'Fail on Partial Result', false),
	};
}

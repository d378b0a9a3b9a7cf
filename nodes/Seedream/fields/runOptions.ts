import type { INodeProperties } from 'n8n-workflow';
import { titleOf, type ParameterReader } from '../../shared/n8n/parameterReader';
import { MAX_LAYERS, MAX_LAYERS_OF_5_5 } from '../../shared/seedream/layers';
import { toMilliseconds } from '../../shared/seedream/time';

/** For fields that make no sense where nothing is paid for. */
export const ORDERS_IMAGES = { show: { '/operation': ['generate', 'edit', 'decompose'] } };

/** For fields that are about new images. */
export const MAKES_IMAGES = { show: { '/operation': ['generate', 'edit'] } };

export const concurrencyField: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 5,
	description: 'How many requests and downloads may be under way at the same time',
};

export const maxImagesField: INodeProperties = {
	displayName: 'Max Images',
	name: 'maxImages',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 15,
	description: `The most images that one run of this node may order, over all its items. An image that is taken apart counts as all layers that may come of it: ${MAX_LAYERS}, with Seedream 5.5 ${MAX_LAYERS_OF_5_5}. More is refused before anything is sent.`,
	displayOptions: ORDERS_IMAGES,
};

export const maxWaitField: INodeProperties = {
	displayName: 'Max Wait (Seconds)',
	name: 'maxWaitSeconds',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 600,
	description:
		'How long to wait for the images. After that the node fails: with the task ID for Get Task where the provider has tasks, else without the images, which may be billed all the same. A suspended workflow goes on with the task ID.',
};

export const pollIntervalField: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollIntervalSeconds',
	type: 'number',
	typeOptions: { minValue: 0.1 },
	default: 3,
	description:
		'The pause before the provider is asked for the first time, and the shortest one later: pauses grow with the time that has passed, up to 15 seconds',
};

export const skipValidationField: INodeProperties = {
	displayName: 'Skip Validation',
	name: 'skipValidation',
	type: 'boolean',
	default: false,
	description:
		'Whether to send requests that go beyond the known limits of the model. What would be refused here becomes a warning.',
	hint: 'The provider may bill what it then does not make',
	displayOptions: ORDERS_IMAGES,
};

export const validateOnlyField: INodeProperties = {
	displayName: 'Validate Only',
	name: 'validateOnly',
	type: 'boolean',
	default: false,
	description:
		'Whether to check everything and show the requests that would be sent, without sending anything or paying',
	displayOptions: ORDERS_IMAGES,
};

/** How much is done at once, and how long it is waited for. */
export interface Pace {
	/** Requests at the same time. */
	concurrency: number;
	pollIntervalMs: number;
	maxWaitMs: number;
}

/** `reader` stands within the options. */
export function getPace(reader: ParameterReader): Pace {
	return {
		concurrency: Math.floor(getAtLeast(1, reader, concurrencyField)),
		pollIntervalMs: toMilliseconds(getAtLeast(0.01, reader, pollIntervalField)),
		maxWaitMs: toMilliseconds(getAtLeast(0.01, reader, maxWaitField)),
	};
}

function getAtLeast(least: number, reader: ParameterReader, field: INodeProperties): number {
	const value = reader.number(field);
	if (value >= least) return value;
	reader.addProblem(`${titleOf(field)} is ${value}, and it must be a number of at least ${least}.`);
	return Number(field.default);
}

/** The most images that the run may order, by one item; Infinity for no limit. `reader` stands within the options. */
export function getMaxImages(reader: ParameterReader): number {
	const given = reader.optionalNumber(maxImagesField) ?? Infinity;
	if (given < 1 || (Number.isFinite(given) && !Number.isInteger(given))) {
		reader.addProblem(
			`Max Images is ${given}, and it must be a whole number of at least 1, or empty for no limit.`,
		);
	}
	return given;
}

import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Remains } from '../../shared/n8n/endRun';

/** One operation of the node: how it is offered, what it asks for, what it does. */
export interface Operation {
	option: INodePropertyOptions;
	fields: INodeProperties[];
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;
	/** What is left behind when it is stopped or ends in an error. */
	remains: (context: IExecuteFunctions) => Remains;
}

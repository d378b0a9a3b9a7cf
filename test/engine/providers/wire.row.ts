import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Provider } from '../../emulator';

/** One way to fill in the panel, and all that goes to the provider then. */
export interface WireRow {
	says: string;
	parameters?: INodeParameters;
	options?: INodeParameters;
	items?: INodeExecutionData[];
	/** After the base URL, where it is not the table's. */
	path?: string;
	/** What differs from the body of a plain request; `undefined`: the field is not there. */
	wire: Record<string, unknown>;
	/** Everything that the user is told, besides what the table says for a plain request. */
	warnings?: string[];
}

/** What goes to one provider. */
export interface WireTable {
	provider: Provider;
	path: string;
	/** The whole body for a prompt and nothing else. */
	plain: Record<string, unknown>;
	rows: WireRow[];
}

/** The prompt of the plain request with the number of images that is added to it. */
export function boats(count: number): string {
	return `A boat\n\nGenerate ${count} different images.`;
}

/**
 * The model from an expression: the editor hides no field then, so every option may be set. It
 * shows Model ID too, which is filled in here and means nothing.
 */
export function modelByExpression(model: string): INodeParameters {
	return { model: `={{ "${model}" }}`, modelId: 'unused' };
}

export function unchecked(modelId: string): string {
	return `The limits of the model ${modelId} are not known here, so they were not checked.`;
}

export function leftOut(option: string, model: string): string {
	return `${option} was left out: ${model} has no such option.`;
}

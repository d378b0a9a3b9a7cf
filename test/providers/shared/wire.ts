import type { INodeParameters } from 'n8n-workflow';
import type { ModelFamily } from '../../../nodes/shared/seedream/models';
import type { Fields } from '../fixture';

/** The prompt of the plain request with the number of images that is added to it. */
export function boats(count: number): string {
	return `A boat\n\nGenerate ${count} different images.`;
}

/** What asks for a set where the models' maker has it. */
export function setOf(count: number): Fields {
	return {
		prompt: boats(count),
		sequential_image_generation: 'auto',
		sequential_image_generation_options: { max_images: count },
	};
}

/** A size in pixels as one word. */
export function sizeWord(width: number, height: number): Fields {
	return { size: `${width}x${height}` };
}

export const A = 'https://example.com/a.png';
export const B = 'https://example.com/b,c.jpg?x=1,2';

/** An edit of the pictures at these addresses. */
export function editOf(...urls: string[]): INodeParameters {
	return {
		operation: 'edit',
		aspectRatio: '1:1',
		imageSource: 'url',
		imageUrls: urls.join('\n'),
	};
}

/**
 * The model from an expression: the editor hides no field then, so every option may be set. It
 * shows Model ID too, which is filled in here and means nothing.
 */
export function modelByExpression(model: ModelFamily): INodeParameters {
	return { model: `={{ "${model}" }}`, modelId: 'unused' };
}

export function unchecked(modelId: string): string {
	return `The limits of the model ${modelId} are not known here, so they were not checked.`;
}

export function leftOut(option: string, model: string): string {
	return `${option} was left out: ${model} has no such option.`;
}

/** Options that are about waiting and output only, so that nothing of them is sent. */
export const OPTIONS_OF_THE_NODE: INodeParameters = {
	concurrency: 2,
	maxWaitSeconds: 5,
	outputBinaryProperty: 'image',
	outputMode: 'task',
	skipValidation: true,
};

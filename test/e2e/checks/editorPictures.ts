import { editorOf, pathOfPicture } from '../editorSession';
import { exampleFiles, readExample } from '../examples';
import { nameOfPicture } from '../pictures';
import type { Check } from './check';

/** How every example looks on the canvas when it has been imported. */
export const examplesOnCanvas: Check = {
	name: 'editor: the examples on the canvas',
	run: async (stage) => {
		const editor = await editorOf(stage);
		for (const file of exampleFiles()) {
			const { name, nodes, connections, settings } = readExample(file);
			const workflow = await stage.rest.createWorkflow({ name, nodes, connections, settings });
			await editor.screenshotOfWorkflow(workflow, pathOfPicture(nameOfPicture(file)));
		}
		return `${exampleFiles().length} pictures`;
	},
};

import type { Bug } from '../bug';

const TASKS = 'test/engine/providers/tasks.test.ts';
const CALLBACKS = 'test/engine/providers/callbacks.test.ts';

/** What only some providers do, each in a way of its own. */
export const PROVIDER_BUGS: readonly Bug[] = [
	{
		breaks: 'A refusal in an answer with HTTP 200 is taken for an acceptance',
		file: 'nodes/shared/n8n/transport/connection.ts',
		find: 'http: asMeant(provider, http),',
		replace: 'http,',
		tests: [TASKS],
	},
	{
		breaks: 'A failed task that may be billed is called free, and made anew',
		file: 'nodes/shared/seedream/commonErrors.ts',
		find: "const { billed = 'no' } = task;",
		replace: "const billed = 'no';",
		tests: [TASKS],
	},
	{
		breaks: 'The key goes along to a foreign file host',
		file: 'nodes/shared/n8n/transport/http.ts',
		find: 'const response: unknown = request.isForeign',
		replace: 'const response: unknown = false',
		tests: [TASKS],
	},
	{
		breaks: 'A callback URL does not say the rest of its task',
		file: 'nodes/Seedream/request/imageRequest.ts',
		find: 'const scope = provider.tasks?.scopeOf?.(modelId);',
		replace: 'const scope = undefined;',
		tests: [CALLBACKS],
	},
	{
		breaks: 'A task that appears late is taken for one that is not there',
		file: 'nodes/shared/seedream/fetchTask.ts',
		find: 'if (response.status === 404 && tasks.appearsLate) return { notYetKnown: result };',
		replace: '',
		tests: ['test/unit/shared/seedream/fetchTaskInTwo.test.ts'],
	},
	{
		breaks: 'A task that never appears is waited for to the deadline',
		file: 'nodes/shared/seedream/poll.ts',
		find: "const isLost = 'notYetKnown' in reading && clock.now() - began > LATEST_APPEARANCE_MS;",
		replace: "const isLost = 'notYetKnown' in reading && clock.now() < began;",
		tests: ['test/unit/shared/seedream/fetchTaskInTwo.test.ts'],
	},
	{
		breaks: 'The images of a task in two answers are never asked for',
		file: 'nodes/shared/seedream/fetchTask.ts',
		find: 'if (!tasks.result || !isOver(reading)) return reading;',
		replace: 'if (!tasks.result || isOver(reading)) return reading;',
		tests: ['test/unit/shared/seedream/fetchTaskInTwo.test.ts'],
	},
	{
		breaks: 'A dead link is not asked for anew',
		file: 'nodes/shared/n8n/output/deliver.ts',
		find: "const isLost = 'warning' in download && source.kind === 'url';",
		replace: "const isLost = 'lost' in download && source.kind === 'url';",
		tests: ['test/engine/providers'],
	},
	{
		breaks: 'Edits go to the model that makes images from nothing',
		file: 'nodes/shared/seedream/validation/chooseModel.ts',
		find: 'isEdit && ids.edit',
		replace: 'false',
		tests: ['test/engine/providers/wire.test.ts'],
	},
	{
		breaks: 'A shape that is not taken is sent all the same',
		file: 'nodes/shared/seedream/validation/sizeWords.ts',
		find: 'return [limitProblem(shapeText(size.aspectRatio, shapes, model))];',
		replace: 'return [];',
		tests: ['test/unit/shared/seedream/validation/sizeWords.test.ts'],
	},
	{
		breaks: 'A pause that stands in the body is not waited for',
		file: 'nodes/shared/seedream/http.ts',
		find: 'pauseOf(String(inBody), 1000)',
		replace: 'undefined',
		tests: ['test/unit/shared/seedream/retry.test.ts'],
	},
];

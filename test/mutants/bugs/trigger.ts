import type { Bug } from '../bug';

const URLS = 'nodes/shared/seedream/callbackUrl.ts';
const EXECUTE = 'nodes/SeedreamTrigger/execute.ts';

/** Who may start a workflow, with what, and how often. */
export const TRIGGER: readonly Bug[] = [
	{
		breaks: 'A run that a person retries is taken for a repetition, and its images are lost',
		file: EXECUTE,
		find: "return isFirst || mode === 'retry';",
		replace: 'return isFirst;',
		tests: ['test/engine/trigger/dedupe.test.ts', 'test/engine/trigger/ends.test.ts'],
	},
	{
		breaks: 'Each repetition of a callback starts the workflow again',
		file: 'nodes/SeedreamTrigger/dedupe.ts',
		find: 'if (!isNew) return false;',
		replace: 'void isNew;',
		tests: ['test/engine/trigger/dedupe.test.ts'],
	},
	{
		breaks: 'The body is believed without asking the API',
		file: EXECUTE,
		find: 'if (reported) return confirmsWithApi ? await confirmEnd(connection, reported) : success(reported);',
		replace: 'void confirmsWithApi;\n\tif (reported) return success(reported);',
		tests: ['test/engine/trigger/ends.test.ts'],
	},
	{
		breaks: 'An end that the API shows a moment later is lost',
		file: 'nodes/SeedreamTrigger/confirmEnd.ts',
		find: 'const isReady = !read.ok || hasEnded(read.value.status) || !hasEnded(reported.status);',
		replace: 'const isReady = read.ok || !hasEnded(reported.status);',
		tests: ['test/engine/trigger/ends.test.ts'],
	},
	{
		breaks: 'An unknown task fails no execution where the caller had a signature or a token',
		file: EXECUTE,
		find: 'if (settings.isOpenToAnybody && isUnknownTask(outcome.error)) return [];',
		replace: 'if (isUnknownTask(outcome.error)) return [];',
		tests: ['test/engine/trigger/ends.test.ts'],
	},
	{
		breaks: 'Strangers fill the list of executions with tasks that there are not',
		file: 'nodes/SeedreamTrigger/webhook.ts',
		find: 'if (isUnknown) return respond(context, 404,',
		replace: 'if (isUnknown && !provider) return respond(context, 404,',
		tests: ['test/engine/trigger/ends.test.ts', 'test/engine/trigger/trigger.test.ts'],
	},
	{
		breaks: 'Links that a stranger gives are downloaded',
		file: EXECUTE,
		find: 'const isUntrusted = isOpenToAnybody && !confirmsWithApi && output.download;',
		replace: 'void [isOpenToAnybody, confirmsWithApi];\n\tconst isUntrusted: boolean = false;',
		tests: ['test/engine/trigger/ends.test.ts', 'test/engine/trigger/trigger.test.ts'],
	},
	{
		breaks: 'An empty token lets everybody in',
		file: 'nodes/shared/seedream/secret.ts',
		find: 'return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);',
		replace: 'return a.length === b.length && timingSafeEqual(a, b);',
		tests: ['test/engine/trigger/trigger.test.ts'],
	},
	{
		breaks: 'A URL that was signed for one trigger is good at every other',
		file: URLS,
		find: 'const SIGNED_PATH_PARTS = 2;',
		replace: 'const SIGNED_PATH_PARTS = 1;',
		tests: ['test/unit/shared/seedream/callbackUrl.test.ts', 'test/engine/trigger/trigger.test.ts'],
	},
	{
		breaks: 'A signed URL is good for ever',
		file: URLS,
		find: 'if (!(Math.abs(now - issuedAt) <= MAX_URL_AGE_MS)) return undefined;',
		replace: 'if (Number.isNaN(issuedAt)) return undefined;',
		tests: ['test/unit/shared/seedream/callbackUrl.test.ts'],
	},
	{
		breaks: 'The context of a signed URL can be changed by whoever calls',
		file: URLS,
		find: '\tsorted.sort();\n',
		replace: '\tsorted.sort();\n\tsorted.delete(PARAMETERS.context);\n',
		tests: ['test/unit/shared/seedream/callbackUrl.test.ts'],
	},
	{
		breaks: 'A public callback host over http is taken where the API itself is private',
		file: URLS,
		find: 'const mayBeHttp = isNear || !isHttpsOnly;',
		replace: 'const mayBeHttp = isApiPrivate || !isHttpsOnly;',
		tests: ['test/unit/shared/seedream/callbackUrl.test.ts'],
	},
	{
		breaks: 'A trigger whose API key was changed lets in for ever who has the old one',
		file: 'nodes/SeedreamTrigger/receiver.ts',
		find: 'if (last && Date.now() - last.since < maxAgeMs) return await last.receiver;',
		replace: 'void maxAgeMs;\n\tif (last) return await last.receiver;',
		tests: ['test/engine/trigger/trigger.test.ts'],
	},
	{
		breaks: 'Of five reports of one end that come at once each starts the workflow',
		file: 'nodes/SeedreamTrigger/dedupe.ts',
		find: 'const earlier = underWay.get(id) ?? Promise.resolve(false);',
		replace: 'const earlier = Promise.resolve(false);',
		tests: ['test/unit/SeedreamTrigger/dedupe.test.ts'],
	},
	{
		breaks: 'Each end of a burst reads and writes the list of all ends by itself',
		file: 'nodes/SeedreamTrigger/seenList.ts',
		find: 'return await this.rounds.join(async () => {',
		replace: 'return await new Rounds<ReadonlySet<unknown>>().join(async () => {',
		tests: ['test/unit/SeedreamTrigger/dedupe.test.ts'],
	},
];

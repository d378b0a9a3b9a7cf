import type { Bug } from '../bug';

const MAX_IMAGES = ['test/engine/maxImages.test.ts', 'test/engine/maxImagesRetry.test.ts'];
const VALIDATE_ONLY = [
	'test/engine/validateOnly.test.ts',
	'test/engine/validateOnlyFiles.test.ts',
	'test/engine/validateOnlyCallback.test.ts',
];

/** What a person relies on before paying: limits of their own, a look before, what is left, what is said. */
export const PERSON: readonly Bug[] = [
	{
		breaks: 'Max Images lets one image more through',
		file: 'nodes/Seedream/tasks/imageBudget.ts',
		find: 'if (this.ordered <= run.maxImages) return;',
		replace: 'if (this.ordered <= run.maxImages + 1) return;',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Max Images holds only where the node stops on errors',
		file: 'nodes/Seedream/operations/makeImages.ts',
		find: 'new ImageBudget(context, run, ledger, jobs);',
		replace:
			'new ImageBudget(context, run.settings.continueOnFail ? { ...run, maxImages: Infinity } : run, ledger, jobs);',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Max Images does not see the numbers in Additional Fields',
		file: 'nodes/shared/seedream/maxImages.ts',
		find: 'connection.provider.maxImages(body, modelId),',
		replace: '0,',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Max Images takes a set without a number for one image',
		file: 'nodes/shared/seedream/providers/dialects/imageCount.ts',
		find: 'return Number(given) > 0 ? Number(given) : MAX_IMAGES;',
		replace: 'return Number(given) > 0 ? Number(given) : 1;',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Max Images takes layers for one image',
		file: 'nodes/shared/seedream/maxImages.ts',
		find: '\t\tmaxLayers(request, body),\n',
		replace: '',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'A task that failed is made anew with more images than Max Images allows',
		file: 'nodes/Seedream/tasks/imageBudget.ts',
		find: 'if (ordered > this.run.maxImages) {',
		replace: 'if (ordered > this.run.maxImages * 100) {',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Max Images forgets what the first of several tries has sent',
		file: 'nodes/Seedream/tasks/ledger.ts',
		find: '(known.maxImages ?? known.requestedCount)',
		replace: 'undefined',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Validate Only of one item lets the others be sent',
		file: 'nodes/Seedream/operations/makeImages.ts',
		find: 'if (jobs.some(({ isOnlyValidated }) => isOnlyValidated))',
		replace: 'if (jobs.every(({ isOnlyValidated }) => isOnlyValidated))',
		tests: VALIDATE_ONLY,
	},
	{
		breaks: 'Validate Only shows the key where the user wrote it',
		file: 'nodes/Seedream/request/validatedItems.ts',
		find: 'const mask = masker([credentials.apiKey, ...secrets]);',
		replace: 'const mask = masker(secrets);',
		tests: VALIDATE_ONLY,
	},
	{
		breaks: 'Validate Only shows what lets a caller resume the execution',
		file: 'nodes/Seedream/request/validatedItems.ts',
		find: 'const mask = masker([credentials.apiKey, ...secrets]);',
		replace: 'const mask = masker([credentials.apiKey]);',
		tests: VALIDATE_ONLY,
	},
	{
		breaks: 'What Validate Only shows lacks the Additional Fields',
		file: 'nodes/shared/seedream/createTask.ts',
		find: 'body: withFields(plan.body, request.options.additionalFields),',
		replace: 'body: { ...plan.body },',
		tests: VALIDATE_ONLY,
	},
	{
		breaks: 'The balance is more than the API key may spend',
		file: 'nodes/shared/seedream/providers/evolink/credits.ts',
		find: 'Math.min(user.remaining_credits, ofKey ?? Infinity)',
		replace: 'Math.max(user.remaining_credits, ofKey ?? 0)',
		tests: ['test/engine/balance.test.ts'],
	},
	{
		breaks: 'A warning shows as often as there are items',
		file: 'nodes/shared/n8n/output/warnings.ts',
		find: 'const messages = [...new Set(warnings)];',
		replace: 'const messages = [...warnings];',
		tests: ['test/engine/hints.test.ts'],
	},
	{
		breaks: 'A data URI goes out with the type that it claims, not the one that it has',
		file: 'nodes/shared/seedream/dataUri.ts',
		find: '...(header && { header }),',
		replace: "...(header && { header: { ...header, format: 'png' as const } }),",
		tests: ['test/engine/dataUris.test.ts', 'test/engine/dataUrisElsewhere.test.ts'],
	},
	{
		breaks: 'A switch that lets the model decide still warns of fewer images',
		file: 'nodes/shared/n8n/output/deliver.ts',
		find: '	if (output.mayBeFewer) return [];\n',
		replace: '',
		tests: ['test/engine/providers/wire.test.ts'],
	},
	{
		breaks: 'What a provider only recommends is refused',
		file: 'nodes/shared/seedream/validation/limits.ts',
		find: 'spec.notDemanded?.includes(limit) !== true;',
		replace: 'spec.notDemanded?.includes(limit) !== null;',
		tests: [
			'test/engine/providers/validation.test.ts',
			'test/unit/shared/seedream/validation/validate.test.ts',
		],
	},
	{
		breaks: 'A count that is a count is written into the prompt too',
		file: 'nodes/shared/seedream/providers/uniall.ts',
		find: 'countIsLimit: false,',
		replace: 'countIsLimit: true,',
		tests: ['test/engine/providers/wire.test.ts'],
	},
	{
		breaks: 'Stop in the pause after a refusal counts as a request without an answer',
		file: 'nodes/Seedream/tasks/acceptance.ts',
		find: 'mayBeAccepted = !isSurelyRefused(result);',
		replace: 'void isSurelyRefused(result);',
		tests: ['test/engine/billedStopped.test.ts', 'test/engine/unsent.test.ts'],
	},
	{
		breaks: 'A request that Stop cuts off counts as one that was never sent',
		file: 'nodes/Seedream/tasks/submit.ts',
		find: '		if (!mayBeAccepted()) takeBack();',
		replace: '		takeBack();',
		tests: ['test/engine/stopped.test.ts', 'test/engine/billedStopped.test.ts'],
	},
	{
		breaks: 'A paid answer that the package itself fails to read counts as none',
		file: 'nodes/Seedream/tasks/acceptance.ts',
		find: 'mayBeAccepted = !isSurelyRefused(result);',
		replace: 'mayBeAccepted = isSurelyRefused(result);',
		tests: ['test/engine/brokenReader.test.ts'],
	},
];

import type { Bug } from '../bug';

const MAX_IMAGES = ['test/engine/maxImages.test.ts', 'test/engine/maxImagesRetry.test.ts'];
const VALIDATE_ONLY = ['test/engine/validateOnly.test.ts', 'test/engine/validateOnlyFiles.test.ts', 'test/engine/validateOnlyCallback.test.ts'];

/** What a person relies on before paying: limits of their own, a look before, what is left, what is said. */
export const PERSON: readonly Bug[] = [
	{
		breaks: 'Max Images lets one image more through',
		file: 'nodes/shared/n8n/makeImages.ts',
		find: 'if (total <= maxImages) return;',
		replace: 'if (total <= maxImages + 1) return;',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Max Images holds only where the node stops on errors',
		file: 'nodes/shared/n8n/makeImages.ts',
		find: 'throwIfTooMany(context, ledger, jobs, settings);',
		replace: 'if (!settings.continueOnFail) throwIfTooMany(context, ledger, jobs, settings);',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Max Images does not see the numbers in Additional Fields',
		file: 'nodes/shared/seedream/request.ts',
		find: 'return Math.max(numberOfImages, ...said.filter((count) => count > 0));',
		replace: 'return Math.max(numberOfImages, ...said.filter((count) => count < 0));',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Max Images forgets what the first of several tries has sent',
		file: 'nodes/shared/n8n/ledger.ts',
		find: 'known && this.isOwn(known) ? (known.mostImages ?? known.requestedCount) : undefined;',
		replace: 'known && !this.isOwn(known) ? (known.mostImages ?? known.requestedCount) : undefined;',
		tests: MAX_IMAGES,
	},
	{
		breaks: 'Validate Only of one item lets the others be sent',
		file: 'nodes/shared/n8n/makeImages.ts',
		find: 'if (jobs.some(({ isOnlyValidated }) => isOnlyValidated))',
		replace: 'if (jobs.every(({ isOnlyValidated }) => isOnlyValidated))',
		tests: VALIDATE_ONLY,
	},
	{
		breaks: 'Validate Only shows the key where the user wrote it',
		file: 'nodes/shared/n8n/validated.ts',
		find: 'const mask = masker([account.apiKey, ...resumeSecrets(context)]);',
		replace: 'const mask = masker(resumeSecrets(context));',
		tests: VALIDATE_ONLY,
	},
	{
		breaks: 'Validate Only shows what lets a caller resume the execution',
		file: 'nodes/shared/n8n/validated.ts',
		find: 'const mask = masker([account.apiKey, ...resumeSecrets(context)]);',
		replace: 'const mask = masker([account.apiKey]);',
		tests: VALIDATE_ONLY,
	},
	{
		breaks: 'What Validate Only shows lacks the Additional Fields',
		file: 'nodes/shared/seedream/client.ts',
		find: 'const body = { ...plan.body, ...order.request.options.additionalFields };',
		replace: 'const body = { ...plan.body };',
		tests: VALIDATE_ONLY,
	},
	{
		breaks: 'The balance is more than the API key may spend',
		file: 'nodes/shared/seedream/providers/evolink.credits.ts',
		find: 'Math.min(user.remaining_credits, ofKey ?? Infinity)',
		replace: 'Math.max(user.remaining_credits, ofKey ?? 0)',
		tests: ['test/engine/balance.test.ts'],
	},
	{
		breaks: 'A warning shows as often as there are items',
		file: 'nodes/shared/n8n/hints.ts',
		find: 'const messages = [...new Set(warnings)];',
		replace: 'const messages = [...warnings];',
		tests: ['test/engine/hints.test.ts'],
	},
	{
		breaks: 'A data URI goes out with the type that it claims, not the one that it has',
		file: 'nodes/shared/seedream/dataUri.ts',
		find: 'return { ...known, bytes: bytes.length, ...(header && { header }) };',
		replace: "return { ...known, bytes: bytes.length, ...(header && { header: { ...header, format: 'png' as const } }) };",
		tests: ['test/engine/dataUris.test.ts', 'test/engine/dataUrisElsewhere.test.ts'],
	},
	{
		breaks: 'A switch that lets the model decide still warns of fewer images',
		file: 'nodes/shared/n8n/deliver.ts',
		find: '	if (delivery.mayBeFewer) return [];\n',
		replace: '',
		tests: ['test/engine/providers/wire.test.ts'],
	},
	{
		breaks: 'What a provider only recommends is refused',
		file: 'nodes/shared/seedream/limits.ts',
		find: 'limits.notDemanded?.includes(limit) !== true;',
		replace: 'limits.notDemanded?.includes(limit) !== undefined;',
		tests: ['test/engine/providers/validation.test.ts', 'test/seedream/validate.test.ts'],
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
		file: 'nodes/shared/n8n/submit.ts',
		find: '			isUnderWay = false;\n',
		replace: '',
		tests: ['test/engine/billedStopped.test.ts', 'test/engine/unsent.test.ts'],
	},
	{
		breaks: 'A request that Stop cuts off counts as one that was never sent',
		file: 'nodes/shared/n8n/submit.ts',
		find: '		if (!isUnderWay()) takeBack();',
		replace: '		takeBack();',
		tests: ['test/engine/stopped.test.ts', 'test/engine/billedStopped.test.ts'],
	},
];

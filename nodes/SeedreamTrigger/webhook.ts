import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { messageOf } from '../shared/n8n/text';
import { connect } from '../shared/n8n/transport/connection';
import { getSeedreamCredentials } from '../shared/n8n/transport/credentials';
import { respond } from '../shared/n8n/transport/webhookResponse';
import { parseCallback } from '../shared/seedream/callback';
import { scopeOf } from '../shared/seedream/callbackUrl';
import { fetchTaskOnce } from '../shared/seedream/fetchTask';
import { asObject, parseJson } from '../shared/seedream/objects';
import { masker } from '../shared/seedream/secret';
import { authenticate, MAX_AGE_MS, secretsOf } from './authenticate';
import { isUnknownTask } from './confirmEnd';
import { getReceiver } from './receiver';
import { getTrust } from './settings';

/** The URL is not registered anywhere: each task carries it. Without `responseData` the caller would get n8n's default text. */
export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: '',
		path: 'webhook',
	},
];

/** Ms for asking the API about a stranger's callback: providers wait 10 s for their answer. */
const ASKING_TIMEOUT_MS = 5000;

/**
 * Takes a callback: lets the caller in or not, looks whether it is about a task, and starts the
 * workflow, which does the rest. So the caller has its answer at once. Where anybody may call,
 * a task that the API does not know starts nothing: strangers must not fill the list of executions.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const admission = await authenticate(context);
		if (!admission.isAdmitted) return respond(context, 401, 'This callback URL is not valid here');
		const { provider } = await getReceiver(context, MAX_AGE_MS);
		const body = context.getBodyData();
		const scope = scopeOf(asObject(context.getQueryData()) ?? {});
		const reported = parseCallback(provider, body, scope);
		if (!reported) {
			return respond(context, 400, `The body is not the report of a task of ${provider.name}`);
		}
		const { isOpenToAnybody, confirmsWithApi } = getTrust(context);
		if (isOpenToAnybody) {
			const isImpossible = provider.tasks?.idProblem(reported.id) !== undefined;
			if (isImpossible) return respond(context, 400, `This is no task of ${provider.name}`);
			const isUnknown = confirmsWithApi && (await isUnknownToApi(context, reported.id));
			if (isUnknown) return respond(context, 404, `${provider.name} does not know this task`);
		}
		const { callbackContext } = admission;
		const json = {
			body: withoutSecrets(context, body),
			...(scope !== undefined && { scope }),
			...(callbackContext !== undefined && { context: callbackContext }),
		};
		return {
			workflowData: [context.helpers.returnJsonArray(json)],
			webhookResponse: { received: true },
		};
	} catch (error) {
		context.logger.error(`Seedream Trigger could not take a callback: ${messageOf(error)}`);
		return respond(context, 503, 'Not ready; call again');
	}
}

/** Some providers repeat the callback URL in the body, which n8n saves with an execution that fails. */
function withoutSecrets(context: IWebhookFunctions, body: object): object {
	const mask = masker(secretsOf(context));
	return { ...asObject(parseJson(mask(JSON.stringify(body)))) };
}

async function isUnknownToApi(context: IWebhookFunctions, taskId: string): Promise<boolean> {
	const connection = connect(context, await getSeedreamCredentials(context));
	const reading = await fetchTaskOnce(connection, taskId, ASKING_TIMEOUT_MS);
	if ('notYetKnown' in reading) return true;
	return 'result' in reading && !reading.result.ok && isUnknownTask(reading.result.error);
}

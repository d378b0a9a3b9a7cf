import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { SeedreamApi } from '../../../credentials/SeedreamApi.credentials';
import { Seedream } from '../../../nodes/Seedream/Seedream.node';
import { credentialsFor, NODE_TYPE } from '../seedream';
import { chain, runWorkflow } from '../support';
import { BOATS, LONG_MS, numbered, useScene } from './scene';

const scene = useScene();

/** The node in an n8n whose webhook calls show nothing but what n8n offers officially. */
class OfficialOnly extends Seedream {
	override async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const shown = new Proxy(this, {
			get: (target, name) => {
				if (name === 'runExecutionData') return undefined;
				const value: unknown = Reflect.get(target, name);
				return typeof value === 'function' ? value.bind(target) : value;
			},
		});
		return await new Seedream().webhook.call(shown);
	}
}

describe('Where n8n does not show the data of a waiting execution', () => {
	it.each(['Seedream', 'Make {{ $json.row }} }} "x" \\'])(
		'the node "%s" resumes all the same, and its images are handed on',
		async (name) => {
			scene.emulator.setTaskMs(LONG_MS);
			const asleep = await runWorkflow({
				workflow: chain({ name, type: NODE_TYPE, parameters: BOATS }),
				nodeTypes: { [NODE_TYPE]: new OfficialOnly() },
				credentialTypes: [new SeedreamApi()],
				credentials: { seedreamApi: credentialsFor(scene.emulator) },
				items: numbered(2),
				webhookUrl: scene.n8n.url,
			});
			expect(asleep.status).toBe('waiting');
			scene.emulator.finishTasks();
			const awake = await scene.n8n.run(0);
			expect(awake.items('End')).toMatchObject(
				[0, 1].map((item) => ({ json: { status: 'completed' }, pairedItem: { item } })),
			);
			expect(scene.paid()).toBe(2);
		},
	);
});

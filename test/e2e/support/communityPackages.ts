import { z } from 'zod/v4';
import type { RestClient } from './rest';

const PATH = '/rest/community-packages';

const installedSchema = z.looseObject({
	packageName: z.string(),
	installedVersion: z.string(),
	installedNodes: z.array(z.looseObject({ name: z.string(), type: z.string() })),
});
const listedSchema = installedSchema.extend({
	failedLoading: z.boolean(),
	updateAvailable: z.string().optional(),
});

export type InstalledPackage = z.infer<typeof installedSchema>;
export type ListedPackage = z.infer<typeof listedSchema>;

/** What the page Settings > Community Nodes does. */
export class CommunityPackages {
	constructor(private readonly rest: RestClient) {}

	/** The latest version of the registry. */
	async install(name: string): Promise<InstalledPackage> {
		return await this.rest.session.data(installedSchema, 'POST', PATH, { name });
	}

	async list(): Promise<ListedPackage[]> {
		return await this.rest.session.data(z.array(listedSchema), 'GET', PATH);
	}

	/** To the latest version of the registry. */
	async update(name: string): Promise<InstalledPackage> {
		return await this.rest.session.data(installedSchema, 'PATCH', PATH, { name });
	}

	async uninstall(name: string): Promise<void> {
		await this.rest.session.send('DELETE', `${PATH}?${new URLSearchParams({ name })}`);
	}
}

import type { ProviderFixture } from '../../fixture';
import type { Ids } from './ids';

/** What one who has the whole API of the models' maker has of its own. */
export interface Seller extends Pick<
	ProviderFixture,
	'id' | 'name' | 'baseUrl' | 'withoutBaseUrl' | 'sameAs'
> {
	ids: Ids;
	/** Whether its pages say nothing of the web search. */
	isSearchUndocumented: boolean;
	/** Whether it passes requests on, and may drop fields on the way. */
	isRelay?: boolean;
	/** Hours for which the links live, where that is known. */
	linkHours?: number;
	/** Whether an error in place of the images, with HTTP 200, is sure not to be billed. */
	areErrorsFree: boolean;
}

/** What a request was for. Faults and recordings go by it, not by the path. */
export type Kind =
	'create' | 'query' | 'upload' | 'download' | 'credits' | 'models' | 'callback' | 'other';

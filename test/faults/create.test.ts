import { describeMatrix } from './matrix';

describeMatrix(
	'create',
	'evolink',
	'create',
	'The one request that costs money. It is sent again only where it was certainly refused, or never reached the provider.',
);

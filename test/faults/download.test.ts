import { describeMatrix } from './matrix';

describeMatrix(
	'download',
	'evolink',
	'download',
	'A download that fails never fails the paid work: the image comes as a link, and nothing is tried again. A redirect is followed, as no key ' +
		'goes along; the address that it leads to works. *Submit only* downloads nothing.',
);

describeMatrix(
	'download, answered at once',
	'novita',
	'download',
	'The same where the links came in the answer to the create request.',
);

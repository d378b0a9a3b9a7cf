import { describeMatrix } from './matrix';

describeMatrix(
	'query',
	'evolink',
	'query',
	'The task is paid for and its ID is known: whatever becomes of the reading, it is picked up, or its ID comes out. ' +
		'*Submit only* reads nothing, and Get Task has no prompt that could move.',
);

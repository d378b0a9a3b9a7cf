import { describeMatrix } from './matrix';

describeMatrix(
	'upload',
	'evolink',
	'upload',
	'Only Edit sends references. The create request is not sent before they are there, so nothing is paid for. At the other providers a reference is ' +
		'a part of the create request.',
);

describeMatrix(
	'callback',
	'evolink',
	'callback',
	'The provider calls n8n, and calls again where it gets no answer. What a callback says is never believed: the task is read. One that ' +
		'never comes costs the wait, and at its end the ID comes out. "refused": it never comes. HTTP statuses and redirects are n8n\'s own answers here.',
);

describeMatrix(
	'task',
	'evolink',
	'task',
	'All requests are answered, and the task itself goes wrong. One that fails is refunded, so it is made anew, as often as Max Tries says in all. ' +
		'One that is completed without images may have been paid for: it is looked at again, and not made again.',
);

import { describeMatrix } from './matrix';

describeMatrix(
	'create, answered at once',
	'novita',
	'create',
	'There is no task, so nothing can be picked up: an answer that does not arrive is lost. For the same reason Get Task and the callback are left ' +
		'out; Completion makes no difference. References are a part of this request.',
);

describeMatrix(
	'create, streamed',
	'byteplus',
	'create',
	'The images come one by one in one answer; those that came before it broke off are handed on.',
);

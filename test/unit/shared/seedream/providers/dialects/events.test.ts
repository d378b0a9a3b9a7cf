import { describe, expect, it } from 'vitest';
import {
	isEventStream,
	parseEvents,
} from '../../../../../../nodes/shared/seedream/providers/dialects/events';
import { UNREADABLE_IMAGE } from '../../../../../../nodes/shared/seedream/task';

const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const made = (fields: object) => event({ type: 'image_generation.partial_succeeded', ...fields });
const LINK = 'https://x.test/1.png';

describe('a stream of events', () => {
	it.each(['event: x\ndata: {}', '\n\ndata: {}', ': a comment', 'id: 1'])(
		'is known by its beginning: %j',
		(text) => expect(isEventStream(text)).toBe(true),
	);

	it.each(['', '{"data":[]}', '<html>', ' [1]'])('is not any other body: %j', (text) =>
		expect(isEventStream(text)).toBe(false),
	);

	it('is complete only once it was said that nothing more will come', () => {
		expect(parseEvents(made({ url: LINK })).isComplete).toBe(false);
		expect(parseEvents('data: [DONE]\n\n').isComplete).toBe(true);
		const end = event({ type: 'image_generation.completed', usage: { generated_images: 1 } });
		expect(parseEvents(end)).toMatchObject({ isComplete: true, usage: { generated_images: 1 } });
	});

	it('counts its last event without the blank line behind it, unless it is cut', () => {
		const whole = made({ url: LINK });
		expect(parseEvents(whole.trimEnd()).images).toHaveLength(1);
		expect(parseEvents(whole.slice(0, -5)).images).toEqual([]);
	});

	it('is read by its data alone, in however many lines that stands', () => {
		const lines = JSON.stringify({ type: 'x.partial_succeeded', url: LINK }, undefined, 1);
		const text = `event: x\nid: 1\n: a comment\n${lines.replaceAll(/^/gm, 'data: ')}`;
		expect(parseEvents(text).images).toMatchObject([{ source: { url: LINK } }]);
	});

	it('gives an image the place that it names, or the next one', () => {
		const text = [{ image_index: 4 }, {}, { url: undefined }].map((fields) =>
			made({ url: LINK, ...fields }),
		);
		const { images, failedImages } = parseEvents(text.join(''));
		expect(images.map(({ index }) => index)).toEqual([4, 1]);
		expect(failedImages).toMatchObject([{ index: 2, code: UNREADABLE_IMAGE }]);
	});

	it('keeps its images beside an error that ended it', () => {
		const error = { code: 'InternalServiceError', message: 'broken' };
		const stream = parseEvents(made({ url: LINK }) + event({ error }));
		expect(stream).toMatchObject({ images: [{ index: 0 }], isComplete: false, error });
	});
});

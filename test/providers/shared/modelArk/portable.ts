import type { PortableBodies } from '../../fixture';

/** Those who have the fields of the models' maker. */
export function arkPortable(model: string): PortableBodies {
	return {
		always: { model, size: '2848x1600', watermark: false },
		one: {},
		four: {
			sequential_image_generation: 'auto',
			sequential_image_generation_options: { max_images: 4 },
		},
		references: (image) => ({ image }),
	};
}

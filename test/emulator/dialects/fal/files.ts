import type { MadeMember } from '../../imageSet';
import type { EmulatorState } from '../../state';

/**
 * A file of a result: the link, or with `sync_mode` the file itself. Nothing else need be there, and
 * the examples have nothing else; a reference picture that was shown brings the rest to light here,
 * with what is not known empty.
 */
export async function fileOf(
	state: EmulatorState,
	{ url, image }: MadeMember,
	isEmbedded: boolean,
): Promise<Record<string, unknown>> {
	const { format, inset } = image.spec;
	const type = `image/${format}`;
	const rest = inset && { content_type: type, file_name: null, file_size: null, ...NO_SIZE };
	if (!isEmbedded) return { url, ...rest };
	const bytes = await state.images.bytes(image);
	return { url: `data:${type};base64,${bytes.toString('base64')}`, ...rest };
}

const NO_SIZE = { width: null, height: null };

import type { Dialect } from '../dialect';
import { idIn } from '../gallery';
import { json } from '../http';
import type { Call, Reply } from '../http';
import type { Voice } from '../trouble';
import type { World } from '../world';

/** The hosts that images are downloaded from. They belong to someone else, so a key has no business there. */
export function downloads(world: World): readonly Dialect[] {
	const images = { method: 'GET', path: /^\/([0-9a-f]+)\.(?:jpg|png)$/, kind: 'download' } as const;
	const files = { method: 'GET', path: /^\/.+$/, kind: 'download' } as const;
	return [
		{
			provider: 'images',
			prefix: '/images',
			owner: (path) => world.gallery.find(idIn(`/images${path}`) ?? '')?.provider,
			say,
			routes: [{ ...images, handle: (call, match) => image(world, call, match[1] ?? '') }],
		},
		{
			provider: 'evolink',
			prefix: '/files',
			say,
			routes: [{ ...files, handle: (call) => file(world, call) }],
		},
	];
}

const say: Voice = (trouble) =>
	trouble.is === 'status'
		? xml(trouble.status, 'InternalError', `HTTP ${trouble.status}`)
		: expired();

async function image(world: World, call: Call, id: string): Promise<Reply> {
	if (call.headers.authorization !== undefined) return leaked();
	const exhibit = world.gallery.find(id);
	if (exhibit === undefined || exhibit.dead || call.effects.deadLink) return expired();
	return {
		is: 'bytes',
		status: 200,
		type: `image/${exhibit.recipe.format}`,
		bytes: await world.gallery.bytes(exhibit),
	};
}

function file(world: World, call: Call): Reply {
	if (call.headers.authorization !== undefined) return leaked();
	const found = world.uploadedFile(`/files${call.path}`);
	if (found?.bytes === undefined || call.effects.deadLink) return expired();
	return { is: 'bytes', status: 200, type: found.mime, bytes: found.bytes };
}

function leaked(): Reply {
	return json(400, {
		error: 'this download carries an Authorization header: a key has been sent to a foreign host',
	});
}

function expired(): Reply {
	return xml(404, 'NoSuchKey', 'The specified key does not exist or has expired.');
}

function xml(status: number, code: string, message: string): Reply {
	const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
	return { is: 'bytes', status, type: 'application/xml', bytes: Buffer.from(body) };
}

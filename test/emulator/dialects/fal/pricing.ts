import { badField } from '../../apiError';
import { json } from '../../http';
import type { Call, Reply } from '../../http';
import type { EmulatorState } from '../../state';
import { LAYER_MODELS, MODELS } from './facts';

/** What models cost; it costs nothing to ask, but takes a key (fal docs, Platform APIs, Pricing). */
export function pricing(state: EmulatorState, call: Call): Reply {
	state.accounts.authenticate(call.headers, 'Key');
	const ids = call.query.getAll('endpoint_id').flatMap((value) => value.split(','));
	if (ids.length === 0) throw badField('endpoint_id', 'at least one endpoint_id is needed');
	const known = ids.filter((id) => id in MODELS || id in LAYER_MODELS);
	if (known.length < ids.length) return json(404, { detail: 'Endpoint not found' });
	const prices = known.map((id) => ({
		endpoint_id: id,
		unit_price: 0.03,
		unit: 'images',
		currency: 'USD',
	}));
	return json(200, { prices, next_cursor: null, has_more: false });
}

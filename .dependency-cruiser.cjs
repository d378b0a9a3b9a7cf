/**
 * Who may know whom. The rooms and their arrows are told in ARCHITECTURE.md.
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** A room may import from itself and from these; from nothing else in nodes/. */
function layer(name, room, ...others) {
	const allowed = [room, ...others].map((path) => `^nodes/${path}`);
	return {
		name,
		severity: 'error',
		from: { path: `^nodes/${room}` },
		to: { path: '^(nodes|credentials)/', pathNot: allowed },
	};
}

module.exports = {
	forbidden: [
		{ name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
		layer('domain', 'shared/seedream/'),
		layer('adapter', 'shared/n8n/', 'shared/seedream/'),
		layer('trigger', 'SeedreamTrigger/', 'shared/'),
		layer('action-node', 'Seedream/', 'shared/'),
		layer('fields', 'Seedream/fields/', 'shared/'),
		layer('request', 'Seedream/request/', 'Seedream/fields/', 'shared/'),
		layer('tasks', 'Seedream/tasks/', 'Seedream/request/', 'shared/'),
		layer('suspend', 'Seedream/suspend/', 'Seedream/tasks/', 'Seedream/request/', 'shared/'),
		{
			name: 'operations-are-the-top',
			severity: 'error',
			from: { path: '^nodes/', pathNot: '^nodes/Seedream/(operations/|Seedream\\.node\\.ts$)' },
			to: { path: '^nodes/Seedream/operations/' },
		},
		{
			name: 'the-domain-knows-zod-and-no-n8n',
			severity: 'error',
			from: { path: '^nodes/shared/seedream/' },
			to: { path: 'node_modules/', pathNot: 'node_modules/(zod|image-size)/' },
		},
		{
			name: 'no-provider-knows-another',
			comment: 'What several share lies in dialects/; only the registry knows them all.',
			severity: 'error',
			from: {
				path: '^nodes/shared/seedream/providers/([^/.]+)(/|\\.ts$)',
				pathNot: '/providers/(index|provider)\\.ts$',
			},
			to: {
				path: '^nodes/shared/seedream/providers/',
				pathNot: '^nodes/shared/seedream/providers/($1(/|\\.ts$)|dialects/|provider\\.ts$)',
			},
		},
		{
			name: 'the-domain-knows-no-provider-by-name',
			severity: 'error',
			from: { path: '^nodes/', pathNot: '^nodes/shared/seedream/providers/' },
			to: {
				path: '^nodes/shared/seedream/providers/',
				pathNot: '^nodes/shared/seedream/providers/(index|provider)\\.ts$',
			},
		},
		{
			name: 'nothing-but-tests-knows-tests',
			severity: 'error',
			from: { path: '^(nodes|credentials|scripts)/' },
			to: { path: '^test/' },
		},
		{
			name: 'the-emulator-has-its-own-facts',
			comment: 'It must be able to disagree with the node.',
			severity: 'error',
			from: { path: '^test/emulator/', pathNot: '\\.test\\.ts$' },
			to: { path: '^(nodes|credentials)/' },
		},
		{
			name: 'no-dialect-knows-another',
			severity: 'error',
			from: {
				path: '^test/emulator/dialects/([^/.]+)(/|\\.ts$)',
				pathNot: '/dialects/index\\.ts$',
			},
			to: {
				path: '^test/emulator/dialects/',
				pathNot: '^test/emulator/dialects/($1(/|\\.ts$)|shared/)',
			},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(test/e2e/hosts?/|dist/|\\.work/)' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'require', 'node', 'default', 'types'],
		},
	},
};

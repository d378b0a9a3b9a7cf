// Loads what n8n loads of the package in the working directory: of a file that cannot be loaded n8n itself says neither why nor where.
const { join } = require('node:path');

const { nodes, credentials } = require(join(process.cwd(), 'package.json')).n8n;
for (const file of [...nodes, ...credentials])
	for (const Class of Object.values(require(join(process.cwd(), file)))) new Class();

import { existsSync } from 'node:fs';
import { installDebianPackages } from './system';

const usualPlaces = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function installedChromium(): string | undefined {
	const places = [process.env['CHROMIUM'], ...usualPlaces];
	return places.find((place) => place !== undefined && existsSync(place));
}

/** The path of a Chromium, installed from Debian when there is none. The variable CHROMIUM names another one. */
export async function ensureChromium(): Promise<string> {
	const present = installedChromium();
	if (present !== undefined) return present;
	await installDebianPackages(
		['chromium', 'fonts-liberation'],
		'The browser run (set CHROMIUM to the path of one that is elsewhere)',
	);
	const installed = installedChromium();
	if (installed === undefined)
		throw new Error(
			'Chromium was installed but is in none of the usual places; set CHROMIUM to its path.',
		);
	return installed;
}

import { join } from 'node:path';
import type { Stage } from './stage';
import { openBrowser, type ColorScheme, type EditorBrowser } from './support/browser';
import { workFolder } from '../../scripts/paths';

const sessions = new Map<ColorScheme, Promise<EditorBrowser>>();

/** The editor of the stage's n8n in a browser, signed in. All checks share one of each colour scheme: signing in takes seconds. */
export async function editorOf(
	{ n8n }: Stage,
	colorScheme: ColorScheme = 'light',
): Promise<EditorBrowser> {
	const session = sessions.get(colorScheme) ?? signedIn(openBrowser(n8n, { colorScheme }));
	sessions.set(colorScheme, session);
	return await session;
}

async function signedIn(opening: Promise<EditorBrowser>): Promise<EditorBrowser> {
	const browser = await opening;
	await browser.signIn();
	return browser;
}

/** The editors that checks have opened. */
export async function openEditors(): Promise<EditorBrowser[]> {
	return await Promise.all(sessions.values());
}

/** Closes every browser that is open. */
export async function closeEditors(): Promise<void> {
	const opened = await Promise.allSettled(sessions.values());
	sessions.clear();
	for (const session of opened) if (session.status === 'fulfilled') await session.value.close();
}

/** Takes a picture of what the browser shows; they are to be looked at, not compared. */
export async function picture(browser: EditorBrowser, name: string): Promise<void> {
	await browser.screenshot(pathOfPicture(name));
}

/** Where the picture of that name is written. */
export function pathOfPicture(name: string): string {
	return join(workFolder('screenshots'), `${name}.png`);
}

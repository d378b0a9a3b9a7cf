import { join } from 'node:path';
import type { Stage } from './stage';
import { openBrowser, type EditorBrowser } from './support/browser';
import { workFolder } from '../../scripts/paths';

let session: Promise<EditorBrowser> | undefined;

/** The editor of the stage's n8n in a browser, signed in. All checks share one: signing in takes seconds. */
export async function editorOf({ n8n }: Stage): Promise<EditorBrowser> {
	session ??= openBrowser(n8n).then(async (browser) => {
		await browser.signIn();
		return browser;
	});
	return await session;
}

/** Closes the browser, if there is one. */
export async function closeEditor(): Promise<void> {
	const open = await session?.catch(() => undefined);
	session = undefined;
	await open?.close();
}

/** Takes a picture of what the browser shows; they are to be looked at, not compared. */
export async function picture(browser: EditorBrowser, name: string): Promise<void> {
	await browser.screenshot(join(workFolder('screenshots'), `${name}.png`));
}

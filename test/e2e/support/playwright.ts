import { createRequire } from 'node:module';
import { join } from 'node:path';

// playwright-core is installed with the host, not with the project, so its own types are not there when the project is
// type-checked. These are the parts of it in use here.

export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface Locator {
	click(options?: { timeout?: number; force?: boolean }): Promise<void>;
	dblclick(options?: { timeout?: number }): Promise<void>;
	fill(text: string): Promise<void>;
	press(key: string): Promise<void>;
	hover(): Promise<void>;
	all(): Promise<Locator[]>;
	waitFor(options?: { state?: 'visible' | 'hidden' | 'attached'; timeout?: number }): Promise<void>;
	isVisible(): Promise<boolean>;
	count(): Promise<number>;
	first(): Locator;
	nth(index: number): Locator;
	locator(selector: string): Locator;
	filter(options: { hasText?: string | RegExp }): Locator;
	getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
	getByTestId(id: string | RegExp): Locator;
	getByRole(
		role: 'button' | 'option' | 'textbox' | 'tab' | 'switch',
		options?: { name?: string | RegExp; exact?: boolean },
	): Locator;
	innerText(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	inputValue(): Promise<string>;
	getAttribute(name: string): Promise<string | null>;
	scrollIntoViewIfNeeded(): Promise<void>;
	/** Runs a function of the element in the browser. */
	evaluate(look: (image: { naturalWidth: number }) => number): Promise<number>;
	screenshot(options?: { path?: string }): Promise<Buffer>;
	/** Where it stands in the window; null where it is not shown. */
	boundingBox(): Promise<Box | null>;
}

export interface Page extends Pick<Locator, 'locator' | 'getByText' | 'getByTestId' | 'getByRole'> {
	goto(
		url: string,
		options?: { waitUntil?: 'load' | 'domcontentloaded' | 'networkidle'; timeout?: number },
	): Promise<unknown>;
	url(): string;
	keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
	waitForTimeout(ms: number): Promise<void>;
	waitForURL(url: string | RegExp, options?: { timeout?: number }): Promise<void>;
	screenshot(options?: { path?: string; fullPage?: boolean; clip?: Box }): Promise<Buffer>;
	setViewportSize(size: { width: number; height: number }): Promise<void>;
	setDefaultTimeout(ms: number): void;
}

export interface BrowserContext {
	newPage(): Promise<Page>;
	on(event: 'request', listener: (request: { url(): string }) => void): unknown;
	on(
		event: 'console',
		listener: (message: { type(): string; text(): string; location(): { url: string } }) => void,
	): unknown;
}

export interface ChromiumBrowser {
	newContext(options: {
		viewport: { width: number; height: number };
		deviceScaleFactor?: number;
		colorScheme?: 'light' | 'dark';
	}): Promise<BrowserContext>;
	close(): Promise<void>;
}

export interface Playwright {
	chromium: {
		launch(options: {
			executablePath: string;
			args: string[];
			timeout?: number;
		}): Promise<ChromiumBrowser>;
	};
	selectors: { setTestIdAttribute(name: string): void };
}

function isPlaywright(loaded: unknown): loaded is Playwright {
	return (
		typeof loaded === 'object' && loaded !== null && 'chromium' in loaded && 'selectors' in loaded
	);
}

/** Loads playwright-core from the modules of a host folder. */
export function loadPlaywright(hostFolder: string): Playwright {
	const loaded: unknown = createRequire(join(hostFolder, 'package.json'))('playwright-core');
	if (!isPlaywright(loaded))
		throw new Error(
			`The playwright-core of ${hostFolder} is not the one of its lock file. Delete its node_modules.`,
		);
	return loaded;
}

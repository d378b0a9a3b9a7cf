import { ensureChromium } from './chromium';
import type { N8n } from './n8n';
import { loadPlaywright, type ChromiumBrowser, type Page } from './playwright';
import { defaultOwner, type Owner, type Workflow } from './rest';

/** n8n's editor in a headless Chromium that reaches nothing but loopback. Made by `openBrowser`. */
export class EditorBrowser {
	constructor(
		readonly page: Page,
		private readonly browser: ChromiumBrowser,
		private readonly baseUrl: string,
		private readonly foreignRequests: string[],
		private readonly consoleErrors: string[],
	) {}

	async signIn(owner: Owner = defaultOwner): Promise<void> {
		await this.page.goto(`${this.baseUrl}/signin`);
		await this.page.getByTestId('emailOrLdapLoginId').locator('input').fill(owner.email);
		await this.page.getByTestId('password').locator('input').fill(owner.password);
		await this.page.getByTestId('form-submit-button').click();
		await this.page.waitForURL(/\/(home|workflow|projects)/);
	}

	async openWorkflow(workflow: Workflow): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/${workflow.id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Opens the panel of a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.page.getByTestId('node-parameters').waitFor();
		// A list that n8n loads is shut until it is there.
		const loading = this.page.locator('[data-test-id^="parameter-input-"] input:disabled');
		await loading.first().waitFor({ state: 'hidden' });
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.getByTestId('node-parameters').waitFor({ state: 'hidden' });
	}

	async screenshot(path: string): Promise<void> {
		// The canvas fades in and panels slide; a picture taken at once shows them half-way.
		await this.page.waitForTimeout(700);
		await this.page.screenshot({ path });
	}

	/** Addresses beyond loopback that the editor asked for; none of them was reached. */
	outgoingAttempts(): readonly string[] {
		return this.foreignRequests;
	}

	/** Errors that the editor wrote to the browser's console. */
	errors(): readonly string[] {
		return this.consoleErrors;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}

function isForeign(url: string): boolean {
	const { protocol, hostname } = new URL(url);
	return /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && hostname !== 'localhost';
}

/** Opens a headless Chromium on an n8n, installing Chromium when need be. */
export async function openBrowser(n8n: N8n): Promise<EditorBrowser> {
	const executablePath = await ensureChromium();
	const { chromium, selectors } = loadPlaywright(n8n.host.folder);
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({
		executablePath,
		args: [
			// Chromium refuses to run as root with its sandbox on.
			...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
			'--disable-dev-shm-usage',
			'--disable-gpu',
			'--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
		],
	});
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const foreign: string[] = [];
	const errors: string[] = [];
	context.on('request', (request) => {
		if (isForeign(request.url())) foreign.push(request.url());
	});
	context.on('console', (message) => {
		if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
	});
	const page = await context.newPage();
	page.setDefaultTimeout(30_000);
	return new EditorBrowser(page, browser, n8n.baseUrl, foreign, errors);
}

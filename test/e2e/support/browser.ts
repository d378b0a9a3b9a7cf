import { ensureChromium } from './chromium';
import type { N8n } from './n8n';
import { loadPlaywright, type Box, type ChromiumBrowser, type Page } from './playwright';
import { defaultOwner, type Owner, type Workflow } from './rest';

export const COLOR_SCHEMES = ['light', 'dark'] as const;

/** n8n follows it, as long as nobody chooses a theme in its settings. */
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

const WINDOW = { width: 1440, height: 900 };
/** Large enough for every example at its own size. */
const LARGE_WINDOW = { width: 2080, height: 1200 };

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

	/** Takes a picture of a workflow alone: its nodes and notes at their own size, without the editor around them. */
	async screenshotOfWorkflow(workflow: Workflow, path: string): Promise<void> {
		await this.page.setViewportSize(LARGE_WINDOW);
		try {
			await this.openWorkflow(workflow);
			await this.page.waitForTimeout(700);
			const nodes = await this.page.locator('.vue-flow__node, .vue-flow__edge').all();
			const boxes = await Promise.all(nodes.map((node) => node.boundingBox()));
			await this.page.screenshot({ path, clip: around(boxes.filter((box) => box !== null)) });
		} finally {
			await this.page.setViewportSize(WINDOW);
		}
	}

	/** Waits until no message of n8n covers a corner of the window. */
	async messagesGone(): Promise<void> {
		await this.page.locator('.el-notification').first().waitFor({ state: 'hidden' });
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

/** The box around nodes and lines, with room for the names below nodes and for what n8n draws beside them. */
function around(boxes: readonly Box[]): Box {
	const left = Math.min(...boxes.map(({ x }) => x)) - 64;
	const top = Math.min(...boxes.map(({ y }) => y)) - 24;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + 96;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + 80;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

function isForeign(url: string): boolean {
	const { protocol, hostname } = new URL(url);
	return /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && hostname !== 'localhost';
}

/** Opens a headless Chromium on an n8n, installing Chromium when need be. */
export async function openBrowser(
	n8n: N8n,
	{ colorScheme = 'light' }: { colorScheme?: ColorScheme } = {},
): Promise<EditorBrowser> {
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
	const context = await browser.newContext({ viewport: WINDOW, colorScheme });
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

/** A number that is best small, drawn against 1. */
export interface Bar {
	readonly label: string;
	readonly value: number;
	/** What the number must not exceed, where that is not 1. */
	readonly goal?: number;
	/** The number in words, at the end of the bar. */
	readonly note: string;
	/** Undefined where nothing is demanded. */
	readonly met: boolean | undefined;
}

/** Bars under a heading that says what 1 is. */
export interface BarGroup {
	readonly heading: string;
	readonly bars: readonly Bar[];
}

/** The colours of a picture on a light or a dark page. */
export interface Theme {
	readonly text: string;
	readonly faint: string;
	readonly met: string;
	readonly missed: string;
	readonly neutral: string;
}

export const light: Theme = {
	text: '#1f2328',
	faint: '#d1d9e0',
	met: '#1a7f37',
	missed: '#bc4c00',
	neutral: '#0969da',
};
export const dark: Theme = {
	text: '#f0f6fc',
	faint: '#3d444d',
	met: '#3fb950',
	missed: '#db6d28',
	neutral: '#4493f8',
};

const WIDTH = 960;
/** Where the bars begin, and how long one of value 1 is. */
const LEFT = 150;
const ONE = 220;
/** Longer bars are cut off here, and say so. */
const MOST = 2;
const ROW = 30;
const HEADING = 44;
const THICK = 16;

/** A picture of horizontal bars, as SVG. */
export function drawBars(groups: readonly BarGroup[], theme: Theme): string {
	let y = 0;
	const drawn = groups.map((group) => {
		const top = y;
		y += HEADING + group.bars.length * ROW + ROW / 2;
		return drawGroup(group, top, theme);
	});
	const font = 'font-family="system-ui, -apple-system, Segoe UI, sans-serif" font-size="14"';
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" ${font} fill="${theme.text}">`,
		...drawn,
		'</svg>\n',
	].join('\n');
}

function drawGroup({ heading, bars }: BarGroup, top: number, theme: Theme): string {
	const first = top + HEADING;
	const bottom = first + bars.length * ROW;
	const one = LEFT + ONE;
	return [
		`<text x="0" y="${top + 24}" font-weight="600">${escape(heading)}</text>`,
		...bars.map((bar, index) => drawBar(bar, first + index * ROW, theme)),
		`<line x1="${one}" x2="${one}" y1="${first - 4}" y2="${bottom}" stroke="${theme.text}" stroke-dasharray="3 3"/>`,
		`<text x="${one}" y="${bottom + 10}" font-size="11" text-anchor="middle">1</text>`,
	].join('\n');
}

function drawBar({ label, value, goal, note, met }: Bar, y: number, theme: Theme): string {
	const colour = met === undefined ? theme.neutral : met ? theme.met : theme.missed;
	const isCut = value > MOST;
	const length = round(Math.max(1, Math.min(value, MOST) * ONE));
	const middle = y + ROW / 2;
	const end = LEFT + length;
	const edge = isCut
		? `<path d="M${end},${middle - THICK / 2} l10,${THICK / 2} l-10,${THICK / 2}z" fill="${colour}"/>`
		: '';
	const mark = goal === undefined ? '' : drawGoal(LEFT + round(goal * ONE), middle, theme);
	// Beyond the line at 1, so that it does not run through the words.
	const words = Math.max(end + (isCut ? 16 : 8), LEFT + ONE + 8, LEFT + (goal ?? 0) * ONE + 8);
	return [
		`<text x="${LEFT - 10}" y="${middle + 5}" text-anchor="end">${escape(label)}</text>`,
		`<rect x="${LEFT}" y="${middle - THICK / 2}" width="${length}" height="${THICK}" rx="2" fill="${colour}"/>${edge}${mark}`,
		`<text x="${round(words)}" y="${middle + 5}" font-size="12">${escape(note)}</text>`,
	].join('\n');
}

function drawGoal(x: number, middle: number, theme: Theme): string {
	return `<line x1="${x}" x2="${x}" y1="${middle - 12}" y2="${middle + 12}" stroke="${theme.text}" stroke-width="2"/>`;
}

function round(length: number): number {
	return Math.round(length * 10) / 10;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

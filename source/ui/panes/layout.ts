/** Which part of the screen is where: sizes in, rectangles out. Pure; nothing else decides about places. */
import type { ListName, Subject } from '../../monitor/messages.ts';
import type { Size } from '../state.ts';

/** What fills a rectangle. `proof` are the slots of the selected finding, `finding` is the worst one in a line, `brief` the ledger in short. */
export type Part =
	| ListName
	| 'detail'
	| 'facts'
	| 'charts'
	| 'node'
	| 'proof'
	| 'finding'
	| 'ledger'
	| 'brief'
	| 'help';

export interface Placement {
	part: Part;
	x: number;
	y: number;
	width: number;
	height: number;
}

/** One line with the title of the part under it. `tabs` names all lists. */
export interface TitleRule {
	part: Part;
	x: number;
	y: number;
	width: number;
	tabs: boolean;
}

export interface Layout {
	header: number;
	body: number;
	/** The line over the footer that says what whytop costs. */
	cost: number;
	footer: number;
	rules: TitleRule[];
	placements: Placement[];
}

export interface LayoutInput {
	size: Size;
	focus: ListName;
	fullscreen: boolean;
	detailOpen: boolean;
	/** A ledger fills the screen. */
	ledger: boolean;
	/** A proof fills the screen. */
	proof: boolean;
	/** What the detail is about; a pod's shows its containers too. */
	subject: Subject['kind'] | null;
	/** What whytop costs is shown. */
	cost: boolean;
	help: boolean;
	prompt: boolean;
	/** Something can be chosen from under the prompt. */
	choices: boolean;
	/** The header cannot be left out: it says what must be said. */
	warn: boolean;
}

/** From here on, lists stand side by side. */
const sideBySide = { columns: 100, rows: 32 } as const;
/** Lines of the body from which on the detail has room for the ledger in short: beside the facts, or below them. */
const withBrief = { beside: 26, below: 34 } as const;
const threeColumns = { columns: 180, rows: 36 } as const;

function clamp(value: number, low: number, high: number): number {
	return Math.round(Math.max(low, Math.min(high, value)));
}

function headerHeight({ columns, rows }: Size, warn: boolean): number {
	if (rows >= 30 && columns >= sideBySide.columns) {
		return 3;
	}

	if (rows >= 14) {
		return 2;
	}

	return rows >= 6 || warn ? 1 : 0;
}

/** Lines of the header and the footer; together with the body they are one line fewer than the screen has. */
export function layout(input: LayoutInput): Layout {
	const { size } = input;
	const height = Math.max(0, size.rows - 1);
	const wantedFooter = input.prompt ? (input.choices && size.rows >= 10 ? 2 : 1) : size.rows >= 5 ? 1 : 0;
	const footer = Math.min(height, wantedFooter);
	const header = Math.min(height - footer, headerHeight(size, input.warn));
	const cost = input.cost && size.rows >= 10 && size.columns > 0 ? 1 : 0;
	const result: Layout = { header, cost, footer, body: height - header - cost - footer, rules: [], placements: [] };
	if (size.columns <= 0 || result.body <= 0) {
		return { ...result, header: size.columns <= 0 ? 0 : header, footer: size.columns <= 0 ? 0 : footer, body: 0 };
	}

	if (input.help) {
		titled(result, 'help', { x: 0, y: 0, width: size.columns, height: result.body });
	} else if (input.ledger) {
		titled(result, 'ledger', { x: 0, y: 0, width: size.columns, height: result.body });
	} else if (input.proof) {
		titled(result, 'proof', { x: 0, y: 0, width: size.columns, height: result.body });
	} else if (input.detailOpen) {
		openDetail(result, input);
	} else if (input.fullscreen) {
		fullscreen(result, input);
	} else if (input.focus === 'processes') {
		// Their commands want the whole width.
		oneList(result, input);
	} else if (size.columns >= threeColumns.columns && size.rows >= threeColumns.rows) {
		inThreeColumns(result, input);
	} else if (size.columns >= sideBySide.columns && size.rows >= sideBySide.rows) {
		inTwoColumns(result, input);
	} else {
		oneList(result, input);
	}

	return result;
}

type Area = Omit<Placement, 'part'>;

/** A title rule and what is under it. */
function titled(layout: Layout, part: Part, area: Area, tabs = false): void {
	const { x, y, width, height } = area;
	if (height <= 0) {
		return;
	}

	if (height === 1) {
		layout.placements.push({ part, ...area });
		return;
	}

	layout.rules.push({ part, x, y, width, tabs });
	layout.placements.push({ part, x, y: y + 1, width, height: height - 1 });
}

/** Small screens, and processes: one list with tabs to the others; under it the detail, and the worst finding in a line. */
function oneList(layout: Layout, { size, focus }: LayoutInput): void {
	const width = size.columns;
	const { body } = layout;
	const onDiagnostics = focus === 'diagnostics';
	// A process has no detail of its own.
	const pinned = size.rows >= 18 && focus !== 'processes' ? clamp(body * 0.3, 6, 14) + 1 : 0;
	let below = 0;
	if (!onDiagnostics && size.rows >= 14) {
		below = size.rows >= 36 ? clamp(body * 0.12, 4, 8) + 1 : 1;
	}

	const list = body - pinned - below;
	titled(layout, focus, { x: 0, y: 0, width, height: list }, true);
	titled(layout, onDiagnostics ? 'proof' : 'detail', { x: 0, y: list, width, height: pinned });
	if (below > 1) {
		titled(layout, 'diagnostics', { x: 0, y: list + pinned, width, height: below });
	} else if (below === 1) {
		layout.placements.push({ part: 'finding', x: 0, y: list + pinned, width, height: 1 });
	}
}

/** 120×40: nodes │ pods over containers │ detail over diagnostics. */
function inTwoColumns(layout: Layout, { size, focus }: LayoutInput): void {
	const { body } = layout;
	const onDiagnostics = focus === 'diagnostics';
	const bottom = clamp(body * (onDiagnostics ? 0.34 : 0.17), 4, 24) + 1;
	const middle = clamp(body * 0.37, 8, 24) + 1;
	const top = body - bottom - middle;
	const left = clamp(size.columns * 0.32, 34, 46);
	titled(layout, 'nodes', { x: 0, y: 0, width: left, height: top });
	titled(layout, 'pods', { x: left + 1, y: 0, width: size.columns - left - 1, height: top });
	const containers = clamp(size.columns * 0.6, 58, 110);
	titled(layout, 'containers', { x: 0, y: top, width: containers, height: middle });
	titled(layout, 'detail', { x: containers + 1, y: top, width: size.columns - containers - 1, height: middle });
	diagnosticsAtBottom(layout, { x: 0, y: top + middle, width: size.columns, height: bottom }, onDiagnostics);
}

/** Diagnostics; when the keys go there, with the slots of the selected one under them. */
function diagnosticsAtBottom(layout: Layout, area: Area, withProof: boolean): void {
	const proof = withProof ? Math.min(9, Math.max(0, area.height - 4)) : 0;
	titled(layout, 'diagnostics', { ...area, height: area.height - proof });
	titled(layout, 'proof', { ...area, y: area.y + area.height - proof, height: proof });
}

/** 200×60: nodes │ pods │ containers over detail; diagnostics with their proof at the bottom. */
function inThreeColumns(layout: Layout, { size }: LayoutInput): void {
	const { body } = layout;
	const bottom = clamp(body * 0.2, 8, 16) + 1;
	const top = body - bottom;
	const left = clamp(size.columns * 0.2, 38, 56);
	const right = clamp(size.columns * 0.3, 56, 96);
	const middle = size.columns - left - right - 2;
	const node = top >= 30 ? 14 : 0;
	titled(layout, 'nodes', { x: 0, y: 0, width: left, height: top - node });
	titled(layout, 'node', { x: 0, y: top - node, width: left, height: node });
	titled(layout, 'pods', { x: left + 1, y: 0, width: middle, height: top });
	const containers = clamp(top * 0.22, 6, 14) + 1;
	const x = left + middle + 2;
	titled(layout, 'containers', { x, y: 0, width: right, height: containers });
	titled(layout, 'detail', { x, y: containers, width: right, height: top - containers });
	titled(layout, 'diagnostics', { x: 0, y: top, width: left + 1 + middle, height: bottom });
	titled(layout, 'proof', { x, y: top, width: right, height: bottom });
}

function fullscreen(layout: Layout, { size, focus }: LayoutInput): void {
	const { body } = layout;
	const proof = focus === 'diagnostics' && body >= 16 ? clamp(body * 0.4, 9, 16) : 0;
	titled(layout, focus, { x: 0, y: 0, width: size.columns, height: body - proof }, true);
	titled(layout, 'proof', { x: 0, y: body - proof, width: size.columns, height: proof });
}

/** The detail over the whole body: facts and, of a pod, its containers; charts beside them or under them, then the ledger in short. */
function openDetail(layout: Layout, { size, subject }: LayoutInput): void {
	const { body } = layout;
	const width = size.columns;
	if (width >= sideBySide.columns && body >= 12) {
		const left = clamp(width * 0.44, 50, 100);
		// Facts need a dozen lines; the containers get what is left.
		const containers = subject === 'pod' ? clamp(body - 13, body * 0.4, body) : 0;
		layout.rules.push({ part: 'facts', x: 0, y: 0, width: left, tabs: false });
		layout.placements.push({ part: 'facts', x: 0, y: 1, width: left, height: body - containers - 1 });
		titled(layout, 'containers', { x: 0, y: body - containers, width: left, height: containers });
		const charts = body >= withBrief.beside ? clamp(body * 0.42, 13, 26) : body;
		const right = { x: left + 1, width: width - left - 1 };
		titled(layout, 'charts', { ...right, y: 0, height: charts });
		titled(layout, 'brief', { ...right, y: charts, height: body - charts });
		return;
	}

	const containers = subject === 'pod' && body >= 20 ? clamp(body * 0.2, 4, 8) : 0;
	const brief = body >= withBrief.below ? clamp(body * 0.36, 12, 24) : 0;
	const charts = body >= 10 ? clamp((body - containers - brief) * 0.5, 6, 40) : 0;
	const below = containers + charts + brief;
	titled(layout, 'facts', { x: 0, y: 0, width, height: body - below });
	titled(layout, 'containers', { x: 0, y: body - below, width, height: containers });
	titled(layout, 'charts', { x: 0, y: body - charts - brief, width, height: charts });
	titled(layout, 'brief', { x: 0, y: body - brief, width, height: brief });
}

/** The rectangle of a part, if it is on screen. */
export function placementOf(layout: Layout, part: Part): Placement | undefined {
	return layout.placements.find((placement) => placement.part === part);
}

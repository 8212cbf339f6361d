/** What a tool counts, as brackets under the bar. The ends are the tool's own value, not where a slice ends. Pure. */
import type { Claim, Ledger, Slice, ToolId } from '../../../model/ledger.ts';
import { Readings } from '../../../model/reading.ts';
import { type Span, span } from '../../text/line.ts';
import type { Theme, Tone } from '../../theme.ts';
import { edgeOf, orderedSlices, type Scale, sliceValue, startOf } from './bar.ts';

type Counted = 'usage' | 'working-set' | 'anonymous' | 'less-cache' | 'mapped' | 'other';

/** What each tool counts of the slices of a container or a pod. */
const counted: Partial<Record<ToolId, Counted>> = {
	'kubectl-top-pod': 'working-set',
	'kubectl-top-node': 'working-set',
	hpa: 'working-set',
	'pod-cgroup': 'working-set',
	'docker-stats': 'working-set',
	'docker-stats-17.06': 'less-cache',
	'docker-stats-17.05': 'usage',
	'crictl-stats': 'working-set',
	'cadvisor-usage': 'usage',
	'raw-usage': 'usage',
	'prometheus-working-set': 'working-set',
	'prometheus-rss': 'anonymous',
	'top-in-container': 'mapped',
	'ps-in-container': 'mapped',
};

const cache: ReadonlySet<Slice['id']> = new Set(['shmem', 'activeFile', 'inactiveFile']);

/** By version it is one thing or another: what it was made of tells. */
function countedByPodman({ from }: Claim): Counted {
	const read = from.map(({ quantity }) => quantity).join(' ');
	const known: Readonly<Record<string, Counted>> = {
		usage: 'usage',
		anon: 'anonymous',
		workingSet: 'working-set',
		'usage inactiveFile': 'working-set',
	};
	return known[read] ?? 'other';
}

function countedBy(claim: Claim, ledger: Ledger): Counted {
	const isNode = ledger.claims.some(({ tool }) => tool === 'kubectl-top-node');
	// Of a node it is the sum of its pods, which is no part of the bar by kinds of pages.
	if (claim.tool === 'kubectl-top-pod' && isNode) {
		return 'other';
	}
	// cgroup v2 has no counter `cache` to subtract.
	if (claim.tool === 'docker-stats-17.06' && ledger.versions.cgroup === 'v2') {
		return 'usage';
	}
	return claim.tool === 'podman-stats' ? countedByPodman(claim) : (counted[claim.tool] ?? 'other');
}

/** The slices that a tool counts; none where it counts something else. */
export function countedSlices(claim: Claim, ledger: Ledger): Slice[] {
	const all = orderedSlices(ledger);
	switch (countedBy(claim, ledger)) {
		case 'usage':
			return all;
		case 'working-set':
			return all.filter(({ id }) => id !== 'inactiveFile');
		case 'anonymous':
			return all.filter(({ id }) => id === 'anon');
		case 'less-cache':
			return all.filter(({ id }) => !cache.has(id));
		default:
			return [];
	}
}

export interface Piece {
	from: number;
	to: number;
}

/** Pages that processes have mapped, each kind under its slice; undefined where more is mapped than is charged there. */
function mappedPieces(claim: Claim, ledger: Ledger): Piece[] | undefined {
	const readings = new Readings(ledger.readings);
	const kinds = [
		['anon', readings.value('residentAnon', 'proc'), sliceValue(ledger, 'anon')],
		['shmem', readings.value('residentShmem', 'proc'), sliceValue(ledger, 'shmem')],
		[
			'activeFile',
			readings.value('residentFile', 'proc'),
			sliceValue(ledger, 'activeFile') + sliceValue(ledger, 'inactiveFile'),
		],
	] as const;
	const sum = kinds.reduce((total, [, value]) => total + value, 0);
	if (sum !== claim.value || kinds.some(([, value, charged]) => value > charged)) {
		return undefined;
	}
	return kinds
		.filter(([, value]) => value > 0)
		.map(([id, value]) => ({ from: startOf(ledger, id), to: startOf(ledger, id) + value }));
}

/** The pieces of the bar that a tool's number covers, and whether it counts those slices or only has that size. */
export function piecesOf(claim: Claim, ledger: Ledger): { pieces: readonly Piece[]; loose: boolean } {
	const whole = [{ from: 0, to: claim.value }];
	switch (countedBy(claim, ledger)) {
		case 'mapped': {
			const pieces = mappedPieces(claim, ledger);
			return { pieces: pieces ?? whole, loose: pieces === undefined };
		}
		case 'other':
			return { pieces: whole, loose: true };
		default:
			return { pieces: whole, loose: false };
	}
}

function piece(length: number, isBeyond: boolean, loose: boolean, { glyphs }: Theme): string {
	const { beyond, end, line, loose: looseLine, start } = glyphs.bracket;
	const last = isBeyond ? beyond : end;
	return length < 2 ? last.repeat(length) : start + (loose ? looseLine : line).repeat(length - 2) + last;
}

/** The brackets of one claim on the bar's scale; less than half a cell is the end alone. */
export function bracketSpans(claim: Claim, ledger: Ledger, scale: Scale, tone: Tone, theme: Theme): Span[] {
	const { loose, pieces } = piecesOf(claim, ledger);
	let text = '';
	for (const { from, to } of pieces) {
		const start = Math.max(text.length, Math.min(scale.cells - 1, edgeOf(from, scale)));
		const end = Math.max(start + (to > from ? 1 : 0), edgeOf(to, scale));
		if (start < scale.cells) {
			text += ' '.repeat(start - text.length) + piece(end - start, to > scale.full, loose, theme);
		}
	}
	return [span(text.padEnd(scale.cells), tone)];
}

/** The rows of a ledger in words, before they are laid out: by the report as text, by the screen as a pane. */
import type { Bridge, Claim } from '../../model/ledger.ts';
import type { Versions } from '../../model/reading.ts';
import { bridgeTitles, needsMessages, reportWords, residualMessages, termNames, toolNames } from './ledger.ts';
import { thousands } from './thousands.ts';

/** `1,052,672`, `−4,096`. */
export function grouped(value: number): string {
	const rounded = Math.round(value);
	return `${rounded < 0 ? '−' : ''}${thousands(Math.abs(rounded))}`;
}

/** The same with its sign, whichever it is. */
export function signed(value: number): string {
	return Math.round(value) < 0 ? grouped(value) : `+${grouped(value)}`;
}

/** Whether a claim's formula is the one that runs here, and what decides it; '' if there is nothing to say. */
export function decidedWords({ decidedBy, live }: Pick<Claim, 'decidedBy' | 'live'>): string {
	if (live) {
		return decidedBy;
	}
	return decidedBy === '' ? reportWords.notLive : `${reportWords.notLive}: ${decidedBy}`;
}

/** `needs: exec into the container`; '' if nothing is missing. */
export function needsWords({ needs }: Pick<Claim, 'needs'>): string {
	return needs === '' ? '' : (needsMessages[needs] ?? needs);
}

/** The formula, whether it is the one that runs here, and what is missing. */
export function claimWords(claim: Claim): string {
	const decided = decidedWords(claim);
	const formula = `${claim.formula}${decided === '' ? '' : ` [${decided}]`}`;
	const needs = needsWords(claim);
	return needs === '' ? formula : `${needs} · ${formula}`;
}

/** `B1  kubectl top pod → docker stats`. */
export function bridgeName({ from, id, to }: Bridge): string {
	return `${id}  ${toolNames[from]} → ${toolNames[to]}`;
}

export function bridgeTitle(bridge: Bridge): string {
	const unit = bridge.of === 'memory' ? reportWords.bytes : reportWords.nanocores;
	return `${bridgeName(bridge)}, ${unit}: ${bridgeTitles[bridge.id]}`;
}

/** What the residual is made of: `closes exactly`, or its reasons. */
export function residualWords({ residual, residualFacts, residualReasons }: Bridge): string {
	return Math.round(residual) === 0
		? reportWords.closes
		: residualReasons.map((id) => residualMessages[id]?.(residualFacts) ?? id).join('; or ');
}

export interface BridgeRow {
	kind: 'from' | 'term' | 'residual' | 'to';
	number: string;
	name: string;
	/** Fields of a term, the reason of the residual. */
	detail: string;
}

/** The addition from one tool's number to the other's. */
export function bridgeRows(bridge: Bridge): BridgeRow[] {
	return [
		{ kind: 'from', number: grouped(bridge.source), name: toolNames[bridge.from], detail: '' },
		...bridge.terms.map(
			(term): BridgeRow => ({
				kind: 'term',
				number: signed(term.value),
				name: termNames[term.id] ?? term.id,
				detail: term.fields,
			}),
		),
		{
			kind: 'residual',
			number: signed(bridge.residual),
			name: reportWords.residual,
			detail: residualWords(bridge),
		},
		{ kind: 'to', number: grouped(bridge.target), name: toolNames[bridge.to], detail: '' },
	];
}

/** `cgroup v2`, `kubelet v1.36.3`, `containerd://2.1.0`, `Linux 6.1.0`: as far as they are known. */
export function versionWords({ cgroup, docker, kernel, kubelet, runtime }: Versions): string[] {
	return [
		cgroup && `cgroup ${cgroup}`,
		kubelet && `kubelet ${kubelet}`,
		runtime,
		docker && `docker ${docker}`,
		kernel && `Linux ${kernel}`,
	].filter((text) => text !== '');
}

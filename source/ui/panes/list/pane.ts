/** One list pane: its rows, or why there are none. Pure. */
import { paneText, things } from '../../../messages/en/panes.ts';
import type { ListName } from '../../../monitor/messages.ts';
import type { ScreenState } from '../../state.ts';
import { wrap } from '../../text/fit.ts';
import { line, type Span, span } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import { renderRows } from './view.ts';

/** What narrows the list, in words: ` in namespace web on node n03`. */
function where(state: ScreenState, list: ListName): string {
	const { cluster } = state;
	const { scope } = state.lists[list];
	const namespace = scope.namespace ?? cluster?.namespace ?? null;
	let text = '';
	if (list === 'pods' || list === 'containers') {
		text += namespace === null || scope.pod !== undefined ? '' : paneText.inNamespace(namespace);
		text += scope.node === undefined ? '' : paneText.onNode(scope.node);
		text += scope.pod === undefined ? '' : paneText.inPod;
	}

	if (list === 'processes') {
		text += scope.pod === undefined ? '' : scope.container === undefined ? paneText.inPod : paneText.inContainer;
	}

	if (list === 'pods' && cluster !== null) {
		text += cluster.labelSelector === '' ? '' : paneText.withLabels(cluster.labelSelector);
		text += cluster.fieldSelector === '' ? '' : paneText.withFields(cluster.fieldSelector);
	}

	return text;
}

/** Why a list shows no rows; containers come with the pods. */
function explanation(state: ScreenState, list: ListName): Span[] {
	const { answer, filter } = state.lists[list];
	const source = state.cluster?.sources.find(({ name }) => name === (list === 'containers' ? 'pods' : list));
	if (answer !== null && answer.filterError !== '') {
		return [span(paneText.filterError(filter, answer.filterError), 'warning')];
	}

	if (source?.state === 'forbidden') {
		return [span(paneText.forbidden(source.name), 'warning'), span(source.error, 'dim')];
	}

	if (source?.state === 'failing' && (answer === null || answer.total === 0)) {
		return [span(paneText.failing(source.name), 'error'), span(source.error, 'dim')];
	}

	if (answer === null || answer.loading) {
		const some = answer !== null && answer.total > 0;
		return [span(some ? paneText.loadingSome(answer.total) : paneText.loading, 'dim')];
	}

	if (answer.total > 0) {
		return [span(paneText.noRow(filter, answer.total, things[list]), 'dim')];
	}

	return list === 'diagnostics'
		? [span(paneText.noFindings, 'good')]
		: [span(paneText.none(things[list], where(state, list)), 'dim')];
}

/** Exactly `height` lines of exactly `width` cells. */
export function listPane(
	state: ScreenState,
	list: ListName,
	place: { width: number; height: number },
	theme: Theme,
): string[] {
	const { answer } = state.lists[list];
	if (answer !== null && answer.matched > 0 && answer.filterError === '') {
		return renderRows(state, answer, place, theme);
	}

	const { width, height } = place;
	const lines: string[] = [];
	for (const { text, tone } of explanation(state, list)) {
		for (const part of wrap(text, Math.max(1, width - 4))) {
			lines.push(line([span('   '), span(part, tone)], width, theme));
		}
	}

	if (height > lines.length + 1) {
		lines.unshift(' '.repeat(width));
	}

	while (lines.length < height) {
		lines.push(' '.repeat(width));
	}

	return lines.slice(0, height);
}

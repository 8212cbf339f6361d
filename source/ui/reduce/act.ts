/** What each command does to the state. */
import { depthText, screenText } from '../../messages/en/ledger-screen.ts';
import { firstCommand, proofText } from '../../messages/en/proof.ts';
import * as text from '../../messages/en/screen.ts';
import type { Finding } from '../../model/finding.ts';
import type { ListName, ToHost } from '../../monitor/messages.ts';
import type { Command } from '../keymap.ts';
import type { Prompt } from '../state.ts';
import { type CommandLine, parseCommand } from './command-line.ts';
import { type Motion, moved, stepOf } from './cursor.ts';
import { explained, folded, foldedAll, hasInside, scrolledLedger } from './ledger.ts';
import { allContainers, allProcesses, canOpen, focused, openedRow, wentBack } from './navigate.ts';
import { cancelled, chosen, completed, editedPrompt, everyNamespace, filtered, opened } from './prompt.ts';
import { openedMissing, openedProof, provedFinding, scrolledProof } from './proof.ts';
import { freezeToggled } from './receive.ts';
import {
	isFrozen,
	type Layout,
	listNames,
	type Reduction,
	rowUnderCursor,
	type Session,
	unmeasured,
	withList,
} from './session.ts';
import { columnOfKey, columnTitle, type SortKey, sortedBy } from './sorting.ts';

function result(state: Session, ...send: ToHost[]): Reduction {
	return { state, send, leave: null };
}

function move(state: Session, motion: Motion, layout: Layout): Session {
	const { focus } = state;
	const height = layout.visibleWindow(state, focus);
	// Where all rows are written again anyway, that is done once for many steps.
	const stride = layout.sharesLines(state, focus) ? Math.max(1, Math.floor(height / 3)) : 1;
	return withList(state, focus, moved(state.lists[focus], motion, height, stride));
}

function scrollHelp(state: Session, motion: Motion, layout: Layout): Session {
	const page = Math.max(1, state.size.rows - 4);
	const top = Math.max(0, Math.min(layout.helpEnd(state), state.help.top + stepOf(motion, page, Math.ceil(page / 2))));
	return { ...state, help: { ...state.help, top } };
}

function sort(state: Session, column: string): Session {
	const list = state.lists[state.focus];
	const sorted = sortedBy(column, list.sort);
	const top = list.pinned ? { cursor: null, cursorIndex: 0, top: 0 } : {};
	const notice = text.sortedBy(columnTitle(state.focus, column), sorted.descending);
	return { ...withList(state, state.focus, { sort: sorted, ...top }), notice };
}

function sortByKey(state: Session, key: SortKey): Session {
	const column = columnOfKey(state.focus, key);
	return column === null ? state : sort(state, column);
}

function follow(state: Session, namespace: string | null): Reduction {
	const { cluster } = state;
	if (cluster?.namespaceOnly === true && namespace !== cluster.namespace) {
		return result({ ...state, notice: text.onlyNamespace(cluster.namespace ?? '') });
	}
	let next = state;
	for (const list of ['pods', 'containers'] as const) {
		// Asked anew: the rows of another namespace are awaited, and those of the one before are not shown as its.
		next = withList(next, list, { cursor: null, cursorIndex: 0, top: 0, pinned: true, asked: null });
	}
	return result(next, { type: 'namespace', namespace });
}

/** The whole list, whatever it was narrowed to. */
function listed(state: Session, list: ListName): Session {
	switch (list) {
		case 'containers':
			return allContainers(state);
		case 'processes':
			return allProcesses(state);
		default:
			return focused(state, list);
	}
}

function runCommand(state: Session, line: CommandLine): Reduction {
	switch (line.command) {
		case 'nothing':
			return result(state);
		case 'quit':
			return { ...result(state), leave: 'quit' };
		case 'help':
			return result({ ...state, help: { open: true, top: 0 } });
		case 'unknown':
			return result({ ...state, notice: text.unknownCommand(line.text) });
		case 'namespace-missing':
			return result({ ...state, notice: text.namespaceWanted });
		case 'namespace':
			return follow(state, line.namespace);
		case 'list': {
			const there = listed(state, line.list);
			const shown = line.filter === null ? there : filtered(there, line.filter);
			const { state: next, send } = line.namespace === undefined ? result(shown) : follow(shown, line.namespace);
			const select: ToHost[] = line.selector === null ? [] : [{ type: 'selector', labelSelector: line.selector }];
			return result(next, ...send, ...select);
		}
	}
}

/** The command that was typed, that was chosen instead, or that what was typed may have been the beginning of. */
function commandMeant({ text: typed, choices, selected }: Prompt): CommandLine {
	const choice = choices[selected];
	const line = parseCommand(typed);
	return choice !== undefined && (selected > 0 || line.command === 'unknown') ? parseCommand(choice) : line;
}

/** The column that is sorted by can be chosen too: that changes nothing. */
function sortChosen(state: Session, choice: string | undefined, typed: string): Session {
	if (choice === undefined) {
		return { ...state, notice: text.noColumn(typed) };
	}
	return choice === state.lists[state.focus].sort.column ? state : sort(state, choice);
}

function accept(state: Session): Reduction {
	const { prompt } = state;
	const closed: Session = { ...state, prompt: null };
	const choice = prompt?.choices[prompt.selected];
	switch (prompt?.kind) {
		case undefined:
		case 'filter':
			return result(closed);
		case 'command':
			return runCommand(closed, commandMeant(prompt));
		case 'namespace': {
			const typed = prompt.text.trim();
			const name = typed !== '' && (choice === undefined || state.namespaces.includes(typed)) ? typed : choice;
			return name === undefined ? result(closed) : follow(closed, name === everyNamespace ? null : name);
		}
		case 'sort':
			return result(sortChosen(closed, choice, prompt.text));
	}
}

/** A step through the choices; under a filter, which has none, through the rows. */
function choose(state: Session, step: 1 | -1, layout: Layout): Session {
	return state.prompt?.kind === 'filter' ? move(state, step === 1 ? 'down' : 'up', layout) : chosen(state, step);
}

/** Nothing is ever started in a container but by this key. */
function readInside(state: Session): Reduction {
	if (hasInside(state)) {
		return result({ ...state, notice: screenText.readingInside }, { type: 'inside' });
	}
	const isHere = (state.cluster?.local ?? null) !== null;
	return result({ ...state, notice: isHere ? screenText.readHere : depthText.noInside });
}

function nextPane(state: Session, step: number): Session {
	// Processes take the whole body, and Enter leads to them: they are none of the panes that stand side by side.
	const names = listNames.filter((list) => list !== 'processes' || list === state.focus);
	const index = names.indexOf(state.focus) + step + names.length;
	return focused(state, names[index % names.length] ?? state.focus);
}

function open(state: Session): Session {
	// The row is still on its way: Enter waits for it, and what is typed after Enter waits in line.
	return canOpen(state.lists[state.focus]) ? openedRow(state) : { ...state, typedAhead: ['enter'] };
}

function explain(state: Session): Session {
	if (!canOpen(state.lists[state.focus])) {
		return { ...state, typedAhead: ['x'] };
	}
	return state.focus === 'diagnostics' ? openedProof(state) : (openedMissing(state) ?? explained(state));
}

function copy(state: Session): Reduction {
	const row = state.focus === 'diagnostics' ? rowUnderCursor(state.lists.diagnostics) : undefined;
	const finding = state.proof === null ? (row as Finding | undefined) : provedFinding(state);
	if (finding === undefined) {
		return result({ ...state, notice: state.proof === null ? proofText.nothingToCopy : proofText.noCommand });
	}
	const command = firstCommand(finding);
	return command === ''
		? result({ ...state, notice: proofText.noCommand })
		: { ...result({ ...state, notice: proofText.copied(command) }), copy: command };
}

/** Whether a cursor key moves the cursor of a list, or goes through the ledger or the help sheet over it. */
function scroll(state: Session, motion: Motion, layout: Layout): Session {
	if (state.help.open) {
		return scrollHelp(state, motion, layout);
	}
	if (state.explained !== null) {
		return scrolledLedger(state, motion, layout);
	}
	return state.proof === null ? move(state, motion, layout) : scrolledProof(state, motion, layout);
}

/** The state after a command, and what follows from it. */
export function act(state: Session, command: Command, layout: Layout): Reduction {
	switch (command) {
		case 'up':
		case 'down':
		case 'top':
		case 'bottom':
		case 'pageUp':
		case 'pageDown':
		case 'halfPageUp':
		case 'halfPageDown':
			return result(scroll(state, command, layout));
		case 'open':
			return result(open(state));
		case 'back':
			return result(wentBack(state, false) ?? state);
		case 'detail':
			return result({ ...state, detailOpen: !state.detailOpen });
		case 'explain':
			return result(explain(state));
		case 'unfold':
			return result(folded(state, 'toggle', layout));
		case 'fold':
			return result(folded(state, 'fold', layout));
		case 'unfoldAll':
			return result(foldedAll(state, layout));
		case 'inside':
			return readInside(state);
		case 'closeLedger':
			return result({ ...state, explained: null });
		case 'copy':
			return copy(state);
		case 'closeProof':
			return result({ ...state, proof: null });
		case 'ledgerOfProof': {
			const closed = { ...state, proof: null };
			return result(state.proof?.missing === null ? closed : explained(closed));
		}
		case 'nextPane':
			return result(nextPane(state, 1));
		case 'previousPane':
			return result(nextPane(state, -1));
		case 'nodes':
		case 'pods':
		case 'containers':
		case 'diagnostics':
			return result(focused(state, command satisfies ListName));
		case 'processes':
			return result(allProcesses(state));
		case 'fullscreen':
			return result({ ...state, fullscreen: !state.fullscreen });
		case 'wide':
			return result({ ...state, wide: !state.wide });
		case 'filter':
			return result(opened(state, 'filter'));
		case 'command':
			return result(opened(state, 'command'), { type: 'namespaces' });
		case 'namespace':
			return result(opened(state, 'namespace'), { type: 'namespaces' });
		case 'allNamespaces':
			return follow(state, null);
		case 'sort':
			return result(opened(state, 'sort'));
		case 'invert':
			return result(sort(state, state.lists[state.focus].sort.column));
		case 'sortByCpu':
		case 'sortByMemory':
		case 'sortByName':
		case 'sortByAge':
			return result(sortByKey(state, command));
		case 'freeze': {
			const next = freezeToggled(state, layout);
			return result({ ...next, notice: isFrozen(next) ? text.frozen : text.live });
		}
		case 'refresh':
			return result({ ...state, notice: text.askedAgain }, { type: 'refresh' });
		case 'cost':
			return result({ ...state, cost: state.cost === null ? unmeasured : null });
		case 'help':
			return result({ ...state, help: { open: true, top: 0 } });
		case 'closeHelp':
			return result({ ...state, help: { open: false, top: 0 } });
		case 'quit': {
			const back = wentBack(state, true);
			return back === null ? { ...result(state), leave: 'quit' } : result(back);
		}
		case 'quitNow':
			return { ...result(state), leave: 'quit' };
		case 'suspend':
			return { ...result(state), leave: 'suspend' };
		case 'edit':
			return result({ ...state, notice: text.readsOnly('e', text.meanings.edit) });
		case 'kill':
			return result({ ...state, notice: text.readsOnly('ctrl-k', text.meanings.kill) });
		case 'accept':
			return accept(state);
		case 'cancel':
			return result(cancelled(state));
		case 'complete':
			return result(completed(state));
		case 'choosePrevious':
			return result(choose(state, -1, layout));
		case 'chooseNext':
			return result(choose(state, 1, layout));
		case 'left':
		case 'right':
		case 'start':
		case 'end':
		case 'deleteBack':
		case 'deleteForward':
		case 'deleteWord':
		case 'deleteToStart':
		case 'deleteToEnd':
			return result(editedPrompt(state, command));
	}
}

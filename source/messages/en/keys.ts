/** What each key does: `title` in the help sheet and the documentation, `hint` in the key line at the bottom. */
export interface CommandText {
	title: string;
	hint: string;
}

const text = (title: string, hint: string): CommandText => ({ title, hint });

export const commandTexts = {
	up: text('one row up', 'up'),
	down: text('one row down', 'down'),
	top: text('first row', 'top'),
	bottom: text('last row', 'bottom'),
	pageUp: text('one page up', 'page up'),
	pageDown: text('one page down', 'page down'),
	halfPageUp: text('half a page up', 'half up'),
	halfPageDown: text('half a page down', 'half down'),
	open: text('open: node → its pods → their containers → one in detail (of this machine: its processes)', 'open'),
	back: text('back: close, clear the filter, or where Enter came from', 'back'),
	detail: text('detail of the row under the cursor', 'detail'),
	explain: text(
		'the ledger: why every tool shows another number of it; where there is no number (∅), or of a finding: its proof',
		'explain',
	),
	unfold: text('how a number came about, or the way from one to the other', 'unfold'),
	fold: text('fold it again', 'fold'),
	unfoldAll: text('unfold all, or fold all', 'all'),
	inside: text(
		'read inside the container: start its shell or cat there, as kubectl exec does',
		'read inside the container (exec)',
	),
	closeLedger: text('back to where the ledger was opened', 'back'),
	copy: text('copy the first command of the finding (to the terminal’s clipboard, by OSC 52)', 'copy command'),
	closeProof: text('back to where the proof was opened', 'back'),
	ledgerOfProof: text('the ledger, for what other sources know of it; of a finding: back', 'ledger'),
	nextPane: text('next pane', 'pane'),
	previousPane: text('previous pane', 'pane back'),
	nodes: text('nodes', 'nodes'),
	pods: text('pods', 'pods'),
	containers: text('containers', 'containers'),
	diagnostics: text('diagnostics', 'diagnostics'),
	processes: text('processes of this machine', 'processes'),
	fullscreen: text('the pane fills the screen, or shares it again', 'full'),
	wide: text('more columns, or fewer', 'wide'),
	filter: text('filter the rows', 'filter'),
	command: text('command: nodes, pods, containers, processes, diagnostics, ns NAME, q', 'command'),
	namespace: text('choose a namespace', 'namespace'),
	allNamespaces: text('all namespaces', 'all ns'),
	sort: text('choose the column to sort by', 'sort'),
	invert: text('the other way round', 'invert'),
	sortByCpu: text('sort by CPU', 'by CPU'),
	sortByMemory: text('sort by memory', 'by memory'),
	sortByName: text('sort by name', 'by name'),
	sortByAge: text('sort by age', 'by age'),
	freeze: text('freeze the screen, or go on', 'freeze'),
	refresh: text('ask the cluster again now', 'refresh'),
	cost: text('what whytop itself costs, in a line over the keys', 'cost'),
	help: text('these keys', 'keys'),
	closeHelp: text('close the keys', 'close'),
	quit: text('back, or quit where there is nothing to go back to', 'quit'),
	quitNow: text('quit', 'quit'),
	suspend: text('stop and give the terminal back; the shell’s fg goes on', 'suspend'),
	edit: text('nothing: whytop only reads', ''),
	kill: text('nothing: whytop only reads', ''),
	accept: text('take it', 'take'),
	cancel: text('leave it as it was', 'cancel'),
	complete: text('complete to the chosen one', 'complete'),
	choosePrevious: text('previous choice; under a filter: one row up', 'previous'),
	chooseNext: text('next choice; under a filter: one row down', 'next'),
	left: text('one character to the left', 'left'),
	right: text('one character to the right', 'right'),
	start: text('to the start', 'start'),
	end: text('to the end', 'end'),
	deleteBack: text('delete the character before', 'delete'),
	deleteForward: text('delete the character under the cursor', 'delete'),
	deleteWord: text('delete the word before', 'delete word'),
	deleteToStart: text('delete all before', 'delete all'),
	deleteToEnd: text('delete all after', 'delete rest'),
};

/** In the key line, where `x` leads to a proof. */
export const explainHints = { finding: 'proof', missing: 'why no sample' } as const;

export const helpGroupTitles = {
	move: 'Move',
	panes: 'Panes',
	ledger: 'In the ledger',
	proof: 'Findings',
	choose: 'Filter and sort',
	time: 'Time',
	leave: 'Help and leave',
	typing: 'While typing',
};

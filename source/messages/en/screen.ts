/** What the screen itself says, apart from its panes and keys. */

/** The last words after a fault of our own. `report` is the file that tells more, null if it could not be written. */
export function crashed(message: string, report: string | null): string {
	const where =
		report === null
			? 'The report could not be written to the temporary folder.'
			: `The report is in ${report}; please attach it to an issue.`;
	return `whytop has a fault and had to stop: ${message}\n${where}\n`;
}

/** Keys that change something in other monitors. */
export function readsOnly(key: string, meaning: string): string {
	return `${key} ${meaning} elsewhere; whytop only reads`;
}

export const meanings = { edit: 'edits', kill: 'kills' } as const;

export const askedAgain = 'asking everything again';
export const sortedBy = (column: string, descending: boolean): string =>
	`sorted by ${column}, ${descending ? 'highest first' : 'lowest first'}`;
export const onlyNamespace = (namespace: string): string => `you may see only namespace ${namespace}`;
export const unknownCommand = (text: string): string => `no command :${text}`;
export const namespaceWanted = 'type a namespace after :ns';
export const noColumn = (text: string): string => `no column matches ${text}`;
export const notThereYet = 'its row has not arrived yet';
export const nothingHere = 'nothing here to open';
export const processesOfThisMachine = 'processes can be seen of this machine only: whytop --local';
export const frozen = 'frozen: new data waits until you press Z again';
export const live = 'live again';

/** What stands before the text that is being typed. */
export const promptLabels = {
	filter: '/',
	command: ':',
	namespace: 'namespace: ',
	sort: 'sort by: ',
} as const;

export const allNamespaces = 'all namespaces';
export const noMatch = 'no match';

/** The first line, while the screen is loaded. */
export function starting(program: string): string {
	return ` ${program} starts...`;
}

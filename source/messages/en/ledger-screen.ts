/** What the ledger says on the screen, beside what it says everywhere (`ledger.ts`). */

/** What the data host says of a subject that it cannot read. */
export const depthText = {
	gone: 'It is gone: deleted, or no longer in what is followed.',
	noInside: 'Only containers have an inside that can be read: ask a pod or a container.',
} as const;

export const screenText = {
	ledger: 'Ledger',
	whole: 'x the whole ledger',
	reading: 'reading…',
	usage: 'usage',
	request: 'request',
	limit: 'limit',
	allocatable: 'allocatable',
	asPrinted: 'as each tool prints it',
	ways: { memory: 'MEMORY, FROM ONE NUMBER TO THE OTHER', cpu: 'CPU, FROM ONE NUMBER TO THE OTHER' },
	waysNote: { memory: 'in bytes', cpu: 'in nanocores' },
	history: 'HISTORY',
	unread: 'Not read',
	notRead: (count: number) => `${count} not read`,
	every: (time: string) => `read every ${time}`,
	formula: 'formula',
	decidedBy: 'by',
	needs: 'needs',
	needsExec: 'needs: a look inside (ctrl-x)',
	readingInside: 'reading inside: a shell or cat is started in the container',
	readHere: 'of this machine all is read without starting anything',
	exactly: 'exactly',
	counts: 'counts',
	readFrom: 'read from',
	/** @param window '' of what is true at a moment */
	read: (age: string, window: string) => (window === '' ? `, ${age} ago` : `, ${age} ago, over ${window}`),
	more: (count: number) => `and ${count} more`,
	residual: (amount: string, why: string) => `residual ${amount}: ${why}`,
	nothingToExplain: 'nothing here to explain',
} as const;

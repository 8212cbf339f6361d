/** What the ledger says on the screen, beside what it says everywhere (`ledger.ts`). */

/** What the data host says of a subject that it cannot read. */
export const depthText = {
	gone: 'It is gone: deleted, or no longer in what is followed.',
} as const;

/** What a process that ended has written to its standard error, in one line. Pure. */

/** As Node prints an error, its causes and fields indented under it: `TypeError: …`, `Error [ERR_SOME_CODE]: …`; and V8. */
const error = /^(?:FATAL ERROR|[\w.]*(?:Error|Exception)\b[^:]*): ./;

/** What Node adds under an error that nobody caught, its stack, and blank lines. */
const besides = /^(?:Node\.js v\d|\(Use `node |\s|$)/;

/** The line that says why: that of the last error; without one, the last line that Node does not add by itself. */
export function lineOfComplaint(complaint: string): string {
	const lines = complaint.split('\n');
	return (lines.findLast((line) => error.test(line)) ?? lines.findLast((line) => !besides.test(line)) ?? '').trim();
}

/** What we are called: kubectl calls its plugin by the name of a file. Of the script that Node runs. */
export function programName(script = ''): string {
	return /(?:^|[\\/])kubectl-[^\\/]*$/.test(script) ? 'kubectl whytop' : 'whytop';
}

/** Commands for kubectl that reach the cluster that is looked at, as the one who looks. */

/** Where a command begins in a line; a plugin takes no flags before its name. */
const kubectl = /(?<=^|[|(&;] ?)kubectl (?!krew |oidc-login )/g;

/** The line with the flags that kubectl needs for it; as it is, where they are ''. */
export function withKubectlFlags(line: string, flags: string): string {
	return flags === '' ? line : line.replace(kubectl, () => `kubectl ${flags} `);
}

/**
 * What a container's own shell is asked to run: it reads lines of file names (and patterns) from its standard input, and
 * on `go` prints those that are there. It ends with its input, so that nothing is left behind when the connection breaks.
 *
 * Written for every POSIX shell: dash, busybox, bash and their kin. One cat prints all files of a round, so that they
 * are of one moment; /proc/version, which no other file begins with, stands between them. Without a cat the shell reads
 * line by line. bash would move its place in the file for that, and the kernel write the file anew: it reads whole files.
 *
 * A round: `MARK PID`, the names, `MARK`, the texts with /proc/version around each, `MARK`.
 */
export function shellScript(mark: string): string {
	return `export LC_ALL=C
if ! command -v cat >/dev/null 2>&1; then
cat() {
for f do
if [ -n "$BASH_VERSION" ]; then
text=
IFS= read -r -d '' text <"$f"
printf '%s' "$text"
else
while IFS= read -r text; do printf '%s\\n' "$text"; done <"$f"
fi
done
}
fi
set --
while IFS= read -r line; do
case $line in
go)
printf '%s %s\\n' ${mark} $$
for f do
[ "$f" = /proc/version ] || printf '%s\\n' "$f"
done
printf '%s\\n' ${mark}
cat "$@" /proc/version
printf '%s\\n' ${mark}
set --
;;
end) exit 0 ;;
*)
for f in $line; do
if [ -e "$f" ]; then set -- "$@" /proc/version "$f"; fi
done
;;
esac
done
`;
}

/** What stands between two files, itself one that every Linux has. */
export const separatorFile = '/proc/version';

export interface Round {
	/** The process that read them. */
	reader: number;
	/** By path; a file that could not be read has ''. */
	texts: ReadonlyMap<string, string>;
	/** How many bytes of the output it took. */
	length: number;
}

/** The first whole round of the output; null if it is not whole yet, undefined if it is none. */
export function readRound(output: Buffer, mark: string): Round | null | undefined {
	const end = Buffer.from(`\n${mark}\n`);
	const namesEnd = output.indexOf(end);
	const textsEnd = namesEnd < 0 ? -1 : output.indexOf(end, namesEnd + end.length - 1);
	if (textsEnd < 0) {
		return null;
	}
	const [head = '', ...names] = output.subarray(0, namesEnd).toString().split('\n');
	const body = output.subarray(namesEnd + end.length, textsEnd + 1).toString();
	const texts = splitTexts(body, names);
	const reader = head.startsWith(`${mark} `) ? Number(head.slice(mark.length + 1)) : Number.NaN;
	if (texts === undefined || !Number.isSafeInteger(reader)) {
		return undefined;
	}
	return { reader, texts, length: textsEnd + end.length };
}

/** The separator's text, and those between the separators by name; undefined if there are not as many. */
export function splitTexts(body: string, names: readonly string[]): ReadonlyMap<string, string> | undefined {
	const separator = body.slice(0, body.indexOf('\n') + 1);
	if (separator === '') {
		return undefined;
	}
	const [before, ...texts] = body.split(separator);
	const after = texts.pop();
	if (before !== '' || after !== '' || texts.length !== names.length) {
		return undefined;
	}
	return new Map([[separatorFile, separator], ...names.map((name, index) => [name, texts[index] ?? ''] as const)]);
}

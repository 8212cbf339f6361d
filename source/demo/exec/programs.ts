/** The programs that a container of the demo has besides its own: cat, or none at all. */

export interface Ended {
	stdout: string;
	stderr: string;
	exitCode: number;
}

const cat = /^(?:\/usr)?(?:\/bin\/)?cat$/;

/** Whether there is such a program. @param bare of an image that has nothing but what it is for */
export function hasProgram(program: string, bare: boolean): boolean {
	return !bare && cat.test(program);
}

/** Why a runtime could not start a program, in the words of containerd and runc. @param id of the attempt */
export function noSuchProgram(program: string, id: string): string {
	const why = program.includes('/')
		? `stat ${program}: no such file or directory`
		: 'executable file not found in $PATH';
	return `failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": ${why}: unknown`;
}

/** Prints files one after the other, and says which are not there. Without any it prints its standard input, which is empty. */
export function runCat(paths: readonly string[], files: ReadonlyMap<string, string>): Ended {
	const ended: Ended = { stdout: '', stderr: '', exitCode: 0 };
	for (const path of paths) {
		const text = files.get(path);
		if (text !== undefined) {
			ended.stdout += text;
			continue;
		}
		const isFolder = [...files.keys()].some((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));
		ended.stderr += `cat: ${path}: ${isFolder ? 'Is a directory' : 'No such file or directory'}\n`;
		ended.exitCode = 1;
	}
	return ended;
}

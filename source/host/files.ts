/**
 * Small files of the kernel (procfs, cgroupfs, sysfs), read whole. What cannot be read is an answer too: processes
 * and cgroups vanish between two reads, and some files are for root only.
 */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';

/** Why there is no text. */
export type Absence =
	/** No such file: an older kernel, a controller that is not there, or the cgroup or process is gone. */
	| 'no-file'
	| 'no-permission'
	/** It was there when it was opened, and went while it was read. */
	| 'gone'
	/** The kernel has the file and does not answer: cgroup.procs of a threaded cgroup, PSI that is off. */
	| 'not-supported'
	/** A folder, a pipe, a device. */
	| 'not-a-file'
	| 'unreadable';

export interface FileText {
	/** '' if there is none. */
	text: string;
	/** '' if it could be read. */
	absence: Absence | '';
}

/** The files that are read are far smaller; a longer one is cut off, and its last line is then not whole. */
const largestFile = 4 * 2 ** 20;
const chunkSize = 16 * 2 ** 10;

/** A pipe under a foreign root must not hold the program up. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

const absences: Readonly<Record<string, Absence>> = {
	ENOENT: 'no-file',
	ENOTDIR: 'no-file',
	ENAMETOOLONG: 'no-file',
	EACCES: 'no-permission',
	EPERM: 'no-permission',
	ESRCH: 'gone',
	ENODEV: 'gone',
	EOPNOTSUPP: 'not-supported',
	ENOTSUP: 'not-supported',
	EINVAL: 'not-supported',
	EISDIR: 'not-a-file',
};

/** What an error of the file system means for the reader. */
export function absenceOf(error: unknown): Absence {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return absences[code] ?? 'unreadable';
}

/** Reads a file of the kernel. Never throws. */
export async function readText(path: string): Promise<FileText> {
	let file: FileHandle | undefined;
	try {
		file = await open(path, flags);
		if (!(await file.stat()).isFile()) {
			return { text: '', absence: 'not-a-file' };
		}
		const chunks: Buffer[] = [];
		for (let length = 0; length < largestFile; ) {
			const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkSize), 0, chunkSize, null);
			if (bytesRead === 0) {
				break;
			}
			chunks.push(buffer.subarray(0, bytesRead));
			length += bytesRead;
		}
		return { text: Buffer.concat(chunks).toString(), absence: '' };
	} catch (error) {
		return { text: '', absence: absenceOf(error) };
	} finally {
		await file?.close();
	}
}

/** Holds what is read at once until it is text: nothing else can run meanwhile. */
const scratch = Buffer.allocUnsafeSlow(64 * 2 ** 10);

/**
 * The same at once, for the few files of one cgroup that have to be of one moment: some 10 µs each, where going through
 * the thread pool would let other work come between them. Never throws.
 */
export function readTextNow(path: string): FileText {
	let file = -1;
	try {
		file = openSync(path, flags);
		if (!fstatSync(file).isFile()) {
			return { text: '', absence: 'not-a-file' };
		}
		const full: Buffer[] = [];
		let length = 0;
		while (full.length * scratch.length + length < largestFile) {
			const bytesRead = readSync(file, scratch, length, scratch.length - length, null);
			if (bytesRead === 0) {
				break;
			}
			length += bytesRead;
			if (length === scratch.length) {
				full.push(Buffer.from(scratch));
				length = 0;
			}
		}
		const rest = scratch.subarray(0, length);
		return { text: (full.length === 0 ? rest : Buffer.concat([...full, rest])).toString(), absence: '' };
	} catch (error) {
		return { text: '', absence: absenceOf(error) };
	} finally {
		if (file >= 0) {
			closeSync(file);
		}
	}
}

/** Whether there is such a folder. Never throws. */
export function folderExists(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Names of the folders in a folder, not following links; none if it cannot be read. Never throws. */
export async function folderNames(path: string): Promise<readonly string[]> {
	try {
		const entries = await readdir(path, { withFileTypes: true });
		return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
	} catch {
		return [];
	}
}

/** What the kernel says about itself, as far as it decides what the numbers mean. */
import { readdir, readFile } from 'node:fs/promises';
import { under } from './cgroup/mounts.ts';
import { readText } from './files.ts';

/** `6.12.48+deb13-amd64`, '' if it cannot be read. */
export async function kernelVersion(root = '/'): Promise<string> {
	const release = (await readText(under(root, '/proc/sys/kernel/osrelease'))).text.trim();
	if (release !== '') {
		return release;
	}
	return /^Linux version (\S+)/.exec((await readText(under(root, '/proc/version'))).text)?.[1] ?? '';
}

/** A name that the kernel made for itself when it started, '' if it cannot be read: a node's status tells the same. */
export async function bootId(root = '/'): Promise<string> {
	return (await readText(under(root, '/proc/sys/kernel/random/boot_id'))).text.trim();
}

/**
 * Whether the multi-generational LRU is on (/sys/kernel/mm/lru_gen/enabled, Documentation/admin-guide/mm/multigen_lru.rst:
 * a bit mask, the lowest bit is the main switch). A kernel without it has no such file. Null if that cannot be told.
 */
export async function multiGenerationalLru(root = '/'): Promise<boolean | null> {
	const folder = under(root, '/sys/kernel/mm');
	const { text, absence } = await readText(`${folder}/lru_gen/enabled`);
	if (absence === 'no-file') {
		const known = await readdir(folder).catch((): string[] => []);
		return known.length > 0 && !known.includes('lru_gen') ? false : null;
	}
	return absence === '' ? isMultiGenerational(text) : null;
}

/** What lru_gen/enabled says; null if it is no mask. */
export function isMultiGenerational(text: string): boolean | null {
	const mask = /^(?:0x)?([0-9a-f]+)\s*$/i.exec(text)?.[1];
	return mask === undefined ? null : (Number.parseInt(mask, 16) & 1) === 1;
}

/** AT_PAGESZ of getauxval(3). */
const pageSizeKey = 6n;

/** Bytes of a page, which /proc/PID/stat counts memory in: what the kernel told this process when it began. */
export async function pageSize(): Promise<number> {
	const vector = await readFile('/proc/self/auxv').catch(() => Buffer.alloc(0));
	for (let at = 0; at + 16 <= vector.length; at += 16) {
		if (vector.readBigUInt64LE(at) === pageSizeKey) {
			return Number(vector.readBigUInt64LE(at + 8));
		}
	}
	return 4096;
}

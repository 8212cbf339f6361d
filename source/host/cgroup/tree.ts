/** The cgroups of a machine, from the root downwards. */
import { lstatSync, readdirSync } from 'node:fs';
import { folderNames } from '../files.ts';
import { type CgroupMounts, type Hierarchy, mainHierarchy } from './mounts.ts';
import { cgroupFolder, normalCgroupPath } from './path.ts';

/** Read at the same time: enough to keep the thread pool busy. */
const atOnce = 32;

/** Walks breadth first: parents before children, siblings in the order of their names. A cgroup that goes meanwhile is passed over. */
export async function* walkCgroups(hierarchy: Hierarchy, from = '/'): AsyncGenerator<string> {
	const start = normalCgroupPath(from);
	if (start === undefined) {
		return;
	}
	let level = [start];
	yield start;
	while (level.length > 0) {
		const next: string[] = [];
		for (let index = 0; index < level.length; index += atOnce) {
			const found = await Promise.all(level.slice(index, index + atOnce).map((path) => children(hierarchy, path)));
			for (const path of found.flat()) {
				next.push(path);
				yield path;
			}
		}
		level = next;
	}
}

async function children(hierarchy: Hierarchy, path: string): Promise<readonly string[]> {
	const names = await folderNames(cgroupFolder(hierarchy, path) ?? '');
	const prefix = path === '/' ? '' : path;
	return [...names].sort().map((name) => `${prefix}/${name}`);
}

export interface CgroupList {
	/** Parents before children, the one that was asked for first. */
	paths: readonly string[];
	/** False if there are more than were asked for. */
	complete: boolean;
}

/** Lists a cgroup and all below it, in the hierarchy of the memory controller. */
export async function listCgroups(mounts: CgroupMounts, from = '/', limit = 20_000): Promise<CgroupList> {
	const hierarchy = mainHierarchy(mounts);
	const paths: string[] = [];
	if (hierarchy !== undefined) {
		for await (const path of walkCgroups(hierarchy, from)) {
			if (paths.length >= limit) {
				return { paths, complete: false };
			}
			paths.push(path);
		}
	}
	return { paths, complete: true };
}

/** A folder with two links, its own and its parent's, has no folders in it (but on btrfs, where all have one). */
const linksOfLeaf = 2;

/**
 * The same, read at once and a little at a time: for who asks again every second, and cannot pay for a list of the
 * fifty files of each cgroup. Yields each cgroup as it is found, parents before children.
 */
export function* listCgroupsNow(hierarchy: Hierarchy, limit = 20_000): Generator<string> {
	const waiting = ['/'];
	let count = 0;
	for (let path = waiting.shift(); path !== undefined && count < limit; path = waiting.shift()) {
		count++;
		yield path;
		const prefix = path === '/' ? '' : path;
		for (const name of childrenNow(cgroupFolder(hierarchy, path) ?? '')) {
			waiting.push(`${prefix}/${name}`);
		}
	}
}

function childrenNow(folder: string): string[] {
	try {
		if (lstatSync(folder).nlink === linksOfLeaf) {
			return [];
		}
		const entries = readdirSync(folder, { withFileTypes: true });
		return entries
			.filter((entry) => entry.isDirectory())
			.map((entry) => entry.name)
			.sort();
	} catch {
		return [];
	}
}

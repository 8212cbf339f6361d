/** Readings of this machine's own files, taken twice so that counters give rates. */
import { findContainerCgroup } from '../../host/cgroup/find.ts';
import { findCgroupMounts } from '../../host/cgroup/mounts.ts';
import { type CgroupAnswer, readCgroup } from '../cgroup.ts';
import { type Gathered, type Machine, unread, withFiles } from './gathered.ts';

/** Between two readings of a counter, ms: long against its ticks, short against patience. */
const between = 1_000;

/** What is read, and the same a moment before. */
export async function twice<Answer>(
	{ refresh }: Machine,
	read: () => Promise<Answer>,
): Promise<readonly [before: Answer, now: Answer]> {
	await refresh?.();
	const before = await read();
	await new Promise((resolve) => setTimeout(resolve, between));
	await refresh?.();
	return [before, await read()];
}

export async function readContainerCgroup(id: string, { root, refresh }: Machine): Promise<CgroupAnswer | undefined> {
	await refresh?.();
	const mounts = await findCgroupMounts(root);
	const path = await findContainerCgroup(mounts, id);
	return path === undefined ? undefined : readCgroup(path, { root, mounts });
}

/** Adds what this machine's files say of a container, if it runs here. */
export async function withCgroup(gathered: Gathered, containerId: string, machine: Machine): Promise<Gathered> {
	const { root } = machine;
	const mounts = await findCgroupMounts(root);
	const path = containerId === '' ? undefined : await findContainerCgroup(mounts, containerId);
	return path === undefined ? gathered : joined(gathered, machine, () => readCgroup(path, { root, mounts }));
}

/** Reads twice, so that counters give rates; the second time counts. */
export async function joined(
	gathered: Gathered,
	machine: Machine,
	read: () => Promise<CgroupAnswer>,
): Promise<Gathered> {
	const [before, here] = await twice(machine, read);
	return withFiles(gathered, { ...here, previous: before.readings }, unread(here, before));
}

/** What is gathered of a subject, and how one source's part is added to the others'. */
import type { KubeClient } from '../../kube/client.ts';
import { explainText } from '../../messages/en/explain.ts';
import type { LedgerKind } from '../../model/ledger.ts';
import { type Reading, Readings, type Versions } from '../../model/reading.ts';
import { type CadvisorWanted, readCadvisor } from '../cadvisor.ts';
import type { CgroupAnswer } from '../cgroup.ts';
import type { connectKubelet } from '../kubelet.ts';
import { unreadFiles } from '../sentences.ts';

/** All that a ledger is made of. */
export interface Gathered {
	kind: LedgerKind;
	readings: Readings;
	/** The same a moment before, where rates have to be made of counters. */
	previous?: Readings;
	versions: Versions;
	/** What could not be read, and why: a sentence each. */
	problems: readonly string[];
	/** What else is to be known of the subject: a sentence each. */
	notes?: readonly string[];
}

/** A machine that can be read: where its files begin, and the environment that names its Docker Engine. */
export interface Machine {
	root: string;
	environment: NodeJS.ProcessEnv;
	/** Of files that somebody writes, not a kernel at each reading: brings them up to date. */
	refresh?: () => Promise<void>;
}

export interface GatherOptions {
	/**
	 * The machine to read beside what a node's kubelet says, '' for subjects without a node: this one, which may be the
	 * node or not. Undefined if there is none.
	 */
	machine: (node: string) => Promise<Machine | undefined>;
	/** Makes the connection to the cluster; called only for subjects of a cluster. */
	connect: () => Promise<KubeClient>;
	/** A kubelet to be asked directly; '' to go through the API server. */
	kubelet: string;
	connectKubelet: (address: string) => ReturnType<typeof connectKubelet>;
	/** The address of a cAdvisor that runs by itself, on the machine of the subject; '' if there is none. */
	cadvisor?: string;
	/** Start a shell or cat in a container that is asked for, to read its files from inside. Only where the user says so. */
	exec?: boolean;
}

/** There is no such thing: said as it is. */
export class NotFound extends Error {}

/** @throws NotFound if the cluster that was asked for has no machine to be read */
export async function ownMachine(options: GatherOptions): Promise<Machine> {
	const machine = await options.machine('');
	if (machine === undefined) {
		throw new NotFound(explainText.noMachine);
	}
	return machine;
}

export function unread(answer: CgroupAnswer, before = answer): string[] {
	if (before.exists && !answer.exists) {
		return [explainText.vanished];
	}
	return unreadFiles(answer.missing);
}

interface FilesRead {
	readings: readonly Reading[];
	previous: readonly Reading[];
	versions: Versions | undefined;
}

/** What the kernel's own files say goes before what others say of them. */
export function withFiles(
	gathered: Gathered,
	{ readings, previous, versions }: FilesRead,
	problems: readonly string[],
): Gathered {
	const known = gathered.versions;
	const { cgroup, kernel, multiGenerationalLru } = versions ?? known;
	return {
		...gathered,
		readings: gathered.readings.with(readings),
		previous: (gathered.previous ?? new Readings([])).with(previous),
		versions: { ...known, cgroup: cgroup || known.cgroup, kernel: kernel || known.kernel, multiGenerationalLru },
		problems: [...gathered.problems, ...problems],
	};
}

/** Adds what a cAdvisor on the subject's machine says, if one is named. */
export async function withCadvisor(
	gathered: Gathered,
	wanted: CadvisorWanted,
	{ cadvisor = '' }: GatherOptions,
): Promise<Gathered> {
	if (cadvisor === '') {
		return gathered;
	}
	const { cgroup, problems, readings } = await readCadvisor(cadvisor, wanted);
	return {
		...gathered,
		readings: gathered.readings.with(readings),
		versions: { ...gathered.versions, cgroup: gathered.versions.cgroup || cgroup },
		problems: [...gathered.problems, ...problems],
	};
}

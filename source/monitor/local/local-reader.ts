/** Reads one subject of this machine in depth: there is nothing far to ask, all of it is near. */

import { readCgroup } from '../../gather/cgroup.ts';
import { readHost } from '../../gather/host.ts';
import { machineVersions } from '../../gather/machine-versions.ts';
import { readOneProcess } from '../../gather/process.ts';
import { cgroupVersionOf, findCgroupMounts } from '../../host/cgroup/mounts.ts';
import type { LedgerKind } from '../../model/ledger.ts';
import { type Subject as NamedSubject, subjectKey } from '../../model/subject.ts';
import { fromAnswer, readerOfContainer } from '../depth/here.ts';
import type { DepthReader, FarPart, NearReader, Target } from '../depth/reader.ts';
import type { Subject } from '../messages.ts';

export interface LocalReaderOptions {
	/** Where the machine's files begin. */
	root: string;
	environment: NodeJS.ProcessEnv;
	/** What a row is about, by its uid. */
	subjectOf: (uid: string) => NamedSubject | undefined;
	/** Of a container that the engine knows by that name. */
	containerId: (name: string) => string | undefined;
}

const kinds: Readonly<Partial<Record<NamedSubject['kind'], LedgerKind>>> = {
	host: 'host',
	cgroup: 'cgroup',
	process: 'process',
	docker: 'container',
};

export class LocalReader implements DepthReader {
	readonly #options: LocalReaderOptions;

	constructor(options: LocalReaderOptions) {
		this.#options = options;
	}

	target({ uid }: Subject): Target | null {
		const subject = this.#options.subjectOf(uid);
		// The root of all cgroups is the machine: what it counts as usage is another thing than below it.
		const isRoot = subject?.kind === 'cgroup' && subject.path === '/';
		const kind = subject === undefined ? undefined : isRoot ? 'host' : kinds[subject.kind];
		return subject === undefined || kind === undefined ? null : { subject, kind };
	}

	async readFar({ subject }: Target): Promise<FarPart> {
		const { root } = this.#options;
		const [versions, mounts] = await Promise.all([machineVersions(root), findCgroupMounts(root)]);
		return {
			readings: [],
			versions: { ...versions, cgroup: cgroupVersionOf(mounts) },
			problems: [],
			key: subjectKey(subject),
			node: '',
		};
	}

	async findNear({ subject }: Target): Promise<NearReader | undefined> {
		const { containerId, environment, root } = this.#options;
		const mounts = await findCgroupMounts(root);
		switch (subject.kind) {
			case 'host':
				return async () => fromAnswer(await readHost({ root, mounts }));
			case 'cgroup':
				return async () =>
					fromAnswer(
						await (subject.path === '/' ? readHost({ root, mounts }) : readCgroup(subject.path, { root, mounts })),
					);
			case 'docker':
				return readerOfContainer(containerId(subject.name) ?? '', root, environment);
			case 'process':
				return async () => {
					const { exists, readings, versions } = await readOneProcess(subject.pid, { root, mounts });
					return exists ? { readings, previous: [], versions, problems: [] } : null;
				};
			default:
				return undefined;
		}
	}

	now(): number {
		return Date.now();
	}
}

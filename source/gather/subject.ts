/** What is read for each kind of subject before its ledger is made, and what could not be read. */
import { normalCgroupPath } from '../host/cgroup/path.ts';
import { explainText } from '../messages/en/explain.ts';
import type { Subject } from '../model/subject.ts';
import { readCgroup } from './cgroup.ts';
import { gatherContainer, gatherNode, gatherPod } from './subject/cluster.ts';
import {
	type Gathered,
	type GatherOptions,
	type Machine,
	NotFound,
	ownMachine,
	withCadvisor,
} from './subject/gathered.ts';
import { gatherDocker, gatherHost, gatherLocal, gatherProcess, withProcessors } from './subject/machine.ts';

export { type Gathered, type GatherOptions, type Machine, NotFound };

/** @throws NotFound, and the errors of the connection or the engine, which are sentences */
export async function gatherSubject(subject: Subject, options: GatherOptions): Promise<Gathered> {
	switch (subject.kind) {
		case 'host':
			return gatherHost(options);
		case 'cgroup': {
			// The root of all cgroups is the machine: what it counts as usage is another thing than below it.
			if (normalCgroupPath(subject.path) === '/') {
				return gatherHost(options);
			}
			const machine = await ownMachine(options);
			const read = () => readCgroup(subject.path, { root: machine.root });
			const gathered = await gatherLocal('cgroup', machine, read, explainText.noCgroup(subject.path));
			return withCadvisor(
				await withProcessors(gathered, machine.root),
				{ kind: 'cgroup', path: subject.path },
				options,
			);
		}
		case 'process': {
			const machine = await ownMachine(options);
			return withProcessors(await gatherProcess(subject.pid, machine), machine.root);
		}
		case 'docker':
			return gatherDocker(subject.name, options);
		case 'pod':
			return gatherPod(subject.namespace, subject.name, options);
		case 'container':
			return gatherContainer(subject.namespace, subject.pod, subject.container, options);
		case 'node':
			return gatherNode(subject.name, options);
		default:
			throw new NotFound(explainText.notBySelf(subject.kind));
	}
}

/** What is read for each kind of subject before its ledger is made, and what could not be read. */
import { explainText } from '../messages/en/explain.ts';
import type { Subject } from '../model/subject.ts';
import { readCgroup } from './cgroup.ts';
import { readHost } from './host.ts';
import { gatherContainer, gatherNode, gatherPod } from './subject/cluster.ts';
import { type Gathered, type GatherOptions, NotFound, withCadvisor } from './subject/gathered.ts';
import { gatherDocker, gatherLocal, gatherProcess, withProcessors } from './subject/machine.ts';

export { type Gathered, type GatherOptions, NotFound };

/** @throws NotFound, and the errors of the connection or the engine, which are sentences */
export async function gatherSubject(subject: Subject, options: GatherOptions): Promise<Gathered> {
	switch (subject.kind) {
		case 'host':
			return withCadvisor(
				await gatherLocal('host', () => readHost({ root: options.root })),
				{ kind: 'machine' },
				options,
			);
		case 'cgroup':
			return withCadvisor(
				await withProcessors(
					await gatherLocal(
						'cgroup',
						() => readCgroup(subject.path, { root: options.root }),
						explainText.noCgroup(subject.path),
					),
					options.root,
				),
				{ kind: 'cgroup', path: subject.path },
				options,
			);
		case 'process':
			return withProcessors(await gatherProcess(subject.pid, options.root), options.root);
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

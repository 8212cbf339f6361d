/** What people read when they name something to explain that cannot be understood. */
import { clean } from '../../model/clean.ts';
import type { SubjectProblem } from '../../model/subject.ts';

const forms =
	'Name it as one of: pod/NAME (with -n NAMESPACE), pod/NAMESPACE/NAME, container/POD/NAME, node/NAME, docker/NAME, host, cgroup/PATH, pid/N.';

export function subjectNotUnderstood(text: string, problem: SubjectProblem): string {
	const given = `“${clean(text)}”`;
	switch (problem) {
		case 'no-kind':
			return `${given} does not say what kind of thing it is. ${forms}`;
		case 'kind-unknown':
			return `${given} begins with a kind that is not known. ${forms}`;
		case 'name-missing':
			return `${given} lacks a name. ${forms}`;
		case 'too-many-parts':
			return `${given} has more parts than its kind. ${forms}`;
		case 'not-a-pid':
			return `${given} is not a process id. ${forms}`;
	}
}

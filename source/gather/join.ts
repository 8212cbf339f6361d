/**
 * Joins what several sources say of one pod. A container is the one with the same runtime's id; only where a source
 * gives no id (Summary, `/metrics/resource`, the metrics API) it is the one with the same name, unless its sample was
 * taken before the container that runs now was started.
 */
import * as text from '../messages/en/gather.ts';
import type { Reading, SourceId } from '../model/reading.ts';
import type { PodSubject } from '../model/subject.ts';
import type { PodObjectContainer } from '../sources/pod-object.ts';
import type { SourceAnswer, SubjectReadings } from '../sources/subject-readings.ts';
import type { SourceProblem } from './problem.ts';

export interface Joined {
	/** Of the pod's own cgroup, or what the source gives for the pod. */
	pod: readonly Reading[];
	pause: readonly Reading[];
	/** By name. */
	containers: ReadonlyMap<string, readonly Reading[]>;
	problems: readonly SourceProblem[];
}

/** What one source's answer says of a pod. */
export function joinPod(
	source: SourceId,
	answer: SourceAnswer,
	pod: PodSubject,
	containers: readonly PodObjectContainer[],
): Joined {
	const problems: SourceProblem[] = [];
	const byName = new Map<string, readonly Reading[]>();
	for (const container of containers) {
		const { list, problem } = joinContainer(source, answer, pod, container);
		if (list !== undefined) {
			byName.set(container.subject.container, list.readings);
		}
		if (problem !== undefined) {
			problems.push(problem);
		}
	}
	return {
		pod: readingsOfPod(answer, pod),
		pause: readingsOfPause(answer, pod),
		containers: byName,
		problems,
	};
}

/** A pod of the same name that was deleted before has another uid. */
function readingsOfPod(answer: SourceAnswer, { namespace, name, uid }: PodSubject): readonly Reading[] {
	const found = answer.subjects.find(
		({ subject }) =>
			subject.kind === 'pod' &&
			(subject.uid !== '' && uid !== ''
				? subject.uid === uid
				: subject.namespace === namespace && subject.name === name),
	);
	return found?.readings ?? [];
}

/** The newest one: a sandbox that was made anew leaves its predecessor's row for a while. */
function readingsOfPause(answer: SourceAnswer, { namespace, name }: PodSubject): readonly Reading[] {
	let newest: readonly Reading[] = [];
	for (const { subject, readings } of answer.subjects) {
		if (subject.kind === 'pause' && subject.namespace === namespace && subject.pod === name) {
			if (newest.length === 0 || timeOf(readings) > timeOf(newest)) {
				newest = readings;
			}
		}
	}
	return newest;
}

function timeOf(readings: readonly Reading[]): number {
	return readings.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
}

function joinContainer(
	source: SourceId,
	answer: SourceAnswer,
	pod: PodSubject,
	{ subject: wanted, startedAt }: PodObjectContainer,
): { list?: SubjectReadings; problem?: SourceProblem } {
	const named = answer.subjects.filter(
		({ subject }) =>
			subject.kind === 'container' &&
			subject.namespace === pod.namespace &&
			subject.pod === pod.name &&
			subject.container === wanted.container,
	);
	const idOf = ({ subject }: SubjectReadings) => (subject.kind === 'container' ? subject.id : '');
	const same = wanted.id === '' ? undefined : named.find((list) => idOf(list) === wanted.id);
	if (same !== undefined) {
		return { list: same };
	}
	const nameless = named.find((list) => idOf(list) === '' || wanted.id === '');
	const problem = (id: 'older-sample' | 'other-container', sentence: string): { problem: SourceProblem } => ({
		problem: { source, id, path: '', status: 0, sentence },
	});
	if (nameless === undefined) {
		return named.length === 0
			? {}
			: problem('other-container', text.otherContainer(text.sourceNames[source], wanted.container));
	}
	const [first] = nameless.readings;
	// Started in the same second counts as started before: most sources have whole seconds.
	if (first !== undefined && first.at + 1000 <= startedAt) {
		return problem('older-sample', text.olderSample(text.sourceNames[source], wanted.container));
	}
	return { list: nameless };
}

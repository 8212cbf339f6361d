import { Readings } from '../../source/model/reading.ts';
import type { Subject } from '../../source/model/subject.ts';
import { decodeKubeletCadvisor } from '../../source/sources/kubelet-cadvisor.ts';
import { decodeKubeletResource } from '../../source/sources/kubelet-resource.ts';
import { decodeKubeletSummary } from '../../source/sources/kubelet-summary.ts';
import type { SourceAnswer } from '../../source/sources/subject-readings.ts';
import { json, readBytes } from './fixture.ts';

export const prometheus = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';
/** When the captured answers came, near enough. */
export const receivedAt = 1_795_262_792_000;

export const pods = [
	'default/anonymous',
	'default/inactive-cache',
	'default/memory-volume',
	'jobs/cache-limit',
	'jobs/cpu-limit',
	'web/native-sidecar',
] as const;

/** What a kubelet 1.36.3 on cgroup v1 answered: see `fixtures/README.md`. */
export function capturedSummary(): SourceAnswer {
	return decodeKubeletSummary(readBytes('kubelet-1.36/summary.json'), json);
}
export function capturedResource(): SourceAnswer {
	return decodeKubeletResource(readBytes('kubelet-1.36/resource.txt'), prometheus, receivedAt);
}
export function capturedCadvisor(): SourceAnswer {
	return decodeKubeletCadvisor(readBytes('kubelet-1.36/cadvisor.txt'), prometheus, receivedAt);
}

/** `container default/anonymous/app`, `pod default/anonymous`, `pause default/anonymous`, `node` … */
export function labelOf(subject: Subject): string {
	switch (subject.kind) {
		case 'container':
			return `container ${subject.namespace}/${subject.pod}/${subject.container}`;
		case 'pod':
			return `pod ${subject.namespace}/${subject.name}`;
		case 'pause':
			return `pause ${subject.namespace}/${subject.pod}`;
		case 'cgroup':
			return `cgroup ${subject.path}`;
		case 'system':
			return `system ${subject.name}`;
		case 'docker':
			return `docker ${subject.name}`;
		default:
			return subject.kind;
	}
}

export function bySubject(answer: SourceAnswer): Map<string, Readings> {
	return new Map(answer.subjects.map(({ subject, readings }) => [labelOf(subject), new Readings(readings)]));
}

/** The readings of a subject; fails if the answer has none. */
export function readingsOf(answer: SourceAnswer, label: string): Readings {
	const readings = bySubject(answer).get(label);
	if (readings === undefined) {
		throw new Error(`no ${label}`);
	}
	return readings;
}

/** What of the monitor's own findings asks for the doctor, and what the doctor calls the same thing. Pure. */
import { type Finding, findingKey } from '../../model/finding.ts';
import type { NoSampleCode } from '../../model/usage.ts';
import type { Signs } from './agenda.ts';

export type OwnFinding = Omit<Finding, 'since'>;

/** Nobody's rights are missing: who asks is not who was meant to. */
const asSomebodyElse = ['anonymous-identity', 'impersonation-forbidden'];

/** By id of the monitor's finding: the sights and causes by which the doctor explains it. */
const meanings: Readonly<Record<string, readonly string[]>> = {
	'api-unreachable': ['no-target', 'no-connection', 'no-api'],
	'credentials-rejected': ['no-connection', 'no-api'],
	'list-failing': ['no-connection', 'no-api', 'throttled'],
	'nodes-forbidden': ['rbac-core-nodes', ...asSomebodyElse],
	'pods-forbidden': asSomebodyElse,
	'metrics-forbidden': ['forbidden', ...asSomebodyElse],
	'api-group-absent': ['group-absent', 'version-absent'],
	'apiservice-unavailable': ['version-absent', 'unavailable', 'dial-failed', 'backend-error', 'no-answer', 'throttled'],
	'metrics-unreachable': ['no-connection', 'unavailable', 'dial-failed', 'backend-error', 'no-answer', 'throttled'],
	'metrics-empty': ['empty', 'nodes-silent'],
	'node-without-samples': ['nodes-missing'],
	'pods-without-samples': ['pods-missing', 'nodes-silent'],
	'clock-skew': ['clock-skew-client'],
};

/** Of pods on a node that is lost: what explains the node explains them. */
const follows: NoSampleCode = 'node-without-samples';

/** Said in full by the monitor itself: the doctor is not sent for it, and says it too where it comes anyway. */
const plain: ReadonlySet<string> = new Set(['clock-skew']);

/** What the doctor may call it; nothing where it has nothing to say. */
export function meaningsOf({ facts, id }: OwnFinding): readonly string[] {
	return facts['code'] === follows ? [] : (meanings[id] ?? []);
}

/** Those that the doctor is sent for: more than worth knowing, and something that it can explain. */
export function signsAmong(findings: readonly OwnFinding[]): readonly OwnFinding[] {
	return findings.filter(
		(finding) => finding.severity !== 'info' && !plain.has(finding.id) && meaningsOf(finding).length > 0,
	);
}

/**
 * By what signs are known again. Pods come and go: that others of them lack a sample is the same as before, unless they
 * are many more.
 */
export function signsOf(findings: readonly OwnFinding[]): Signs {
	return new Map(
		findings.map((finding) => {
			const { facts, id } = finding;
			const key = id === 'pods-without-samples' ? findingKey({ ...finding, subject: 'pods' }) : findingKey(finding);
			return [key, Number(facts['count'] ?? 1)];
		}),
	);
}

/** `node/n03`, `pod/web/api-1` of those that a finding names; it may be about more of them. `cluster` for all else. */
export function namedSubjects({ facts, id }: OwnFinding): { names: readonly string[]; all: boolean } {
	const kind = id === 'node-without-samples' ? 'node' : id === 'pods-without-samples' ? 'pod' : null;
	if (kind === null) {
		return { names: ['cluster'], all: true };
	}
	const [shown = '', more] = String(facts['names'] ?? '').split(' and ');
	return { names: shown.split(', ').map((name) => `${kind}/${name}`), all: more === undefined };
}

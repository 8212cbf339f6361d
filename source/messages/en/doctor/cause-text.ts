/** What people read of a cause, and the words that all of its texts are made of. */
import type { Finding } from '../../../model/finding.ts';

export type Facts = Finding['facts'];

export interface Fix {
	say: string;
	/** Lines that can be typed as they are; a word in capitals is to be filled in. */
	run?: readonly string[];
	/** It changes something, and only for whoever types it: logging in, a variable of this shell. */
	safe?: true;
}

export interface CauseText {
	/** One line, without a full stop. */
	title: (facts: Facts) => string;
	/** Two plain sentences: what it is, and what follows from it. */
	explanation: (facts: Facts) => string;
	/** The safest first. */
	fixes: (facts: Facts) => readonly Fix[];
	/** Where this is known from. */
	source: string;
	/** Where to read more. */
	more: readonly string[];
}

export type CauseTexts = Readonly<Record<string, CauseText>>;

export function word(facts: Facts, name: string, otherwise = ''): string {
	const value = facts[name];
	return value === undefined || value === '' ? otherwise : String(value);
}

/** The connection’s sentences, after what they mean in general. */
export function told(facts: Facts): string {
	const error = word(facts, 'error');
	return error === '' ? '' : `\n${error}`;
}

/** A name that goes into a command must be one that Kubernetes allows: nobody should paste anything else. */
export function safe(name: string, otherwise: string): string {
	return /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) ? name : otherwise;
}

/** A fact as a name in a command. */
export function name(facts: Facts, fact: string, otherwise: string): string {
	return safe(word(facts, fact), otherwise);
}

/** `one node: n05`, `3 nodes: n05, n06, n07`; `some nodes` where nothing is known of them. */
export function things(facts: Facts, singular: string): string {
	const count = Number(facts['count'] ?? Number.NaN);
	const names = word(facts, 'names');
	if (Number.isNaN(count)) {
		return `some ${singular}s`;
	}
	return `${count === 1 ? '' : `${count} `}${singular}${count === 1 ? '' : 's'}${names === '' ? '' : ` ${names}`}`;
}

/** The first of the names. */
export function firstName(facts: Facts, otherwise: string): string {
	return safe(word(facts, 'names').split(/, | and /)[0] ?? '', otherwise);
}

export const links = {
	metricsServer: 'https://github.com/kubernetes-sigs/metrics-server#readme',
	faq: 'https://github.com/kubernetes-sigs/metrics-server/blob/master/FAQ.md',
	knownIssues: 'https://github.com/kubernetes-sigs/metrics-server/blob/master/KNOWN_ISSUES.md',
	pipeline: 'https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/',
	aggregation: 'https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/',
	kubeletCertificates:
		'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/#certificate-rotation',
	kubeletAuthorization: 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/',
	rbac: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
} as const;

export const manifest = 'https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml';

/** Looks at metrics-server, whatever its labels are. */
export const lookAtPods: Fix = {
	say: 'See its pods:',
	run: ['kubectl get pods -A -o wide | grep metrics-server'],
};

export const lookAtApiService: Fix = {
	say: 'See the condition itself:',
	run: ['kubectl get apiservice v1beta1.metrics.k8s.io -o yaml'],
};

/**
 * `--redact`: names of the cluster's things replaced, the same name always by the same stand-in, so that a report can
 * be shown around and still be read. Words of Kubernetes itself stay.
 */
import { factsOf } from '../../diagnose/evidence/evidence.ts';
import type { Examination } from '../../diagnose/examine.ts';

const kept = new Set([
	'',
	'default',
	'kube-system',
	'kube-public',
	'metrics-server',
	'kubernetes',
	'heapster',
	'https',
]);
const address = /\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]*[0-9a-f]\b/gi;
const host = /\b(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\.)+(?:com|net|org|io|dev|local|internal|example|cloud|corp|lan)\b/gi;
/** Hosts of documentation and of images that everybody knows. */
const publicHosts = /(?:^|\.)(?:k8s\.io|kubernetes\.io|github\.com|gcr\.io|sigs\.k8s\.io)$/i;

export class NameHider {
	readonly #standIns = new Map<string, string>();
	readonly #counts = new Map<string, number>();
	#pattern: RegExp | null = null;

	constructor({ evidence }: Pick<Examination, 'evidence'>) {
		const target = factsOf(evidence, 'kubeconfig');
		this.#add('server', target?.server === undefined ? '' : hostOf(target.server));
		this.#add('context', target?.context ?? '');
		this.#add('cluster', target?.cluster ?? '');
		this.#add('user', target?.user ?? '');
		this.#add('user', factsOf(evidence, 'credentials')?.as ?? '');
		this.#add('user', factsOf(evidence, 'access')?.user ?? '');
		for (const { name } of factsOf(evidence, 'nodes') ?? []) {
			this.#add('node', name);
		}
		for (const { name } of factsOf(evidence, 'metrics-nodes')?.samples.values() ?? []) {
			this.#add('node', name);
		}
		for (const { containers, name, namespace, node, owner } of factsOf(evidence, 'pods') ?? []) {
			this.#add('namespace', namespace);
			this.#add('pod', name);
			// Who may not list nodes still reads their names here.
			this.#add('node', node);
			this.#add('owner', nameIn(owner));
			for (const container of containers) {
				this.#add('container', container.name);
			}
		}
		for (const { name } of factsOf(evidence, 'workload-pods') ?? []) {
			this.#add('pod', name);
		}
		this.#add('autoscaler', factsOf(evidence, 'autoscaler')?.name ?? '');
		this.#add('owner', nameIn(factsOf(evidence, 'autoscaler')?.target ?? ''));
		for (const { name, owner } of factsOf(evidence, 'autoscaled-pods') ?? []) {
			this.#add('pod', name);
			this.#add('owner', nameIn(owner));
		}
		for (const { name } of factsOf(evidence, 'dns') ?? []) {
			this.#add('host', name);
		}
		for (const text of (factsOf(evidence, 'tls')?.chain ?? []).flatMap(({ names }) => names)) {
			const name = text.replace(/^DNS:/, '');
			// Every API server carries these.
			if (name !== text && !/^(?:kubernetes|localhost|\*\.)/.test(name)) {
				this.#add('host', name);
			}
		}
		this.#add('namespace', evidence.namespace ?? '');
		this.#add('namespace', target?.namespace ?? '');
	}

	/** The value with every text in it changed. */
	hide<Value>(value: Value): Value {
		if (typeof value === 'string') {
			return this.#hideText(value) as Value;
		}
		if (Array.isArray(value)) {
			return value.map((item) => this.hide(item)) as Value;
		}
		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(
				Object.entries(value).map(([key, item]) => [key, unhidden.has(key) ? item : this.hide(item)]),
			) as Value;
		}
		return value;
	}

	#hideText(text: string): string {
		this.#pattern ??= patternOf([...this.#standIns.keys()]);
		return text
			.replace(this.#pattern, (name) => this.#standIns.get(name) ?? name)
			.replace(
				/User "([^"]+)"/g,
				(_, user: string) => `User "${user.startsWith('system:') ? user : this.#add('user', user)}"`,
			)
			.replace(address, (found) => this.#add('address', found))
			.replace(host, (found) => (publicHosts.test(found) ? found : this.#add('host', found)));
	}

	#add(kind: string, name: string): string {
		const known = this.#standIns.get(name);
		if (known !== undefined || kept.has(name)) {
			return known ?? name;
		}
		const count = (this.#counts.get(kind) ?? 0) + 1;
		this.#counts.set(kind, count);
		const standIn = `${kind}-${count}`;
		this.#standIns.set(name, standIn);
		return standIn;
	}
}

/** `web-5d7f` of `ReplicaSet/web-5d7f`. */
function nameIn(owner: string): string {
	return owner.split('/').slice(1).join('/');
}

/** Ids and words of whytop's own. */
const unhidden = new Set([
	'id',
	'probe',
	'step',
	'severity',
	'certainty',
	'outcome',
	'apiVersion',
	'kind',
	'more',
	'source',
	'question',
]);

/** Whole names only, the longest first. */
function patternOf(names: readonly string[]): RegExp {
	const alternatives = names
		.filter((name) => name.length > 1)
		.toSorted((one, other) => other.length - one.length)
		.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return alternatives.length === 0 ? /(?!)/g : new RegExp(`(?<![-\\w.])(?:${alternatives.join('|')})(?![-\\w])`, 'g');
}

function hostOf(server: string): string {
	return URL.parse(server)?.hostname ?? server;
}

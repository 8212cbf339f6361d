import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Report } from '../../../source/commands/doctor/report.ts';
import { type FaultName, faults } from '../../../source/demo/faults.ts';
import { serveDemo } from '../../../source/demo/serve.ts';
import { causes, findCause } from '../../../source/diagnose/causes.ts';
import { connect } from '../../../source/kube/connect.ts';
import { askedAbout } from './asked-about.ts';
import { cluster, runDoctor } from './run-doctor.ts';
import { timeouts } from './timeouts.ts';

/** They say who asks, and here that is the user who may view one namespace. */
const ofTheUser: ReadonlySet<FaultName> = new Set([
	'namespace-only',
	'rbac-metrics-nodes',
	'rbac-metrics-pods-ns',
	'rbac-core-nodes',
	'rbac-aggregated-reader-missing',
	'rbac-discovery-removed',
	'anonymous-identity',
]);

/** What is proved besides, and is true. */
const trueAsWell: Partial<Record<FaultName, readonly string[]>> = {
	// It is asked about a node that this user may not see.
	'large-cluster-timeout': ['rbac-metrics-nodes'],
	'metrics-vanish-after-failed-scrape': ['rbac-metrics-nodes'],
	// It is asked about a namespace that this user may not see.
	'no-pods-match': ['rbac-metrics-pods-ns'],
	'only-completed-pods': ['rbac-metrics-pods-ns'],
	// Of a container whose counter fell back there is no sample: that is what one sees of it.
	'usage-decreased': ['container-rate-skipped'],
};

/** What is wrong with it, and whoever sees no more than this cannot even see that something is. */
const unseen: Partial<Record<FaultName, string>> = {
	'duplicate-pod-point': 'the pod has a sample; only the log says whose',
	'large-cluster-timeout': 'his pods have samples',
	'metrics-vanish-after-failed-scrape': 'his pods have samples at the moment',
	'no-pods-match': 'the namespace is not his',
	'only-completed-pods': 'the namespace is not his',
};

/** What follows from a cause, however far. */
function entailedBy(id: string): ReadonlySet<string> {
	const known = new Set<string>();
	const follow = (one: string): void => {
		for (const next of causes.find((cause) => cause.id === one)?.entails ?? []) {
			if (!known.has(next)) {
				known.add(next);
				follow(next);
			}
		}
	};
	follow(id);
	return known;
}

async function askAsNamespaceOnly(kubeconfig: string, name?: FaultName) {
	const { words = [], namespace } = (name && askedAbout[name]) ?? {};
	const { code, out } = await runDoctor({
		connection: { kubeconfig },
		words: [...words],
		strings: {
			output: 'json',
			timeout: (name && timeouts[name]) ?? '30s',
			...(namespace === undefined ? {} : { namespace }),
		},
	});
	return { code, report: JSON.parse(out) as Report };
}

interface Listed {
	items: {
		metadata: { name: string };
		timestamp?: string;
		status?: {
			phase: string;
			containerStatuses?: { restartCount: number; state: { running?: { startedAt: string } } }[];
		};
	}[];
}

/** Whether the metrics of this user's pods fail, as one sees without any doctor: no answer, a hole, or old numbers. */
async function metricsFail(kubeconfig: string, report: Report): Promise<boolean> {
	if (report.asked.find(({ probe }) => probe === 'metrics-pods')?.status !== 200) {
		return true;
	}
	const client = await connect({ kubeconfig }, {});
	try {
		const scope = 'namespaces/payments/pods';
		const samples = await client.readJson<Listed>(`/apis/metrics.k8s.io/v1beta1/${scope}`);
		const pods = await client.readJson<Listed>(`/api/v1/${scope}`);
		const sampled = new Set(samples.items.map(({ metadata }) => metadata.name));
		const isOld = (time: string | undefined): boolean => Date.now() - Date.parse(time ?? '') > 120_000;
		return (
			samples.items.some(({ timestamp }) => isOld(timestamp)) ||
			pods.items.some(
				({ metadata, status }) =>
					status?.phase === 'Running' &&
					!sampled.has(metadata.name) &&
					status.containerStatuses?.every(({ state }) => isOld(state.running?.startedAt)),
			)
		);
	} finally {
		client.close();
	}
}

describe('for a user who may view one namespace, the doctor', () => {
	/** What is true of this user in a cluster that is well, and of pods that come and go. */
	const always = new Set<string>(['container-restarting', 'pod-too-young']);

	before(async () => {
		const demo = await serveDemo({ nodes: 5, pods: 40, faults: ['namespace-only'] });
		try {
			const { report } = await askAsNamespaceOnly(demo.kubeconfig);
			assert.ok(report.healthy);
			for (const { id } of report.findings) {
				always.add(id);
			}
		} finally {
			await demo.close();
		}
	});

	for (const { name } of faults.filter((fault) => !ofTheUser.has(fault.name))) {
		test(`is not wrong about ${name}, and not silent where it strikes`, async (t) => {
			const kubeconfig = await cluster(t, { faults: [name, 'namespace-only'] });
			const { code, report } = await askAsNamespaceOnly(kubeconfig, name);
			const known = findCause(name) !== undefined;
			const allowed = new Set([name, ...entailedBy(name), ...always, ...(trueAsWell[name] ?? [])]);
			const wrong = report.findings.filter(({ certainty, id }) => certainty === 'proved' && !allowed.has(id));
			assert.deepEqual(known ? wrong.map(({ id }) => id) : [], [], 'proves what is not true');
			const fails = await metricsFail(kubeconfig, report);
			const strikes =
				(fails || askedAbout[name]?.words?.[0]?.includes('/payments/') === true) && unseen[name] === undefined;
			assert.ok(!fails || (!report.healthy && code !== 0), 'calls it healthy');
			if (!known || !strikes) {
				return;
			}
			const told = report.findings.filter(
				({ candidates, id }) => id === name || candidates.some((candidate) => candidate.id === name),
			);
			assert.ok(told.length > 0, `is not among ${report.findings.map(({ id }) => id).join(', ')}`);
			for (const { candidates, id, wouldDecide } of told) {
				// Where it alone is named, no right would tell more.
				const isAlone = id === name && candidates.length === 0;
				assert.ok(isAlone || wouldDecide.length > 0, 'does not say what would decide');
			}
		});
	}
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { top } from '../../../source/commands/top/top.ts';
import { connect } from '../../../source/kube/connect.ts';
import { clusterFixture, madeFixture } from './fixture.ts';
import { type Answers, play } from './playback.ts';
import { type Outcome, plainRequest, requestOf, withAnswers } from './run-top.ts';

const cluster = clusterFixture();
const made = new Map(madeFixture().map(({ name, answers }) => [name, answers]));
const metrics = '/apis/metrics.k8s.io/v1beta1';

async function outcomeOf(answers: Answers | undefined, words: string): Promise<Outcome> {
	assert.ok(answers);
	let outcome: Outcome | undefined;
	await withAnswers(
		answers,
		async (run) => {
			outcome = await run(requestOf(words.split(' ')));
		},
		cluster.serverTime,
	);
	return outcome as Outcome;
}

const onCluster = (words: string): Promise<Outcome> => outcomeOf(cluster.answers, words);

const list = (kind: string, items: readonly object[]): { json: string } => ({
	json: JSON.stringify({ kind, metadata: {}, items }),
});

describe('requests', () => {
	test('one for pods, two for nodes: fewer than kubectl makes', async () => {
		assert.deepEqual((await onCluster('pod -A')).asked, [`${metrics}/pods`]);
		assert.deepEqual((await onCluster('pod native-sidecar -n web --containers')).asked, [
			`${metrics}/namespaces/web/pods/native-sidecar`,
		]);
		assert.deepEqual((await onCluster('node')).asked, [`${metrics}/nodes`, '/api/v1/nodes']);
	});

	test('none for a command line that cannot be meant', async () => {
		for (const words of ['pod --sort-by=name', 'pod a -l b', 'node a -l b', 'pod a/b', 'pod ..']) {
			const { asked, code, stdout } = await onCluster(words);
			assert.deepEqual([asked, code, stdout], [[], 2, ''], words);
		}
	});

	test('metrics.k8s.io/v1 where v1beta1 is gone', async () => {
		const v1 = '/apis/metrics.k8s.io/v1';
		const answers: Answers = {
			'/apis/metrics.k8s.io': { json: '{"kind":"APIGroup","versions":[{"version":"v1"}]}' },
			[`${v1}/pods`]: cluster.answers[`${metrics}/pods`] ?? {},
		};
		const { stdout, code } = await outcomeOf(answers, 'pod -A');
		assert.equal(stdout, (await onCluster('pod -A')).stdout);
		assert.equal(code, 0);
	});
});

describe('after kubectl’s line comes what it means and what to type', () => {
	const said = async (answers: Answers | undefined, words: string): Promise<string[]> => {
		const { stderr, stdout } = await outcomeOf(answers, words);
		assert.equal(stdout, '');
		assert.ok(stderr.endsWith('\n'));
		return stderr.trimEnd().split('\n');
	};

	test('nothing is registered', async () => {
		const [line, means = '', ...act] = await said(made.get('group absent'), 'pod');
		assert.equal(line, 'error: Metrics API not available');
		assert.match(means, /does not know this API group/);
		assert.ok(act.length > 0 && act.every((command) => command.startsWith('  ')));
	});

	test('registered, but silent: another meaning of the same line', async () => {
		const [line, means = ''] = await said(made.get('unavailable, and discovery knows'), 'pod');
		assert.equal(line, 'error: Metrics API not available');
		assert.match(means, /is registered.*gets no answer from it/);
	});

	test('an error of what stands behind the API is told from silence', async () => {
		assert.match((await said(made.get('unavailable'), 'pod'))[1] ?? '', /gets no answer from it/);
		assert.match((await said(made.get('internal error in text'), 'pod'))[1] ?? '', /answered with an error/);
	});

	test('the pod does not exist, or exists and does not run', async () => {
		assert.match((await said(cluster.answers, 'pod nope')).join('\n'), /There is no pod nope in namespace default\./);
		assert.match(
			(await said(cluster.answers, 'pod missing-image -n jobs')).join('\n'),
			/The pod missing-image exists, without a sample\. The pod is not running yet/,
		);
	});

	test('the node does not exist', async () => {
		assert.match(
			(await said(cluster.answers, 'node nope')).join('\n'),
			/There is no node nope\.\n {2}kubectl get nodes$/,
		);
		assert.match((await said(cluster.answers, 'node -l nope')).join('\n'), /No node matches the selector nope\./);
	});

	test('a name over all namespaces', async () => {
		assert.match((await said(cluster.answers, 'pod nope -A')).join('\n'), /in one namespace only, and -A names none/);
	});

	test('only finished pods: kubectl blames the metrics, falsely', async () => {
		const answers: Answers = {
			[`${metrics}/namespaces/default/pods`]: list('PodMetricsList', []),
			'/api/v1/namespaces/default/pods': list('PodList', [
				{
					metadata: { namespace: 'default', name: 'job-1', creationTimestamp: '2026-01-01T00:00:00Z' },
					spec: {},
					status: { phase: 'Succeeded' },
				},
			]),
		};
		const [line, means, act] = await said(answers, 'pod');
		assert.match(line ?? '', /^error: Metrics not available for pod default\/job-1, age: \d+h\d+m/);
		assert.equal(means, 'job-1: The pod has ended. Only running pods are sampled.');
		assert.equal(act, '  kubectl get pods -n default');
	});

	test('no samples of anything, over all namespaces: kubectl looks for the reason in one only', async () => {
		const pod = {
			metadata: { namespace: 'web', name: 'api', creationTimestamp: '2026-01-01T00:00:00Z' },
			spec: { containers: [{ name: 'a' }] },
			status: {
				phase: 'Running',
				containerStatuses: [{ name: 'a', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }],
			},
		};
		const answers: Answers = {
			[`${metrics}/pods`]: list('PodMetricsList', []),
			[`${metrics}/nodes`]: list('NodeMetricsList', []),
			'/api/v1/pods': list('PodList', [pod]),
		};
		const [line, first, second, ...act] = await said(answers, 'pod -A');
		assert.equal(line, 'No resources found');
		assert.match(first ?? '', /namespace default only/);
		assert.match(second ?? '', /has just started.*or it can scrape none of the kubelets/);
		assert.ok(act.length > 0);
		assert.equal((await outcomeOf(answers, 'pod -A')).code, 1);
		const json = await outcomeOf(answers, 'pod -A -o json');
		assert.equal(json.code, 1);
		assert.equal((JSON.parse(json.stdout) as { items: unknown[] }).items.length, 1);
	});

	test('forbidden: who has to grant what', async () => {
		const lines = await said(made.get('forbidden'), 'pod');
		assert.match(lines.join('\n'), /may not get and list pods in the API group metrics\.k8s\.io in namespace default/);
		assert.ok(lines.includes('  kubectl auth can-i list pods.metrics.k8s.io -n default'));
	});

	test('discovery is forbidden already: kubectl has no words, the server has', async () => {
		const [line, means] = await said(made.get('forbidden from the start'), 'pod');
		assert.equal(line, 'Error from server (Forbidden): unknown');
		assert.match(means ?? '', /^pods\.metrics\.k8s\.io is forbidden: User "system:anonymous"/);
	});

	test('names in commands are names that Kubernetes allows', async () => {
		const refused = { status: 403, json: '{"kind":"Status","reason":"Forbidden","message":"no"}' };
		const answers: Answers = { [`${metrics}/namespaces/%24(reboot)/pods`]: refused };
		const { stderr } = await outcomeOf(answers, 'pod -n $(reboot)');
		assert.match(stderr, / {2}kubectl auth can-i list pods\.metrics\.k8s\.io -n NAMESPACE\n/);
	});

	test('commands are told which cluster is meant, as this one was', async () => {
		const server = await play(made.get('forbidden') ?? {});
		let stderr = '';
		try {
			const client = await connect({ server: server.url }, { KUBECONFIG: '/dev/null' });
			const error = (text: string) => {
				stderr += text;
			};
			await top({ ...plainRequest, kubectlFlags: '--context prod' }, client, { out: assert.fail, error });
			client.close();
		} finally {
			await server.close();
		}
		assert.match(stderr, / {2}kubectl --context prod auth can-i list pods\.metrics\.k8s\.io -n default\n/);
	});

	test('an answer that is no list is a message, not a crash', async () => {
		const answers: Answers = {
			[`${metrics}/namespaces/default/pods`]: { json: '{"kind":"PodMetricsList","items":[{"metadata":1}]}' },
		};
		const { code, stderr, stdout } = await outcomeOf(answers, 'pod');
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /pod metrics cannot be read as JSON/);
	});
});

describe('exit codes', () => {
	test('1 where the cluster says no, 2 where it could not be asked', async () => {
		for (const [name, code] of [
			['group absent', 1],
			['forbidden', 1],
			['unavailable', 1],
			['no samples, and an old pod', 1],
			['no samples and no pods', 0],
			['unauthorized', 2],
		] as const) {
			assert.equal((await outcomeOf(made.get(name), 'pod')).code, code, name);
		}
	});

	test('2 where nothing listens, in kubectl’s words and ours', async () => {
		const server = await play({});
		await server.close();
		const client = await connect({ server: server.url }, { KUBECONFIG: '/dev/null' });
		let stderr = '';
		try {
			const code = await top(
				plainRequest,
				{ ...client, target: client.target, cost: client.cost, read: (path) => client.read(path, { retries: 0 }) },
				{
					out: assert.fail,
					error: (text) => {
						stderr += text;
					},
				},
			);
			assert.equal(code, 2);
		} finally {
			client.close();
		}
		const [line, means = ''] = stderr.split('\n');
		const address = new URL(server.url).host;
		assert.equal(line, `The connection to the server ${address} was refused - did you specify the right host or port?`);
		assert.match(means, /refused the connection/);
	});
});

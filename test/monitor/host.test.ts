import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { DemoOptions } from '../../source/demo/options.ts';
import { serveDemo } from '../../source/demo/serve.ts';
import { connect } from '../../source/kube/connect.ts';
import { isExamined } from '../../source/model/diagnosis.ts';
import type { Finding } from '../../source/model/finding.ts';
import { followCluster } from '../../source/monitor/follow/cluster-follower.ts';
import { DataHost } from '../../source/monitor/host.ts';
import type {
	ClusterStatus,
	ContainerRow,
	FindingRows,
	FromHost,
	ListName,
	ListQuery,
	NodeRow,
	PodRow,
	SubjectLedger,
} from '../../source/monitor/messages.ts';
import type { HostOptions } from '../../source/monitor/options.ts';

/** A data host on a demo cluster, and what it said last under each name. */
class Bench {
	readonly #said = new Map<string, FromHost>();
	readonly #waiting = new Set<() => void>();
	readonly host: DataHost;
	count = 0;

	/** What was asked of the cluster, a line each. */
	readonly requests: readonly string[];

	private constructor(make: (post: (message: FromHost) => void) => DataHost, requests: readonly string[]) {
		this.requests = requests;
		this.host = make((message) => {
			this.count++;
			this.#said.set(message.type === 'rows' ? message.list : message.type, message);
			for (const check of [...this.#waiting]) {
				check();
			}
		});
	}

	static async start(t: TestContext, demo: Partial<DemoOptions>, options: Partial<HostOptions> = {}): Promise<Bench> {
		const cluster = await serveDemo({ freezeClock: true, ...demo });
		const requests: string[] = [];
		const client = await connect({ kubeconfig: cluster.kubeconfig }, {}, { debug: (line) => requests.push(line) });
		const all = {
			connection: { kubeconfig: cluster.kubeconfig },
			local: false,
			namespace: undefined,
			labelSelector: '',
			fieldSelector: '',
			refresh: 1_000,
			demo: true,
			root: '/',
			debugFile: '',
			...options,
		};
		const bench = new Bench((post) => new DataHost(followCluster(client, all), all, post), requests);
		t.after(async () => {
			bench.host.close();
			await cluster.close();
		});
		bench.host.start();
		return bench;
	}

	ask(list: ListName, more: Partial<ListQuery> = {}): void {
		const sort = { column: list === 'diagnostics' ? 'severity' : 'name', descending: false };
		const query = { list, sequence: 1, scope: {}, filter: '', sort, anchor: null, offset: 0, count: 500, ...more };
		this.host.receive({ type: 'list', query });
	}

	/** The newest message of that name that passes; waits for it up to ten seconds. */
	async said<T extends FromHost>(name: string, passes: (message: T) => boolean): Promise<T> {
		const newest = () => this.#said.get(name) as T | undefined;
		return new Promise<T>((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#waiting.delete(check);
				reject(new Error(`no such ${name}; the newest is ${JSON.stringify(newest())?.slice(0, 2_000)}`));
			}, 60_000);
			const check = () => {
				const message = newest();
				if (message !== undefined && passes(message)) {
					clearTimeout(timer);
					this.#waiting.delete(check);
					resolve(message);
				}
			};
			this.#waiting.add(check);
			check();
		});
	}

	async pods(passes: (rows: readonly PodRow[]) => boolean): Promise<readonly PodRow[]> {
		const message = await this.said<FromHost & { rows: readonly PodRow[]; loading: boolean }>(
			'pods',
			({ loading, rows }) => !loading && passes(rows),
		);
		return message.rows;
	}
}

const sampled = (row: { usage: { kind: string } }) => row.usage.kind === 'sampled';

describe('the data host', () => {
	test('answers with the nodes, pods and containers of the cluster and their samples', async (t) => {
		const bench = await Bench.start(t, { nodes: 4, pods: 30 });
		bench.ask('pods');
		bench.ask('nodes');
		bench.ask('containers');
		const pods = await bench.pods((rows) => rows.some(sampled));
		assert.ok(pods.length >= 25, `${pods.length} pods`);
		const nodes = await bench.said<FromHost & { rows: readonly NodeRow[] }>('nodes', ({ rows }) => rows.some(sampled));
		assert.equal(nodes.rows.length, 4);
		const containers = await bench.said<FromHost & { rows: readonly ContainerRow[] }>('containers', ({ rows }) =>
			rows.some(sampled),
		);
		assert.ok(containers.rows.length >= pods.length);
		const status = await bench.said<ClusterStatus>('cluster', ({ nodes: { sampled: count } }) => count > 0);
		assert.equal(status.nodes.total, 4);
		assert.equal(status.demo, true);
		assert.equal(status.insecure, '');
	});

	test('does not call forbidden what lets nobody in', async (t) => {
		const bench = await Bench.start(t, { nodes: 3, pods: 20, faults: ['token-expired-or-revoked'] });
		const { sources } = await bench.said<ClusterStatus>('cluster', (status) =>
			status.sources.every(({ state }) => state !== 'starting'),
		);
		assert.deepEqual([...new Set(sources.map(({ state }) => state))], ['failing']);
	});

	test('says nothing more once nothing changes but the time', async (t) => {
		const bench = await Bench.start(t, { nodes: 3, pods: 20 }, { refresh: 60_000 });
		bench.ask('pods');
		await bench.pods((rows) => rows.some(sampled));
		await bench.said<ClusterStatus>('cluster', ({ version, nodes }) => version !== '' && nodes.sampled > 0);
		await new Promise((resolve) => setTimeout(resolve, 600));
		const before = bench.count;
		await new Promise((resolve) => setTimeout(resolve, 800));
		assert.equal(bench.count, before);
	});

	test('gives only the asked window of rows, laid around the anchor', async (t) => {
		const bench = await Bench.start(t, { nodes: 3, pods: 40 });
		bench.ask('pods');
		const all = await bench.pods((rows) => rows.length > 30);
		const anchor = all[20];
		bench.ask('pods', { sequence: 2, anchor: anchor?.uid ?? '', count: 10 });
		const answer = await bench.said<
			FromHost & { sequence: number; anchorIndex: number; offset: number; rows: PodRow[] }
		>('pods', ({ sequence }) => sequence === 2);
		assert.equal(answer.anchorIndex, 20);
		assert.equal(answer.offset, 15);
		assert.equal(answer.rows.length, 10);
		assert.equal(answer.rows[5]?.uid, anchor?.uid);
	});

	test('filters, compares and reports a filter that it cannot read', async (t) => {
		const bench = await Bench.start(t, { nodes: 3, pods: 40 });
		bench.ask('pods', { filter: 'cpu>100m' });
		const hot = await bench.pods((rows) => rows.length > 0 && rows.every(sampled));
		assert.ok(hot.every(({ usage }) => usage.kind === 'sampled' && usage.cpu > 100e6));
		bench.ask('pods', { sequence: 2, filter: 'cpu>' });
		const answer = await bench.said<FromHost & { sequence: number; filterError: string }>(
			'pods',
			({ sequence }) => sequence === 2,
		);
		assert.notEqual(answer.filterError, '');
	});

	test('lets the server select by the labels of a filter, and takes the selection back with it', async (t) => {
		const bench = await Bench.start(t, { nodes: 4, pods: 60 });
		bench.ask('pods');
		const all = await bench.pods((rows) => rows.length > 40);
		bench.ask('pods', { sequence: 2, filter: '-l app.kubernetes.io/name=ledger' });
		const some = await bench.pods((rows) => rows.length > 0 && rows.length < all.length);
		assert.ok(
			some.every(({ name }) => name.startsWith('ledger-')),
			some.map(({ name }) => name).join(),
		);
		const status = await bench.said<ClusterStatus>('cluster', ({ labelSelector }) => labelSelector !== '');
		assert.equal(status.labelSelector, 'app.kubernetes.io/name=ledger');
		bench.ask('pods', { sequence: 3 });
		assert.equal((await bench.pods((rows) => rows.length > some.length)).length, all.length);
	});

	test('says that labels select pods where a list has none', async (t) => {
		const bench = await Bench.start(t, { nodes: 3, pods: 20 });
		bench.ask('nodes', { filter: '-l role=x' });
		const answer = await bench.said<FromHost & { filterError: string; matched: number }>(
			'nodes',
			({ matched }) => matched > 0,
		);
		assert.match(answer.filterError, /-l selects pods/);
	});

	test('looks at one namespace without asking the server again, and at all again', async (t) => {
		const bench = await Bench.start(t, { nodes: 4, pods: 60 });
		bench.ask('pods');
		const all = await bench.pods((rows) => new Set(rows.map(({ namespace }) => namespace)).size > 2);
		const namespace = all[0]?.namespace ?? '';
		bench.host.receive({ type: 'namespace', namespace });
		const some = await bench.pods((rows) => rows.every((row) => row.namespace === namespace));
		assert.ok(some.length > 0 && some.length < all.length);
		bench.host.receive({ type: 'namespace', namespace: null });
		assert.equal((await bench.pods((rows) => rows.length > some.length)).length, all.length);
	});

	test('gives a subject its history', async (t) => {
		const bench = await Bench.start(t, { nodes: 3, pods: 20 });
		bench.ask('pods');
		const pods = await bench.pods((rows) => rows.some(sampled));
		const uid = pods.find(sampled)?.uid ?? '';
		bench.host.receive({ type: 'detail', subject: { kind: 'pod', uid } });
		const detail = await bench.said<FromHost & { cpu: number[]; times: number[] }>(
			'detail',
			({ cpu }) => cpu.length > 0 && (cpu.at(-1) ?? 0) > 0,
		);
		assert.equal(detail.cpu.length, detail.times.length);
	});

	test('gives a user of one namespace that namespace, and says why the nodes are missing', async (t) => {
		const bench = await Bench.start(t, { faults: ['namespace-only'] });
		bench.ask('pods');
		bench.ask('diagnostics');
		const pods = await bench.pods((rows) => rows.some(sampled));
		assert.equal(new Set(pods.map(({ namespace }) => namespace)).size, 1);
		bench.host.receive({ type: 'namespace', namespace: null });
		const status = await bench.said<ClusterStatus>('cluster', ({ namespaceOnly }) => namespaceOnly);
		assert.equal(status.namespace, pods[0]?.namespace);
		const findings = await bench.said<FindingRows>('diagnostics', ({ rows }) =>
			rows.some(({ id }) => id === 'nodes-forbidden'),
		);
		const finding = findings.rows.find(({ id }) => id === 'nodes-forbidden');
		assert.match(String(finding?.facts['error']), /cannot list resource "nodes"/);
	});

	for (const [fault, id, certainty] of [
		['api-group-absent', 'api-group-absent', 'proved'],
		['apiservice-missing-endpoints', 'apiservice-missing-endpoints', 'proved'],
		['ms-missing-auth-delegator', 'ms-missing-auth-delegator', 'proved'],
		['metrics-empty', 'empty', 'open'],
		['one-container-lacks-sample', 'one-container-lacks-sample', 'proved'],
		['impersonation-forbidden', 'impersonation-forbidden', 'proved'],
		['clock-skew-client', 'clock-skew-client', 'proved'],
		['local-proxy-denied', 'local-proxy-denied', 'proved'],
	] as const) {
		test(`has the doctor explain ${fault}, in the place of its own finding`, async (t) => {
			// A clock that stands still is a fault of its own.
			const bench = await Bench.start(t, { faults: [fault], freezeClock: false });
			bench.ask('diagnostics');
			const passes = (row: Finding) => isExamined(row) && row.id === id;
			const { rows } = await bench.said<FindingRows>('diagnostics', (message) => message.rows.some(passes));
			assert.deepEqual(
				rows.filter(({ severity }) => severity !== 'info').map((row) => isExamined(row) && row.certainty),
				[certainty],
				rows.map((row) => row.id).join(),
			);
			assert.ok(rows.filter(isExamined).every(({ because }) => because.length > 0));
			await bench.said<ClusterStatus>('cluster', ({ examining }) => !examining);
		});
	}

	test('never asks the doctor about a healthy cluster', async (t) => {
		const bench = await Bench.start(t, { freezeClock: false });
		bench.ask('diagnostics');
		await bench.said<ClusterStatus>('cluster', ({ pods }) => pods.sampled > 0);
		const polls = () => bench.requests.filter((line) => line.includes('/apis/metrics.k8s.io/')).length;
		const before = polls();
		bench.host.receive({ type: 'refresh' });
		// Longer than a sign must stand before the doctor is sent for.
		await new Promise((resolve) => setTimeout(resolve, 2_500));
		assert.ok(polls() > before);
		const others = bench.requests.filter(
			(line) => !/\/api\/v1\/(nodes|pods)|\/apis\/metrics\.k8s\.io|\/version/.test(line),
		);
		assert.deepEqual(others, []);
	});

	for (const [fault, id] of [
		['no-metrics-api', 'api-group-absent'],
		['aggregator-503', 'apiservice-unavailable'],
		['metrics-empty', 'metrics-empty'],
	] as const) {
		test(`shows ${fault} as a finding, and no number where there is none`, async (t) => {
			const bench = await Bench.start(t, { nodes: 3, pods: 20, faults: [fault] });
			bench.ask('pods');
			bench.ask('diagnostics');
			const findings = await bench.said<FindingRows>('diagnostics', ({ rows }) => rows.some((row) => row.id === id));
			assert.equal(findings.rows.find((row) => row.id === id)?.severity, 'error');
			const pods = await bench.pods((rows) => rows.some((row) => row.usage.kind === 'none' && row.usage.code === id));
			assert.ok(pods.every((row) => row.usage.kind === 'none'));
		});
	}

	test('reads the ledger of the one subject that is looked at, and says what could not be read', async (t) => {
		const bench = await Bench.start(t, { nodes: 3, pods: 20 });
		bench.ask('pods');
		const pod = (await bench.pods((rows) => rows.some(sampled))).find(sampled);
		bench.host.receive({ type: 'ledger', subject: { kind: 'pod', uid: pod?.uid ?? '' } });
		const { ledger, subject } = await bench.said<SubjectLedger>('ledger', (message) => message.ledger !== null);
		assert.equal(subject.uid, pod?.uid);
		assert.equal(ledger?.subject, `pod/${pod?.namespace}/${pod?.name}`);
		assert.match(ledger?.claims.find(({ tool }) => tool === 'kubectl-top-pod')?.printed ?? '', /^\d+Mi$/);
		bench.host.receive({ type: 'ledger', subject: { kind: 'pod', uid: 'nobody' } });
		const gone = await bench.said<SubjectLedger>('ledger', (message) => message.subject.uid === 'nobody');
		assert.match(gone.problems.join(), /is gone/);
	});
});

import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { DataHost } from '../../../source/monitor/host.ts';
import { followMachine } from '../../../source/monitor/local/local-follower.ts';
import type {
	ClusterStatus,
	ContainerRow,
	FromHost,
	ListName,
	ListQuery,
	NodeRow,
	PodRow,
	ProcessRow,
	Rows,
	SubjectLedger,
} from '../../../source/monitor/messages.ts';
import { MadeMachine, populate } from './machine.ts';

/** A data host on a made machine, and what it said last under each name. */
class Bench {
	readonly machine = new MadeMachine('v2');
	readonly host: DataHost;
	readonly #said = new Map<string, FromHost>();
	readonly #waiting = new Set<() => void>();

	constructor(t: TestContext) {
		populate(this.machine);
		const follow = followMachine({
			root: this.machine.root,
			refresh: 30,
			machine: { asked: false, searched: '~/.kube/config', root: '/' },
			docker: null,
			environment: {},
			dockerNamed: false,
		});
		const options = {
			connection: {},
			local: true,
			root: this.machine.root,
			namespace: undefined,
			labelSelector: '',
			fieldSelector: '',
			refresh: 30,
			demo: false,
			debugFile: '',
		};
		this.host = new DataHost(follow, options, (message) => {
			this.#said.set(message.type === 'rows' ? message.list : message.type, message);
			for (const check of [...this.#waiting]) {
				check();
			}
		});
		t.after(() => {
			this.host.close();
			this.machine.close();
		});
		this.host.start();
	}

	ask(list: ListName, more: Partial<ListQuery> = {}): void {
		const sort = { column: 'name', descending: false };
		const query = { list, sequence: 1, scope: {}, filter: '', sort, anchor: null, offset: 0, count: 50, ...more };
		this.host.receive({ type: 'list', query });
	}

	/** The newest message of that name that passes; waits for it up to twenty seconds. */
	async said<T extends FromHost>(name: string, passes: (message: T) => boolean): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			const newest = () => this.#said.get(name) as T | undefined;
			const timer = setTimeout(() => {
				this.#waiting.delete(check);
				reject(new Error(`no such ${name}; the newest is ${JSON.stringify(newest())?.slice(0, 2_000)}`));
			}, 20_000);
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

	async rows<Row>(list: ListName, passes: (rows: readonly Row[]) => boolean): Promise<readonly Row[]> {
		const { rows } = await this.said<Rows>(list, (message) => passes(message.rows as readonly Row[]));
		return rows as readonly Row[];
	}
}

describe('a data host on this machine', () => {
	test('answers with the machine as a node, with groups as pods, and with their members as containers', async (t) => {
		const bench = new Bench(t);
		bench.ask('nodes');
		bench.ask('pods');
		bench.ask('containers');
		const [node] = await bench.rows<NodeRow>('nodes', ([first]) => first?.usage.kind === 'sampled');
		assert.equal(node?.name, 'made');
		// Nobody knows what is requested: that is not 0.
		assert.ok(Number.isNaN(node?.cpuRequested));
		assert.equal(node?.pods, 5);
		const pods = await bench.rows<PodRow>('pods', (rows) => rows.every(({ usage }) => usage.kind === 'sampled'));
		assert.deepEqual(
			pods.map(({ name }) => name),
			['api-7d4f', 'd0d0d0d0d0d0', 'init.scope', 'ssh.service', 'user-1000.slice'],
		);
		assert.ok(pods.every((row) => row.node === 'made'));
		const containers = await bench.rows<ContainerRow>('containers', (rows) => rows.length === 6);
		assert.ok(containers.some(({ name, pod }) => name === 'api' && pod === 'api-7d4f'));
	});

	test('says in the header that it is this machine, and why', async (t) => {
		const bench = new Bench(t);
		const status = await bench.said<ClusterStatus>('cluster', ({ pods }) => pods.sampled === 5);
		assert.deepEqual(status.local, { asked: false, searched: '~/.kube/config', root: '/' });
		assert.equal(status.context, 'made');
		assert.equal(status.version, 'Linux 6.1.0-made');
		assert.equal(status.cpu.allocatable, 4e9);
		assert.ok(Number.isNaN(status.cpu.requested));
		assert.ok(Number.isNaN(status.cost.requestsNow));
	});

	test('lists the processes of a container, of a group, and of the machine', async (t) => {
		const bench = new Bench(t);
		bench.ask('pods');
		const pods = await bench.rows<PodRow>('pods', (rows) => rows.length === 5);
		const api = pods.find(({ name }) => name === 'api-7d4f');
		const user = pods.find(({ name }) => name === 'user-1000.slice');
		assert.ok(api !== undefined && user !== undefined);
		const sort = { column: 'pid', descending: false };
		const pids = async (sequence: number, scope: ListQuery['scope'], wanted: readonly number[]) => {
			bench.ask('processes', { sequence, scope, sort });
			await bench.rows<ProcessRow>('processes', (rows) => {
				const found = rows.map(({ pid }) => pid);
				return JSON.stringify(found) === JSON.stringify(wanted);
			});
		};
		await pids(1, { pod: api.uid, container: `${api.uid}/api` }, [300, 301]);
		await pids(2, { pod: api.uid }, [300, 301, 302]);
		await pids(3, { pod: user.uid }, [400]);
		await pids(4, {}, [1, 2, 100, 200, 300, 301, 302, 400]);
		await pids(5, { pod: 'cgroup/gone' }, []);
	});

	test('tells of a process what top tells, its command cleaned', async (t) => {
		const bench = new Bench(t);
		bench.machine.process({ pid: 300, name: 'app', command: 'app --colour \x1b[31mred', pages: 512, cpuTime: 5e9 });
		bench.ask('processes', { filter: 'app', sort: { column: 'time', descending: true } });
		const [row] = await bench.rows<ProcessRow>('processes', (rows) => rows.length === 2);
		assert.equal(row?.command, 'app --colour red');
		assert.equal(row?.cpuTime, 5e9);
		assert.equal(row?.threads, 3);
		assert.equal(row?.state, 'S');
		let cpuTime = 5e9;
		const working = setInterval(() => {
			cpuTime += 1e9;
			bench.machine.process({ pid: 300, name: 'app', command: 'app', cpuTime });
		}, 5);
		t.after(() => clearInterval(working));
		await bench.rows<ProcessRow>('processes', ([first]) => (first?.cpu ?? 0) > 0);
	});

	test('reads no process while none is on screen', async (t) => {
		const bench = new Bench(t);
		bench.ask('processes');
		await bench.rows<ProcessRow>('processes', (rows) => rows.length > 0);
		bench.host.receive({ type: 'unlist', list: 'processes' });
		bench.machine.process({ pid: 999, name: 'late' });
		bench.ask('pods');
		await bench.rows<PodRow>('pods', (rows) => rows.every(({ usage }) => usage.kind === 'sampled'));
		bench.ask('processes', { sequence: 2 });
		await bench.rows<ProcessRow>('processes', (rows) => rows.some(({ pid }) => pid === 999));
	});

	test('reads the ledger of a group, of a container, of the machine and of a process', async (t) => {
		const bench = new Bench(t);
		bench.ask('pods');
		const pods = await bench.rows<PodRow>('pods', (rows) => rows.length === 5);
		const ssh = pods.find(({ name }) => name === 'ssh.service');
		const api = pods.find(({ name }) => name === 'api-7d4f');
		assert.ok(ssh !== undefined && api !== undefined);
		const subjects = [
			[{ kind: 'pod', uid: ssh.uid }, 'cgroup/system.slice/ssh.service'],
			[{ kind: 'container', uid: `${api.uid}/api`, podUid: api.uid }, /^cgroup\/kubepods\.slice.*\.scope$/],
			[{ kind: 'node', uid: 'host' }, 'host'],
			[{ kind: 'process', uid: 'pid/100' }, 'pid/100'],
		] as const;
		for (const [subject, key] of subjects) {
			bench.host.receive({ type: 'ledger', subject });
			const { ledger } = await bench.said<SubjectLedger>(
				'ledger',
				(message) => message.subject.uid === subject.uid && message.ledger !== null,
			);
			assert.match(ledger?.subject ?? '', typeof key === 'string' ? new RegExp(`^${key}$`) : key);
		}
	});
});

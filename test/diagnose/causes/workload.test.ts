import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { causes, findCause } from '../../../source/diagnose/causes.ts';
import { condition, container, evidenceOf, forbidden, now, read, seconds, workloadPod } from '../evidence.ts';

type Answers = Parameters<typeof evidenceOf>[0];

const gone = 'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"';
const down = (answers: Answers) =>
	evidenceOf({ ...condition('MissingEndpoints', gone), endpoints: read([]), ...answers });
const verdicts = (answers: Answers) =>
	new Map(
		causes
			.filter(({ family }) => family === 'workload')
			.map((cause) => [cause.id, cause.judge(down(answers))] as const),
	);

describe('metrics-server as a workload', () => {
	test('is a set of causes to whoever may not see its pods, and that right would decide', () => {
		const all = verdicts({ 'workload-pods': forbidden(), deployments: forbidden(), events: forbidden() });
		const image = all.get('ms-image-pull');
		assert.deepEqual(image, { verdict: 'undecided', wouldDecide: ['workload-pods'] });
		assert.deepEqual(all.get('ms-replicas-zero'), { verdict: 'undecided', wouldDecide: ['deployments'] });
		assert.ok([...all.values()].every(({ verdict }) => verdict !== 'proved'));
	});

	test('asks for the log of one that ends again and again', () => {
		const crashing = container({ ready: false, state: 'waiting', reason: 'CrashLoopBackOff', restarts: 4 });
		const all = verdicts({
			'workload-pods': read([workloadPod({ ready: false, containers: [crashing] })]),
			log: forbidden(),
		});
		assert.deepEqual(all.get('ms-unknown-flag'), { verdict: 'undecided', wouldDecide: ['previous-log', 'log'] });
		assert.equal(all.get('ms-image-pull')?.verdict, 'ruled-out');
	});

	test('is not the reason while one of its pods is ready', () => {
		const oom = container({ ready: false, lastReason: 'OOMKilled', restarts: 3, state: 'waiting' });
		const pods = [workloadPod(), workloadPod({ name: 'other', ready: false, containers: [oom] })];
		const all = verdicts({ 'workload-pods': read(pods) });
		assert.equal(all.get('ms-oomkilled')?.verdict, 'ruled-out');
	});

	test('is not the reason where the condition blames the Service', () => {
		const evidence = evidenceOf({
			...condition('ServiceNotFound', 'service/metrics-server in "default" is not present'),
			'workload-pods': read([
				workloadPod({ ready: false, phase: 'Pending', unscheduled: '0/1 nodes: 1 Insufficient cpu.' }),
			]),
		});
		assert.equal(findCause('ms-unschedulable-resources')?.judge(evidence).verdict, 'ruled-out');
	});

	test('is not judged by a pod that was turned away while another one runs', () => {
		const message = "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports";
		const rejected = workloadPod({ name: 'old', ready: false, phase: 'Failed', reason: 'NodePorts', message });
		const fresh = workloadPod({ ready: false, containers: [container({ ready: false, startedAt: now - seconds(5) })] });
		const all = verdicts({ 'workload-pods': read([rejected, fresh]) });
		assert.equal(all.get('ms-hostport-conflict')?.verdict, 'ruled-out');
		assert.equal(all.get('ms-not-ready-just-started')?.verdict, 'proved');
	});

	test('has not just started if it has restarted', () => {
		const again = container({ ready: false, restarts: 2, startedAt: now - seconds(5) });
		const all = verdicts({ 'workload-pods': read([workloadPod({ ready: false, containers: [again] })]) });
		assert.equal(all.get('ms-not-ready-just-started')?.verdict, 'ruled-out');
	});
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UsageError } from '../../../source/commands/command.ts';
import { causes } from '../../../source/diagnose/causes.ts';
import { exitCodes } from '../../../source/exit-codes.ts';
import { temporaryFolder } from '../../kube/support/temporary-folder.ts';
import { cluster, reportOn, runDoctor } from './run-doctor.ts';

describe('whytop doctor', () => {
	test('finds nothing to mend on a cluster in which all is well, with few requests', async (t) => {
		const { code, report } = await reportOn(t, []);
		assert.equal(code, 0);
		assert.ok(report.healthy);
		assert.deepEqual(
			report.findings.filter(({ severity }) => severity !== 'info'),
			[],
		);
		assert.ok(report.requests <= 10, `${report.requests} requests`);
	});

	test('proves that nothing is registered, by the API server’s word', async (t) => {
		const { code, report } = await reportOn(t, ['api-group-absent']);
		assert.equal(code, 1);
		assert.deepEqual(
			report.findings.map(({ certainty, id }) => `${certainty} ${id}`),
			['proved api-group-absent'],
		);
		assert.equal(report.findings[0]?.because[0]?.quote, '404 page not found');
	});

	test('tells a Service without ready pods from an API that is not there', async (t) => {
		const { report } = await reportOn(t, ['apiservice-missing-endpoints']);
		assert.equal(report.findings[0]?.id, 'apiservice-missing-endpoints');
		assert.ok(report.findings[0]?.because.some(({ quote }) => quote.includes('MissingEndpoints')));
	});

	test('finds the right that metrics-server lacks in the words of the 500', async (t) => {
		const { report } = await reportOn(t, ['ms-missing-auth-delegator']);
		assert.deepEqual(
			report.findings.map(({ id }) => id),
			['ms-missing-auth-delegator'],
		);
	});

	test('answers about one pod alone', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['one-container-lacks-sample'] });
		const all = await runDoctor({ connection: { kubeconfig }, strings: { output: 'json' } });
		const lacking = JSON.parse(all.out).findings.find(({ id }: { id: string }) => id === 'one-container-lacks-sample');
		const [pod = ''] = lacking.subjects;
		const one = await runDoctor({ connection: { kubeconfig }, words: [pod], strings: { output: 'json' } });
		const { findings } = JSON.parse(one.out);
		assert.deepEqual(
			findings.map(({ id, subjects }: { id: string; subjects: string[] }) => [id, subjects.includes(pod)]),
			[['one-container-lacks-sample', true]],
		);
	});

	test('answers about one node with what all its pods lack, and finds nothing at another', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['pods-missing-cri-stats'] });
		const ask = async (node: string) => {
			const { out } = await runDoctor({
				connection: { kubeconfig },
				words: [`node/${node}`],
				strings: { output: 'json' },
			});
			return JSON.parse(out).findings.map(({ id }: { id: string }) => id);
		};
		assert.deepEqual(await ask('worker-03'), ['pods-missing-cri-stats']);
		assert.deepEqual(await ask('worker-04'), []);
	});

	test('says what a user of one namespace could not see, and which right would let it', async (t) => {
		const { code, report } = await reportOn(t, ['namespace-only']);
		assert.equal(code, 0);
		assert.ok(report.unchecked.some(({ needs, probe }) => probe === 'nodes' && needs.includes('list nodes')));
		assert.deepEqual(
			report.findings.filter(({ severity }) => severity !== 'info'),
			[],
		);
	});

	test('does not call a cluster healthy of which it learned nothing in time', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['slow-api'] });
		const { code, out } = await runDoctor({ connection: { kubeconfig }, strings: { timeout: '5s' } });
		assert.equal(code, exitCodes.couldNotRun);
		assert.match(out, /▲ Nothing can be said of the metrics/);
		assert.doesNotMatch(out, /Nothing is wrong/);
	});

	test('reports a kubeconfig that cannot be used, without asking anything', async () => {
		const { code, out } = await runDoctor({ connection: { kubeconfig: '/no/such/file' }, strings: { output: 'json' } });
		const report = JSON.parse(out);
		assert.equal(code, 1);
		assert.equal(report.requests, 0);
		assert.equal(report.cluster, null);
		assert.equal(report.findings.length, 1);
	});

	test('connects to kubelets only where that is wanted, and says what it saw as such', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['kubelet-cert-rotated-pin'] });
		const told = async (kubeletPorts: boolean) => {
			const { out } = await runDoctor({ connection: { kubeconfig }, switches: { kubeletPorts } });
			return out;
		};
		const asked = await told(true);
		assert.match(asked, /kubelet-cert-rotated-pin · likely · node\/worker-03/);
		assert.match(asked, /connect to 127\.0\.0\.1:\d+ \(worker-03, from here\)/);
		assert.match(asked, /Kubelets, asked by this machine and as nobody\./);
		assert.match(asked, /refused \(ECONNREFUSED\)/);
		const unasked = await told(false);
		assert.match(unasked, /kubelet-cert-unknown-ca · proved · node\/worker-03/);
		assert.match(unasked, /kubelet-cert-rotated-pin: /, 'what can be behind it');
		assert.match(unasked, /\(with --kubelet\): not asked/, 'and what would decide');
		assert.doesNotMatch(unasked, /from here/);
	});

	test('knows a kubectl that asks for Heapster, where there is no metrics API', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['api-group-absent'] });
		const folder = temporaryFolder(t);
		folder.script('kubectl', `echo '{"clientVersion":{"major":"1","minor":"16","gitVersion":"v1.16.15"}}'`);
		const { out } = await runDoctor({
			connection: { kubeconfig },
			environment: { KUBECONFIG: '/dev/null', PATH: folder.path },
			strings: { output: 'json' },
		});
		assert.deepEqual(
			JSON.parse(out).findings.map(({ id, severity }: { id: string; severity: string }) => [id, severity]),
			[
				['api-group-absent', 'error'],
				['heapster-missing-old-kubectl', 'warning'],
			],
		);
	});

	test('says what the connection met once, where it is seen', async () => {
		const { out } = await runDoctor({ connection: { kubeconfig: '/no/such/file' } });
		const sentence = 'The kubeconfig /no/such/file cannot be used: it does not exist.';
		assert.equal(out.replaceAll(/\s+/g, ' ').split(sentence).length, 2);
		assert.match(out, /Correct the path after --kubeconfig/);
	});

	test('reads as text, with a line for each step beside it', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['api-group-absent'] });
		const { error, out } = await runDoctor({ connection: { kubeconfig } });
		assert.match(out, /✖ there is no metrics API/);
		assert.match(out, /GET \/apis\/metrics\.k8s\.io → 404/);
		assert.match(out, /kubectl --kubeconfig \S+ apply -f https:\/\/github\.com\/kubernetes-sigs\/metrics-server/);
		assert.match(error, /✓ kubeconfig and credentials .*\n✓ the way to the API server .*\n/);
	});

	test('holds no secret, and with --redact no name of the cluster’s things', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['pod-too-young'] });
		const { out } = await runDoctor({ connection: { kubeconfig }, switches: { redact: true } });
		assert.doesNotMatch(out, /whytop-demo-admin|127\.0\.0\.1|newcomer|demo-admin/);
		assert.match(out, /pod-too-young/);
		assert.match(out, /pod-\d/);
	});

	test('has commands that mean the same cluster and user, whose names are hidden where names are', async (t) => {
		const connection = { kubeconfig: await cluster(t, { faults: ['api-group-absent'] }), context: 'whytop-demo' };
		const command = /kubectl --kubeconfig \S+ --context (\S+) get apiservices,deployments/;
		assert.equal(command.exec((await runDoctor({ connection })).out)?.[1], 'whytop-demo');
		const hidden = await runDoctor({ connection, switches: { redact: true } });
		assert.equal(command.exec(hidden.out)?.[1], 'context-1');
	});

	test('hides what stands behind an autoscaler, and nodes that are known from their pods alone', async (t) => {
		const autoscaler = await cluster(t, { faults: ['hpa-selector-overlap'] });
		const scaled = await runDoctor({
			connection: { kubeconfig: autoscaler },
			words: ['hpa/payments/receipts'],
			switches: { redact: true },
		});
		assert.match(scaled.out, /hpa-selector-overlap/);
		assert.doesNotMatch(scaled.out, /receipts|backfill|payments/);
		const silent = await cluster(t, { faults: ['kubelet-401', 'namespace-only'] });
		const { out } = await runDoctor({ connection: { kubeconfig: silent }, switches: { redact: true } });
		assert.match(out, /nodes-silent/);
		assert.doesNotMatch(out, /worker-|payments/);
	});

	test('prints the catalogue, and one cause of it', async () => {
		const { out } = await runDoctor({ switches: { list: true } });
		assert.deepEqual(
			causes.filter(({ id }) => !out.includes(id)).map(({ id }) => id),
			[],
		);
		const one = await runDoctor({ strings: { explain: 'kubelet-401' } });
		assert.match(one.out, /401 Unauthorized/);
		assert.match(one.out, /authentication\.webhook\.enabled/);
		await assert.rejects(runDoctor({ strings: { explain: 'nothing' } }), UsageError);
	});

	test('says what it does not take', async () => {
		await assert.rejects(runDoctor({ words: ['docker/db'] }), UsageError);
		await assert.rejects(runDoctor({ words: ['node/a', 'node/b'] }), UsageError);
		await assert.rejects(runDoctor({ strings: { output: 'csv' } }), UsageError);
		await assert.rejects(runDoctor({ strings: { timeout: 'soon' } }), UsageError);
	});
});

describe('whytop doctor --text', () => {
	const meanings = async (text: string) => {
		const { code, out } = await runDoctor({ strings: { text, output: 'json' } });
		const { meanings: found, tellApart } = JSON.parse(out) as {
			meanings: { id: string; printedBy: string[] }[];
			tellApart: { probe: string }[];
		};
		return { code, found, ids: found.map(({ id }) => id), tellApart: tellApart.map(({ probe }) => probe) };
	};

	test('never takes “Metrics API not available” for “not installed” alone', async () => {
		const { found, ids, tellApart } = await meanings('error: Metrics API not available');
		assert.ok(ids.includes('api-group-absent'));
		assert.ok(ids.includes('apiservice-missing-endpoints'));
		assert.ok(ids.includes('apiservice-cabundle-wrong'));
		assert.ok(tellApart.includes('metrics-group') && tellApart.includes('apiservice'));
		const broken = found.find(({ id }) => id === 'apiservice-missing-endpoints');
		assert.match(broken?.printedBy.join() ?? '', /kubectl 1\.26 and newer, with a server of 1\.27/);
	});

	test('knows a line of metrics-server’s log, of whatever release', async () => {
		const line = `"Failed to scrape node" err="Get \\"https://10.0.0.5:10250/metrics/resource\\": x509: cannot validate certificate for 10.0.0.5 because it doesn't contain any IP SANs" node="n05"`;
		assert.deepEqual((await meanings(line)).ids, ['kubelet-cert-no-ip-san']);
	});

	test('says so where nothing known prints it', async () => {
		const { code, ids } = await meanings('Segmentation fault');
		assert.deepEqual([code, ids], [0, []]);
	});
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectKubelet, kubeletAddress } from '../../source/gather/kubelet.ts';
import { readNode } from '../../source/gather/node.ts';
import type { SourceProblem } from '../../source/gather/problem.ts';
import { type Answer, type Answers, apiAnswers, cluster, directKubelet, proxy, statusAnswer } from './cluster.ts';

function summaryProblem(problems: readonly SourceProblem[]): SourceProblem {
	const found = problems.find(({ source }) => source === 'kubelet-summary');
	assert.ok(found);
	return found;
}

describe('a node', () => {
	test('has the readings of all its sources, with its pods and groups as parts', async (t) => {
		const { client } = await cluster(t);
		const node = await readNode(client, 'node-a');
		assert.deepEqual(node.problems, []);
		assert.deepEqual(node.notes, ['pressure-not-measured']);
		assert.deepEqual(node.versions, {
			cgroup: 'v1',
			kubelet: 'v1.36.3',
			runtime: 'containerd://1.6.20',
			docker: '',
			kernel: '6.18.44-generic',
			multiGenerationalLru: null,
		});
		const { readings } = node;
		const workingSet = readings.value('workingSet', 'kubelet-summary');
		assert.equal(readings.value('workingSet', 'kubelet-resource'), workingSet);
		assert.equal(readings.value('workingSet', 'kubelet-cadvisor'), workingSet);
		assert.equal(readings.value('memoryAllocatable'), 24_581_684 * 1024);
		assert.ok(readings.find('cpuRate', 'metrics-api')?.window);
		assert.equal(readings.findPart('system/pods', 'usage')?.value, 374_706_176);
		assert.equal(readings.parts('pod/', 'workingSet', 'kubelet-resource').length, 6);
		assert.equal(readings.findPart('pod/default/anonymous', 'usage', 'kubelet-cadvisor')?.value, 31_993_856);
	});

	test('is asked only what is wanted', async (t) => {
		const { client, server } = await cluster(t);
		const node = await readNode(client, 'node-a', { asks: ['resource'] });
		assert.deepEqual(
			server.asked.map(({ url, headers }) => [url, headers.accept]),
			[[`${proxy}/metrics/resource`, 'text/plain;version=0.0.4']],
		);
		assert.deepEqual([...node.answers.keys()], ['kubelet-resource']);
		assert.equal(node.record, null);
	});

	test('whose kubelet is asked directly leaves the node proxy alone', async (t) => {
		const { client, server } = await cluster(t);
		const { kubelet, server: ofKubelet } = await directKubelet(t);
		const node = await readNode(client, 'node-a', { kubelet });
		assert.deepEqual(node.problems, []);
		assert.equal(node.answers.size, 3);
		assert.equal(
			server.asked.some(({ url }) => url.includes('/proxy/')),
			false,
		);
		assert.deepEqual(ofKubelet.asked.map(({ url }) => url).sort(), [
			'/metrics/cadvisor',
			'/metrics/resource',
			'/stats/summary',
		]);
	});

	test('is not given the numbers of another node whose kubelet was asked', async (t) => {
		const { client } = await cluster(t);
		const { kubelet } = await directKubelet(t);
		const node = await readNode(client, 'node-b', { kubelet, asks: ['summary', 'resource'] });
		assert.deepEqual([node.readings.all, node.answers.size], [[], 0]);
		assert.deepEqual(
			node.problems.map(({ id }) => id),
			['other-node', 'other-node'],
		);
		assert.match(node.problems[0]?.sentence ?? '', /is that of node-a, not of node-b/);
	});

	test('of which one source fails has the others, and a sentence for the one', async (t) => {
		const answers: Answers = apiAnswers();
		answers[`${proxy}/stats/summary`] = { body: '{"node":{"memory":{"usageBytes":"x"}}}' };
		answers['/api/v1/nodes/node-a'] = statusAnswer(403, 'Forbidden', 'nodes "node-a" is forbidden');
		const { client } = await cluster(t, answers);
		const node = await readNode(client, 'node-a');
		assert.deepEqual(node.problems.map(({ source, id }) => [source, id]).sort(), [
			['kubelet-summary', 'unreadable'],
			['node-status', 'forbidden'],
		]);
		assert.deepEqual([...node.answers.keys()].sort(), ['kubelet-cadvisor', 'kubelet-resource']);
		assert.equal(node.versions.kubelet, '');
		assert.equal(node.versions.cgroup, 'v1', 'which cAdvisor tells');
	});

	test('that never answers is given up after the time, and an abort is one', async (t) => {
		const answers: Answers = { ...apiAnswers(), [`${proxy}/stats/summary`]: 'never' };
		const { client } = await cluster(t, answers);
		const node = await readNode(client, 'node-a', { asks: ['summary', 'resource'], timeout: 150 });
		const problem = summaryProblem(node.problems);
		assert.equal(problem.id, 'timeout');
		assert.match(problem.sentence, /^The kubelet of node-a did not answer \/stats\/summary within 0\.15 s\.$/);
		const controller = new AbortController();
		const reading = readNode(client, 'node-a', { asks: ['summary'], signal: controller.signal });
		controller.abort(new Error('given up'));
		await assert.rejects(reading, /given up/);
	});

	const forbiddenByApi = statusAnswer(
		403,
		'Forbidden',
		'nodes "node-a" is forbidden: User "me" cannot get resource "nodes/proxy" in API group "" at the cluster scope',
	);
	const text = (status: number, body: string): Answer => ({ status, type: 'text/plain', body });
	const unreachable = 'error trying to reach service: dial tcp 10.0.0.5:10250: connect: connection refused';
	const unknownAuthority =
		'error trying to reach service: tls: failed to verify certificate: x509: certificate signed by unknown authority';

	for (const [what, [answer, id, sentence]] of Object.entries({
		'nodes/proxy is forbidden': [forbiddenByApi, 'nodes-proxy-forbidden', /403: nodes\/proxy/],
		'the kubelet refuses the API server': [
			text(403, 'Forbidden (user=kube-apiserver, verb=get, resource=nodes, subresource(s)=[stats])'),
			'kubelet-refuses-api-server',
			/It said: Forbidden \(user=kube-apiserver/,
		],
		'the kubelet does not know the API server': [text(401, 'Unauthorized\n'), 'kubelet-refuses-api-server', /\(401\)/],
		'the user is not known': [
			statusAnswer(401, 'Unauthorized', 'Unauthorized'),
			'connection',
			/does not accept the cred/,
		],
		'the kubelet has no such path': [
			text(404, '404 page not found\n'),
			'path-unknown',
			/has no \/stats\/summary \(404\)/,
		],
		'there is no such node': [
			statusAnswer(404, 'NotFound', 'nodes "node-a" not found'),
			'node-unknown',
			/no node node-a/,
		],
		'the address is a loopback one': [
			statusAnswer(400, 'BadRequest', 'address not allowed'),
			'node-address-not-allowed',
			/--kubelet https:/,
		],
		'nothing listens on the node': [
			statusAnswer(503, 'ServiceUnavailable', unreachable),
			'kubelet-unreachable',
			/connection refused\.$/,
		],
		'the API server does not trust it': [
			statusAnswer(500, 'InternalError', unknownAuthority),
			'kubelet-tls',
			/unknown authority/,
		],
		'it has a fault of its own': [
			text(500, 'failed to list pod stats\n'),
			'failed',
			/\(500\)\. It said: .*failed to list/,
		],
		'another format comes': [text(200, 'hello'), 'unreadable', /is text\/plain, not JSON/],
	} as const)) {
		test(`through the API server: ${what}`, async (t) => {
			const { client } = await cluster(t, { ...apiAnswers(), [`${proxy}/stats/summary`]: answer });
			const problem = summaryProblem((await readNode(client, 'node-a', { asks: ['summary'] })).problems);
			assert.equal(problem.id, id);
			assert.match(problem.sentence, sentence);
			assert.doesNotMatch(problem.sentence, /grant/);
		});
	}

	for (const [what, [answer, id, sentence]] of Object.entries({
		'the kubelet refuses the user': [text(403, 'Forbidden (user=me)'), 'kubelet-forbidden', /nodes\/stats .*user=me/],
		'over http it knows nobody': [text(401, 'Unauthorized'), 'kubelet-unauthorized', /over http nobody is told/],
		'it has no such path': [text(404, '404 page not found'), 'path-unknown', /no \/stats\/summary/],
	} as const)) {
		test(`directly: ${what}`, async (t) => {
			const { kubelet } = await directKubelet(t, { '/stats/summary': answer });
			const problem = summaryProblem(
				(await readNode(kubelet.client, 'node-a', { asks: ['summary'], kubelet })).problems,
			);
			assert.equal(problem.id, id);
			assert.match(problem.sentence, sentence);
		});
	}

	test('directly: nothing listens there', async (t) => {
		const { kubelet, server } = await directKubelet(t);
		await server.close();
		const problem = summaryProblem((await readNode(kubelet.client, 'node-a', { asks: ['summary'], kubelet })).problems);
		assert.equal(problem.id, 'kubelet-unreachable');
		assert.match(problem.sentence, /ECONNREFUSED/);
	});
});

describe('the address of a kubelet', () => {
	test('is completed as kubelets listen', () => {
		for (const [given, address] of [
			['https://node-a:10250', 'https://node-a:10250'],
			['node-a', 'https://node-a:10250'],
			['node-a:10250/', 'https://node-a:10250'],
			['node-a:10255', 'http://node-a:10255'],
			['http://node-a', 'http://node-a:10255'],
			['https://10.0.0.5:443/kubelet', 'https://10.0.0.5:443/kubelet'],
			['[::1]', 'https://[::1]:10250'],
			['https://[::1]:443', 'https://[::1]:443'],
		] as const) {
			assert.equal(kubeletAddress(given), address, given);
		}
	});

	test('replaces that of the API server, with the same user; over http nobody is told who that is', async (t) => {
		const { server } = await directKubelet(t);
		const client = await connectKubelet(
			{ server: 'https://api.example:6443', token: 'secret-token', tlsServerName: 'api' },
			{ url: server.url },
			{ KUBECONFIG: '/dev/null' },
		);
		t.after(() => client.close());
		await client.read('/stats/summary');
		assert.equal(client.target.server, server.url);
		assert.equal(server.asked[0]?.headers.authorization, undefined);
	});
});

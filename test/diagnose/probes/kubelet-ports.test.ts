import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { Authority, type KeyPair } from '../../../source/demo/server/certificate.ts';
import { certificateProblem, seenAtPorts } from '../../../source/diagnose/evidence/kubelet-ports.ts';
import { kubeletsToProbe, nodesToAsk } from '../../../source/diagnose/kubelets-to-ask.ts';
import type { ProbeContext } from '../../../source/diagnose/probe.ts';
import { kubeletPortsProbe } from '../../../source/diagnose/probes/kubelet-ports.ts';
import type { KubeClient } from '../../../source/kube/client.ts';
import { evidenceOf, forbidden, healthy, node, read, samples, scrapeFailing } from '../evidence.ts';

const day = 86_400_000;

/** A kubelet's port, or something else, until the test is over; what it was asked. */
async function listening(context: TestContext, server: net.Server): Promise<number> {
	const { promise, resolve } = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await promise;
	context.after(() => {
		if (server instanceof http.Server || server instanceof https.Server) {
			server.closeAllConnections();
		}
		server.close();
	});
	return (server.address() as net.AddressInfo).port;
}

async function kubelet(context: TestContext, { certificate: cert, key }: KeyPair) {
	const asked: http.IncomingMessage[] = [];
	const server = https.createServer({ cert, key }, (request, response) => {
		asked.push(request);
		response.writeHead(401).end('Unauthorized');
	});
	return { asked, port: await listening(context, server) };
}

/** Asks the kubelet of n2 at this port of loopback. */
async function ask(context: TestContext, port: number, authority: string) {
	const client = {
		read: async () => ({
			body: Buffer.from(JSON.stringify({ data: { 'ca.crt': authority } })),
			contentType: 'application/json',
			headers: {},
		}),
	} as unknown as KubeClient;
	const probe: ProbeContext = { reach: () => Promise.resolve(client), signal: context.signal };
	const addresses = [{ type: 'InternalIP', address: '127.0.0.1' }];
	const nodes = read([node('n2', { addresses, kubeletPort: port })]);
	const answer = await kubeletPortsProbe.ask(probe, evidenceOf({ ...healthy, nodes }, { probesKubelets: true }));
	const [facts] = answer.value ?? [];
	assert.ok(facts !== undefined);
	return facts;
}

describe('a kubelet’s ports, asked from here,', () => {
	const authority = new Authority();
	const good = { from: Date.now() - day, until: Date.now() + day };

	test('are in order where the certificate is the cluster’s; nobody’s credentials are shown', async (context) => {
		const { asked, port } = await kubelet(context, authority.forServer(['n2'], ['127.0.0.1'], good));
		const facts = await ask(context, port, authority.certificate);
		assert.equal(facts.code, '');
		assert.equal(facts.asPodsJudge, true);
		assert.equal(facts.handshake?.code, '');
		assert.equal(certificateProblem(facts, Date.now()), '');
		assert.equal(facts.status, 401);
		assert.equal(facts.words, 'Unauthorized');
		assert.equal(facts.readOnlyCode, 'ECONNREFUSED');
		assert.deepEqual(
			asked.map(({ headers, method, url }) => [method, url, headers.authorization]),
			[['GET', '/metrics/resource', undefined]],
		);
	});

	const problems = {
		'no-ip-san': authority.forServer(['n2'], [], good),
		name: authority.forServer(['n2'], ['192.0.2.7'], good),
		expired: authority.forServer(['n2'], ['127.0.0.1'], { from: Date.now() - 2 * day, until: Date.now() - day }),
		'unknown-ca': new Authority().forServer(['n2'], ['127.0.0.1'], good),
	};
	for (const [problem, keys] of Object.entries(problems)) {
		test(`show a certificate that metrics-server would not accept: ${problem}`, async (context) => {
			const { port } = await kubelet(context, keys);
			const facts = await ask(context, port, authority.certificate);
			assert.equal(certificateProblem(facts, Date.now()), problem);
			const seen = seenAtPorts(facts, Date.now()).map(({ quote, request }) => `${request}: ${quote}`);
			assert.match(seen.join('\n'), /TLS handshake with 127\.0\.0\.1:\d+ → [A-Z_]+ \(n2, from here\): CN=whytop demo/);
		});
	}

	test('say nothing of the authority where nobody knows which one pods are given', async (context) => {
		const { port } = await kubelet(context, problems['unknown-ca']);
		assert.equal(certificateProblem(await ask(context, port, ''), Date.now()), '');
	});

	test('refuse where nothing listens', async (context) => {
		const gone = net.createServer();
		const port = await listening(context, gone);
		await new Promise((resolve) => gone.close(resolve));
		const facts = await ask(context, port, authority.certificate);
		assert.equal(facts.code, 'ECONNREFUSED');
		assert.equal(facts.handshake, null);
		assert.equal(facts.status, 0);
	});

	test('speak no TLS where something else answers', async (context) => {
		const port = await listening(
			context,
			http.createServer((_request, response) => response.end('hello')),
		);
		const facts = await ask(context, port, authority.certificate);
		assert.equal(facts.handshake?.chain.length, 0);
		assert.match(seenAtPorts(facts, Date.now())[1]?.quote ?? '', /no TLS/);
	});
});

describe('which kubelets are asked', () => {
	const nodes = read(['n1', 'n2', 'n3', 'n4', 'n5'].map((name) => node(name)));
	const { log: _log, ...failing } = scrapeFailing();

	test('from here: those without samples first, a few', () => {
		const evidence = evidenceOf({ ...failing, nodes, 'metrics-nodes': read(samples(['n1', 'n2', 'n3', 'n5'])) });
		assert.deepEqual(
			kubeletsToProbe({ ...evidence, probesKubelets: true }).map(({ name }) => name),
			['n4', 'n1', 'n2'],
		);
		assert.deepEqual(nodesToAsk(evidence), ['n4']);
		assert.deepEqual(nodesToAsk({ ...evidence, probesKubelets: true }), ['n4', 'n1', 'n2']);
	});

	test('only where somebody wants it', () => {
		const evidence = evidenceOf({ ...failing, nodes });
		assert.equal(kubeletPortsProbe.when(evidence), false);
		assert.equal(kubeletPortsProbe.when({ ...evidence, probesKubelets: true }), true);
	});

	test('none of a cluster that is made up, unless it is on this machine', async (context) => {
		const reach = () => Promise.reject(new Error('nothing is asked'));
		const evidence = evidenceOf({ ...failing, nodes }, { probesKubelets: true });
		const settings = { flags: {}, environment: {}, isMadeUp: true };
		const answer = await kubeletPortsProbe.ask({ reach, settings, signal: context.signal }, evidence);
		assert.equal(answer.outcome, 'failed');
	});

	test('none, and it is said so, where nodes may not be listed', async (context) => {
		const reach = () => Promise.reject(new Error('nothing is asked'));
		const evidence = evidenceOf({ ...failing, nodes: forbidden() }, { probesKubelets: true });
		const answer = await kubeletPortsProbe.ask({ reach, signal: context.signal }, evidence);
		assert.equal(answer.outcome, 'failed');
		assert.match(answer.error, /no node is known/);
	});
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveDemo } from '../../source/demo/serve.ts';
import { connect } from '../../source/kube/connect.ts';
import { followCluster } from '../../source/monitor/follow/cluster-follower.ts';
import { DataHost } from '../../source/monitor/host.ts';

/** So many minutes of the cluster pass while the program polls it once a second. */
const minutes = 4;

/** What the doctor asks for, and the monitor by itself never does. */
const asksTheDoctor = /apiregistration|selfsubject|\/events|\/deployments|\/endpointslices|\/log\b/;

describe('a healthy cluster whose pods come and go', () => {
	for (const [pods, clockSpeed, what] of [
		[140, 60, 'a small one'],
		[4_200, 20, 'one that is too large for the demo to keep as objects'],
	] as const) {
		test(`${what} is listed once, and never examined`, async (t) => {
			const demo = await serveDemo({ nodes: Math.ceil(pods / 30), pods, clockSpeed, replacing: 20 });
			const requests: string[] = [];
			const client = await connect({ kubeconfig: demo.kubeconfig }, {}, { debug: (line) => requests.push(line) });
			const options = {
				connection: { kubeconfig: demo.kubeconfig },
				local: false,
				namespace: undefined,
				labelSelector: '',
				fieldSelector: '',
				refresh: 1_000,
				demo: true,
				root: '/',
				debugFile: '',
			};
			const polled = Promise.withResolvers<void>();
			const count = (pattern: RegExp) => requests.filter((line) => pattern.test(line)).length;
			const hear = () => {
				if (count(/metrics.k8s.io\/v1beta1\/pods 200 .* ended/) >= (minutes * 60) / clockSpeed) {
					polled.resolve();
				}
			};
			const host = new DataHost(followCluster(client, options), options, hear);
			t.after(async () => {
				host.close();
				await demo.close();
			});
			host.start();
			await polled.promise;
			assert.equal(count(/\/api\/v1\/pods(?: |\?limit=500 )/), 1, 'lists of all pods');
			assert.equal(count(/\/api\/v1\/pods\?watch=1/), 1, 'watches of all pods');
			assert.equal(count(asksTheDoctor), 0, requests.filter((line) => asksTheDoctor.test(line)).join('\n'));
		});
	}
});

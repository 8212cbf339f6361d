import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { encodeMessage, wrap } from '../../source/demo/formats/protobuf/encode.ts';
import { messageType } from '../../source/demo/formats/protobuf/schema.ts';
import type { Demo } from '../../source/demo/options.ts';
import { serveDemo } from '../../source/demo/serve.ts';
import { ask, readKubeconfig } from './ask.ts';

interface Item {
	metadata: { name: string; namespace?: string; uid: string };
	[field: string]: unknown;
}

const protobuf = { accept: 'application/vnd.kubernetes.protobuf' };

/** Reads the first events of a JSON watch. */
function watch(
	url: string,
	count: number,
	token = 'whytop-demo-admin',
): Promise<{ type: string; object: Item & Record<string, never> }[]> {
	return new Promise((resolve, reject) => {
		let text = '';
		const asked = request(url, { headers: { authorization: `Bearer ${token}` }, agent: false }, (response) => {
			response.on('data', (bytes: Buffer) => {
				text += bytes.toString();
				const lines = text.split('\n').slice(0, -1);
				if (lines.length < count) return;
				asked.destroy();
				resolve(lines.map((line) => JSON.parse(line)));
			});
			response.on('end', () =>
				resolve(
					text
						.split('\n')
						.filter(Boolean)
						.map((line) => JSON.parse(line)),
				),
			);
		});
		asked.on('error', reject);
		asked.end();
	});
}

describe('a demo cluster', () => {
	let demo: Demo;
	const at = (path: string) => `${demo.url}${path}`;
	before(async () => {
		demo = await serveDemo({ insecure: true, freezeClock: true });
	});
	after(() => demo.close());

	test('tells its version and that it is well', async () => {
		assert.match((await ask(at('/version'))).json.gitVersion, /^v1\.\d+\.\d+$/);
		for (const path of ['/healthz', '/readyz', '/livez']) assert.equal((await ask(at(path), { token: '' })).text, 'ok');
	});

	test('pages of a list add up to the whole list, all of one version', async () => {
		const whole = (await ask(at('/api/v1/pods'))).json;
		const items: Item[] = [];
		let token = '';
		let remaining = whole.items.length;
		do {
			const page = (await ask(at(`/api/v1/pods?limit=37&continue=${token}`))).json;
			items.push(...page.items);
			assert.equal(page.metadata.resourceVersion, whole.metadata.resourceVersion);
			remaining -= page.items.length;
			assert.equal(page.metadata.remainingItemCount ?? 0, remaining);
			token = page.metadata.continue ?? '';
		} while (token);
		assert.deepEqual(items, whole.items);
		assert.ok(items.length > 130);
	});

	test('a continue token of a list that nobody remembers is 410 with a token to go on', async () => {
		const token = Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 5, start: 'web/\u0000' })).toString(
			'base64url',
		);
		const { status, json } = await ask(at(`/api/v1/pods?limit=10&continue=${token}`));
		assert.equal(status, 410);
		assert.equal(json.reason, 'Expired');
		const rest = await ask(at(`/api/v1/pods?limit=10&continue=${json.metadata.continue}`));
		assert.equal(rest.json.items[0].metadata.namespace, 'web');
	});

	test('selectors choose pods by field, label and namespace', async () => {
		const all: Item[] = (await ask(at('/api/v1/pods'))).json.items;
		const chosen = async (query: string): Promise<string[]> =>
			(await ask(at(query))).json.items.map((item: Item) => item.metadata.name);
		const named = (
			predicate: (item: Item & { spec: { nodeName?: string }; status: { phase: string } }) => boolean,
		): string[] =>
			(all as (Item & { spec: { nodeName?: string }; status: { phase: string } })[])
				.filter(predicate)
				.map((item) => item.metadata.name);
		assert.deepEqual(
			await chosen('/api/v1/pods?fieldSelector=spec.nodeName%3Dworker-03'),
			named((item) => item.spec.nodeName === 'worker-03'),
		);
		assert.deepEqual(
			await chosen('/api/v1/pods?fieldSelector=status.phase!%3DRunning'),
			named((item) => item.status.phase !== 'Running'),
		);
		assert.deepEqual(
			await chosen('/api/v1/namespaces/search/pods'),
			named((item) => item.metadata.namespace === 'search'),
		);
		const labelled = await chosen(
			`/api/v1/pods?labelSelector=${encodeURIComponent('app.kubernetes.io/name in (api,query)')}`,
		);
		assert.equal(labelled.length, 10);
		assert.deepEqual(
			await chosen('/api/v1/pods?fieldSelector=metadata.namespace%3Dpayments,metadata.name%3Dledger-1'),
			['ledger-1'],
		);
	});

	test('JSON and protobuf name the same pods', async () => {
		const { json } = await ask(at('/api/v1/pods'));
		const { body, headers } = await ask(at('/api/v1/pods'), { headers: protobuf });
		assert.equal(headers['content-type'], 'application/vnd.kubernetes.protobuf');
		assert.equal(body.subarray(0, 4).toString('latin1'), 'k8s\0');
		for (const item of json.items) assert.ok(body.includes(item.metadata.uid), item.metadata.name);
	});

	test('what is large is compressed when that is asked for, and only then', async () => {
		const packed = await ask(at('/api/v1/pods'), { headers: { 'accept-encoding': 'gzip' } });
		const plain = await ask(at('/api/v1/pods'));
		assert.equal(packed.headers['content-encoding'], 'gzip');
		assert.equal(plain.headers['content-encoding'], undefined);
		assert.equal(packed.text, plain.text);
		const small = await ask(at('/api/v1/namespaces'), { headers: { 'accept-encoding': 'gzip' } });
		assert.equal(small.headers['content-encoding'], undefined);
	});

	test('a table has kubectl’s columns, and as much of the object as is asked for', async () => {
		const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
		const table = (await ask(at('/api/v1/nodes'), { headers })).json;
		assert.equal(table.kind, 'Table');
		assert.deepEqual(
			table.columnDefinitions.map((column: { name: string }) => column.name),
			[
				'Name',
				'Status',
				'Roles',
				'Age',
				'Version',
				'Internal-IP',
				'External-IP',
				'OS-Image',
				'Kernel-Version',
				'Container-Runtime',
			],
		);
		assert.equal(table.rows[0].object.kind, 'PartialObjectMetadata');
		assert.ok(table.rows.some((row: { cells: string[] }) => row.cells[1] === 'Ready,SchedulingDisabled'));
		assert.equal((await ask(at('/api/v1/nodes?includeObject=None'), { headers })).json.rows[0].object, null);
		assert.equal((await ask(at('/api/v1/nodes?includeObject=Object'), { headers })).json.rows[0].object.kind, 'Node');
	});

	test('every kind of object can be listed, as JSON, as table and as metadata', async () => {
		const lists = [
			'/api/v1',
			'/apis/apps/v1',
			'/apis/batch/v1',
			'/apis/discovery.k8s.io/v1',
			'/apis/apiregistration.k8s.io/v1',
			'/apis/coordination.k8s.io/v1',
			'/apis/rbac.authorization.k8s.io/v1',
			'/apis/metrics.k8s.io/v1beta1',
		];
		for (const list of lists) {
			for (const { name, verbs } of (await ask(at(list))).json.resources) {
				if (!verbs.includes('list')) continue;
				const path = at(`${list}/${name}`);
				const { json } = await ask(path);
				assert.ok(json.items.length > 0, path);
				const table = (await ask(path, { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } })).json;
				assert.equal(table.rows.length, json.items.length, path);
				for (const { cells } of table.rows) assert.equal(cells.length, table.columnDefinitions.length, path);
				const metadata = (
					await ask(path, { headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' } })
				).json;
				assert.deepEqual(
					metadata.items.map((item: Item) => item.metadata),
					json.items.map((item: Item) => item.metadata),
				);
			}
		}
	});

	test('a watch with initial events ends them with a bookmark', async () => {
		const { json } = await ask(at('/api/v1/namespaces/payments/pods'));
		const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
		const events = await watch(at(`/api/v1/namespaces/payments/pods?${query}`), json.items.length + 1);
		const last = events.at(-1);
		assert.deepEqual(
			events.slice(0, -1).map(({ type, object }) => [type, object.metadata.name]),
			json.items.map((item: Item) => ['ADDED', item.metadata.name]),
		);
		assert.equal(last?.type, 'BOOKMARK');
		assert.deepEqual(last?.object.metadata, {
			resourceVersion: json.metadata.resourceVersion,
			annotations: { 'k8s.io/initial-events-end': 'true' },
		});
	});

	test('a watch from a forgotten version says 410 and ends; without a match rule for initial events it is refused', async () => {
		const [event] = await watch(at('/api/v1/pods?watch=1&resourceVersion=1'), 1);
		assert.equal(event?.type, 'ERROR');
		assert.equal(event?.object['code'], 410);
		assert.equal((await ask(at('/api/v1/pods?watch=1&sendInitialEvents=true'))).status, 422);
	});

	test('a watch ends when its time is over', async () => {
		const { json } = await ask(at('/api/v1/nodes'));
		assert.deepEqual(
			await watch(at(`/api/v1/nodes?watch=1&timeoutSeconds=1&resourceVersion=${json.metadata.resourceVersion}`), 1),
			[],
		);
	});

	test('metrics: nodes and pods with samples, timestamp and window; a virtual node has none', async () => {
		const nodes = (await ask(at('/apis/metrics.k8s.io/v1beta1/nodes'))).json;
		assert.equal(nodes.kind, 'NodeMetricsList');
		assert.deepEqual(nodes.metadata, {});
		assert.ok(!nodes.items.some((item: Item) => item.metadata.name === 'virtual-kubelet'));
		for (const item of nodes.items) {
			assert.match(item.usage.cpu, /^\d+[num]?$/);
			assert.match(item.usage.memory, /^\d+(Ki|Mi|Gi)$/);
			assert.match(item.window, /^\d+(\.\d+)?s$/);
		}
		const pods = (await ask(at('/apis/metrics.k8s.io/v1beta1/namespaces/payments/pods'))).json.items;
		assert.ok(pods.length > 8 && pods.every((item: Item) => item.metadata.namespace === 'payments'));
		const one = (await ask(at('/apis/metrics.k8s.io/v1beta1/namespaces/payments/pods/ledger-0'))).json;
		assert.deepEqual(
			one.containers.map((container: { name: string }) => container.name),
			['exporter', 'postgres'],
		);
		assert.deepEqual(new Set(nodes.items.map((item: { timestamp: string }) => item.timestamp)).size > 3, true);
	});

	const wrong: [string, number, string][] = [
		['/api/v1/namespaces/web/pods/none', 404, 'pods "none" not found'],
		['/api/v1/nodes/none', 404, 'nodes "none" not found'],
		['/api/v1/things', 404, 'the server could not find the requested resource'],
		['/apis/apps/v1/namespaces/web/deployments/none', 404, 'deployments.apps "none" not found'],
		['/apis/metrics.k8s.io/v1beta1/nodes/none', 404, 'node "none" not found'],
		[
			'/apis/metrics.k8s.io/v1beta1/nodes/virtual-kubelet',
			404,
			'nodemetrics.metrics.k8s.io "virtual-kubelet" not found',
		],
		[
			'/apis/metrics.k8s.io/v1beta1/pods?watch=1',
			405,
			'watch is not supported on resources of kind "pods.metrics.k8s.io"',
		],
		[
			'/apis/metrics.k8s.io/v1beta1/pods?fieldSelector=status.phase%3DRunning',
			400,
			'"status.phase" is not a known field selector: only "metadata.name", "metadata.namespace"',
		],
		['/api/v1/pods?fieldSelector=a%3Db', 400, 'field label not supported: a'],
		['/api/v1/pods?limit=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
		['/api/v1/pods?resourceVersion=99999999999', 504, 'Timeout: Too large resource version: 99999999999, current: '],
	];
	for (const [path, code, message] of wrong) {
		test(`${path} is answered with ${code}`, async () => {
			const { status, json } = await ask(at(path));
			assert.equal(status, code);
			assert.equal(json.kind, 'Status');
			assert.equal(json.code, code);
			assert.ok(json.message.startsWith(message), json.message);
		});
	}

	test('what is no API is 404 in plain text', async () => {
		for (const path of ['/nothing', '/apis/nothing', '/apis/nothing/v1']) {
			const { status, text, headers } = await ask(at(path));
			assert.deepEqual(
				[status, text, headers['content-type']],
				[404, '404 page not found\n', 'text/plain; charset=utf-8'],
			);
		}
	});

	test('paths that are none are refused, and nothing falls over', async () => {
		assert.equal((await ask(at('/api/v1/%zz'))).status, 400);
		assert.equal((await ask(at('//'))).status, 404);
		assert.equal((await ask(at('/version'))).status, 200);
	});

	test('it is read-only, and forms that it does not have are refused', async () => {
		assert.equal((await ask(at('/api/v1/pods'), { method: 'POST', body: '{}' })).status, 405);
		assert.equal((await ask(at('/api/v1/nodes/worker-01'), { method: 'DELETE' })).status, 405);
		assert.equal((await ask(at('/api/v1/nodes'), { headers: { accept: 'text/css' } })).status, 406);
		assert.equal((await ask(at('/apis/apps/v1/deployments'), { headers: protobuf })).status, 406);
	});

	test('who is not known is refused, who may not is told what', async () => {
		assert.equal((await ask(at('/api/v1/nodes'), { token: 'nonsense' })).status, 401);
		const denied: [string, string][] = [
			[
				'/api/v1/nodes',
				'nodes is forbidden: User "payments-developer" cannot list resource "nodes" in API group "" at the cluster scope',
			],
			[
				'/api/v1/namespaces/web/pods',
				'pods is forbidden: User "payments-developer" cannot list resource "pods" in API group "" in the namespace "web"',
			],
			[
				'/api/v1/nodes/worker-01',
				'nodes "worker-01" is forbidden: User "payments-developer" cannot get resource "nodes" in API group "" at the cluster scope',
			],
			[
				'/apis/metrics.k8s.io/v1beta1/pods',
				'pods.metrics.k8s.io is forbidden: User "payments-developer" cannot list resource "pods" in API group "metrics.k8s.io" at the cluster scope',
			],
		];
		for (const [path, message] of denied) {
			const { status, json } = await ask(at(path), { token: 'whytop-demo-namespace' });
			assert.deepEqual([status, json.reason, json.message], [403, 'Forbidden', message]);
		}
		assert.equal((await ask(at('/api/v1/namespaces/payments/pods'), { token: 'whytop-demo-namespace' })).status, 200);
		assert.match((await ask(at('/api/v1/nodes'), { token: '' })).json.message, /User "system:anonymous" cannot list/);
	});

	test('only who may impersonate does', async () => {
		const headers = { 'impersonate-user': 'payments-developer' };
		assert.equal((await ask(at('/api/v1/nodes'), { headers })).status, 403);
		const refused = await ask(at('/api/v1/nodes'), { headers, token: 'whytop-demo-viewer' });
		assert.match(
			refused.json.message,
			/users "payments-developer" is forbidden: User "demo-viewer" cannot impersonate/,
		);
	});

	test('people can ask what they may do, in JSON and in protobuf', async () => {
		const spec = { resourceAttributes: { verb: 'list', resource: 'pods', namespace: 'payments' } };
		const path = at('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews');
		const allowed = async (token: string, body: string | Buffer, type = 'application/json') =>
			(await ask(path, { method: 'POST', token, body, headers: { 'content-type': type } })).json.status.allowed;
		assert.equal(await allowed('whytop-demo-namespace', JSON.stringify({ spec })), true);
		const elsewhere = { resourceAttributes: { ...spec.resourceAttributes, namespace: 'web' } };
		assert.equal(await allowed('whytop-demo-namespace', JSON.stringify({ spec: elsewhere })), false);
		const type = messageType('SelfSubjectAccessReview');
		assert.ok(type);
		const bytes = wrap('authorization.k8s.io/v1', 'SelfSubjectAccessReview', encodeMessage(type, { spec }));
		assert.equal(await allowed('whytop-demo-namespace', bytes, 'application/vnd.kubernetes.protobuf'), true);
		const self = await ask(at('/apis/authentication.k8s.io/v1/selfsubjectreviews'), {
			method: 'POST',
			body: '{}',
			token: 'whytop-demo-viewer',
		});
		assert.equal(self.json.status.userInfo.username, 'demo-viewer');
	});

	test('discovery lists the same resources in its old and its new form', async () => {
		const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
		const all = (await ask(at('/apis'), { headers: { accept } })).json;
		assert.equal(all.kind, 'APIGroupDiscoveryList');
		const groups = (await ask(at('/apis'))).json.groups.map((group: { name: string }) => group.name);
		assert.deepEqual(
			all.items.map((item: Item) => item.metadata.name),
			groups,
		);
		assert.ok(groups.includes('metrics.k8s.io'));
		const core = (await ask(at('/api'), { headers: { accept } })).json.items[0].versions[0];
		const legacy = (await ask(at('/api/v1'))).json.resources.map((resource: { name: string }) => resource.name);
		assert.deepEqual(
			core.resources.map((resource: { resource: string }) => resource.resource),
			legacy,
		);
	});

	test('two clusters of one seed with stopped clocks answer byte for byte the same', async () => {
		const other = await serveDemo({ insecure: true, freezeClock: true });
		try {
			for (const path of [
				'/api/v1/pods',
				'/api/v1/nodes',
				'/api/v1/events',
				'/apis/metrics.k8s.io/v1beta1/pods',
				'/apis/apps/v1/deployments',
			]) {
				const [first, second] = [await ask(at(path)), await ask(`${other.url}${path}`)];
				assert.equal(first.text, second.text, path);
				assert.equal(first.headers.date, second.headers.date);
			}
		} finally {
			await other.close();
		}
	});
});

test('https is verified with the authority in the kubeconfig, which only its owner can read', async () => {
	const demo = await serveDemo({ freezeClock: true, nodes: 3, pods: 10 });
	try {
		assert.equal(statSync(demo.kubeconfig).mode & 0o777, 0o600);
		const config = readKubeconfig(demo.kubeconfig);
		assert.equal(config['current-context'], 'whytop-demo');
		assert.equal(config.clusters[0]?.cluster.server, demo.url);
		const authority = Buffer.from(config.clusters[0]?.cluster['certificate-authority-data'] ?? '', 'base64').toString();
		assert.ok(new X509Certificate(authority).ca);
		assert.equal((await ask(`${demo.url}/api/v1/nodes`, { authority })).json.items.length, 3);
		await assert.rejects(ask(`${demo.url}/api/v1/nodes`), /certificate/);
	} finally {
		await demo.close();
	}
	assert.throws(() => statSync(demo.kubeconfig), { code: 'ENOENT' });
});

test('metrics can be served in version v1, too', async () => {
	const demo = await serveDemo({ insecure: true, nodes: 3, pods: 10, metricsVersions: ['v1', 'v1beta1'] });
	try {
		assert.equal((await ask(`${demo.url}/apis/metrics.k8s.io`)).json.preferredVersion.version, 'v1');
		assert.equal((await ask(`${demo.url}/apis/metrics.k8s.io/v1/nodes`)).json.apiVersion, 'metrics.k8s.io/v1');
	} finally {
		await demo.close();
	}
});

test('options that make no sense are refused in words', async () => {
	await assert.rejects(serveDemo({ nodes: 0 }), /--nodes must be a whole number from 1 to 5000, not 0/);
	await assert.rejects(serveDemo({ pods: 1.5 }), /--pods must be a whole number/);
	await assert.rejects(
		serveDemo({ faults: ['nonsense'] }),
		/The demo has no fault "nonsense"; to see those that it has: whytop demo --fault list/,
	);
	await assert.rejects(
		serveDemo({ nodes: 1, pods: 1, kubeconfig: '/nonexistent/folder/config' }),
		/cannot be written to \/nonexistent/,
	);
});

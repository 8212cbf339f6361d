/**
 * Captures what a real API server answers, for the tests of `source/sources`: the same objects in JSON, in protobuf and
 * as the API server prints them. See the README beside the fixtures.
 *
 *     node --import=tsx test/sources/capture/capture.ts KUBECONFIG FOLDER metrics|expired|OBJECTS.yaml
 *
 * `metrics` takes pods, nodes and their metrics; `expired` the end of a watch that began too long ago; OBJECTS.yaml
 * makes its objects first, in a namespace of their own and with the statuses given there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';

interface StagedObject {
	kind: 'Pod' | 'Node';
	metadata: { name: string };
	/** Not fields of the API: what is done to the object after it was made. */
	deleted?: boolean;
	ephemeralContainers?: object[];
	status?: object;
}

const [kubeconfig = '', folder = '', what = ''] = process.argv.slice(2);
const temporary = mkdtempSync(join(tmpdir(), 'capture-'));
const socketPath = join(temporary, 'api');
const namespace = 'states';

/** Sends through `kubectl proxy`, which knows the credentials. */
function send(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const outgoing = request({ socketPath, path, method, headers: { host: 'localhost', ...headers } }, resolve);
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of answer) {
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

async function get(path: string, accept: string): Promise<Buffer> {
	const answer = await send(path, { accept });
	const body = await bodyOf(answer);
	if (answer.statusCode !== 200) {
		throw new Error(`GET ${path}: ${answer.statusCode} ${body}`);
	}
	return body;
}

async function change(method: string, path: string, body: object, type = 'application/json'): Promise<void> {
	const content = JSON.stringify(body);
	// Node leaves the length of a DELETE's body out.
	const headers = { 'content-type': type, 'content-length': String(Buffer.byteLength(content)) };
	const answer = await send(path, headers, method, content);
	const text = await bodyOf(answer);
	if ((answer.statusCode ?? 0) >= 300) {
		throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
	}
}

const protobuf = 'application/vnd.kubernetes.protobuf';
const json = 'application/json';
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';

function save(name: string, content: Buffer | string): void {
	writeFileSync(join(folder, name), content);
	console.log(`${name}: ${content.length}`);
}

function kubectl(...words: string[]): string {
	return execFileSync('kubectl', ['--kubeconfig', kubeconfig, ...words], { encoding: 'utf8' });
}

async function stage(objects: StagedObject[]): Promise<void> {
	await change('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
	await change('POST', '/apis/node.k8s.io/v1/runtimeclasses', {
		metadata: { name: 'sandboxed' },
		handler: 'sandboxed',
		overhead: { podFixed: { cpu: '250m', memory: '120Mi' } },
	});
	const merge = 'application/merge-patch+json';
	for (const { deleted, ephemeralContainers, status, ...object } of objects) {
		const { name } = object.metadata;
		const collection = object.kind === 'Pod' ? `/api/v1/namespaces/${namespace}/pods` : '/api/v1/nodes';
		await change('POST', collection, { apiVersion: 'v1', ...object });
		if (ephemeralContainers !== undefined) {
			await change('PATCH', `${collection}/${name}/ephemeralcontainers`, { spec: { ephemeralContainers } }, merge);
		}
		if (status !== undefined) {
			await change('PATCH', `${collection}/${name}/status`, { status }, merge);
		}
		if (deleted) {
			await change('DELETE', `${collection}/${name}`, {});
		}
	}
}

/** A list in both formats and as a table, all of one moment. */
async function captureList(name: string, path: string): Promise<void> {
	const listed = await get(path, json);
	const { resourceVersion } = JSON.parse(listed.toString()).metadata;
	const exact = `${path}?resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`;
	save(`${name}.json`, await get(exact, json));
	save(`${name}.protobuf`, await get(exact, protobuf));
	const answer = await send(exact, { accept: table });
	const { columnDefinitions, rows } = JSON.parse((await bodyOf(answer)).toString());
	const columns = columnDefinitions.map((column: { name: string }) => column.name);
	const cells = rows.map((row: { cells: unknown[] }) => JSON.stringify(row.cells));
	const date = new Date(answer.headers.date ?? '').toISOString();
	save(
		`${name}.table.json`,
		`{"date":"${date}","columns":${JSON.stringify(columns)},"rows":[\n${cells.join(',\n')}\n]}\n`,
	);
	save(`${name}.page.json`, await get(`${path}?limit=1`, json));
	save(`${name}.page.protobuf`, await get(`${path}?limit=1`, protobuf));
}

async function captureLists(): Promise<void> {
	await captureList('pods', '/api/v1/pods');
	await captureList('nodes', '/api/v1/nodes');
}

/** A stretch of a watch as it comes: a pod is made, changed and deleted, then a bookmark. */
async function captureWatch(name: string, accept: string): Promise<void> {
	const pods = `/api/v1/namespaces/${namespace}/pods`;
	const { metadata } = JSON.parse((await get(`${pods}?limit=1`, json)).toString());
	const parameters = new URLSearchParams({
		watch: '1',
		allowWatchBookmarks: 'true',
		resourceVersion: metadata.resourceVersion,
		fieldSelector: 'metadata.name=watched',
		// The bookmark comes two seconds before the end.
		timeoutSeconds: '5',
	});
	const answer = await send(`${pods}?${parameters}`, { accept });
	const body = bodyOf(answer);
	const spec = { nodeName: 'n-1', containers: [{ name: 'app', image: 'registry.example/app:1' }] };
	await change('POST', pods, { metadata: { name: 'watched' }, spec });
	await change('PATCH', `${pods}/watched/status`, { status: { phase: 'Running' } }, 'application/merge-patch+json');
	await change('DELETE', `${pods}/watched`, { gracePeriodSeconds: 0 });
	console.log(`${accept} → ${answer.headers['content-type']}`);
	save(name, await body);
}

/** A watch from a version that the API server no longer has: it must have been started anew after that version. */
async function captureExpired(name: string, accept: string): Promise<void> {
	save(name, await get('/api/v1/pods?watch=1&resourceVersion=1&timeoutSeconds=1', accept));
}

/** Metrics in both formats from the same scrape, and what kubectl top makes of them. */
async function captureMetrics(version: string): Promise<void> {
	const path = `/apis/metrics.k8s.io/${version}`;
	for (const list of ['pods', 'nodes']) {
		const stamps = (body: Buffer) =>
			body
				.toString()
				.match(/"timestamp":"[^"]*"/g)
				?.join();
		for (let tries = 0; ; tries++) {
			const before = await get(`${path}/${list}`, json);
			const inProtobuf = await get(`${path}/${list}`, protobuf);
			const top = list === 'pods' ? kubectl('top', 'pods', '-A', '--containers') : kubectl('top', 'nodes');
			if (stamps(before) === stamps(await get(`${path}/${list}`, json))) {
				save(`${list}.metrics.json`, before);
				save(`${list}.metrics.protobuf`, inProtobuf);
				save(`${list}.top.txt`, top);
				break;
			}
			if (tries > 5) {
				throw new Error('the metrics change too fast');
			}
		}
	}
}

mkdirSync(folder, { recursive: true });
const proxy = spawn('kubectl', ['--kubeconfig', kubeconfig, 'proxy', '--unix-socket', socketPath], { stdio: 'ignore' });
try {
	for (
		let tries = 0;
		tries < 100 &&
		!(await send('/version').then(
			() => true,
			() => false,
		));
		tries++
	) {
		await wait(100);
	}
	const anyStream = `${protobuf};stream=watch,${json};stream=watch`;
	if (what === 'metrics') {
		await captureLists();
		await captureMetrics('v1beta1');
	} else if (what === 'expired') {
		await captureExpired('expired.protobuf', anyStream);
		await captureExpired('expired.json', `${json};stream=watch`);
	} else {
		const documents = parseAllDocuments(readFileSync(what, 'utf8'));
		await stage(documents.map((document) => document.toJS() as StagedObject));
		await captureLists();
		await captureWatch('watch.protobuf', anyStream);
		await captureWatch('watch.json', `${json};stream=watch`);
	}
} finally {
	proxy.kill();
	rmSync(temporary, { recursive: true });
}

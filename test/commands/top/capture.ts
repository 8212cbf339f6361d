/**
 * Makes the fixtures of this folder with a real kubectl, 1.36:
 *
 *   node test/commands/top/capture.ts cluster KUBECTL KUBECONFIG   answers of a real cluster, and kubectl's output
 *   node test/commands/top/capture.ts made KUBECTL                 kubectl's output on the answers of made.ts
 *
 * `cluster` runs kubectl against the cluster between two readings of the same answers and keeps the lot only if the
 * two agree; then it plays those answers back to kubectl for all combinations of flags.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { connect } from '../../../source/kube/connect.ts';
import { clusterRuns, everyCombination, madeSets } from './captured-runs.ts';
import { type Answers, play } from './playback.ts';

const [what, kubectl = 'kubectl', kubeconfig = ''] = process.argv.slice(2);
const fixtures = new URL('fixtures/', import.meta.url);

export interface Run {
	arguments: string[];
	stdout: string;
	stderr: string;
	code: number;
}

async function run(flags: readonly string[], runArguments: readonly string[]): Promise<Run> {
	try {
		const { stdout, stderr } = await promisify(execFile)(kubectl, [...flags, 'top', ...runArguments]);
		return { arguments: [...runArguments], stdout, stderr, code: 0 };
	} catch (error) {
		const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
		return { arguments: [...runArguments], stdout, stderr, code };
	}
}

async function runPlayed(answers: Answers, lists: readonly (readonly string[])[]): Promise<Run[]> {
	const server = await play(answers);
	const runs: Run[] = [];
	for (const list of lists) {
		runs.push(await run([`--kubeconfig=/dev/null`, `--server=${server.url}`], list));
	}
	await server.close();
	return runs;
}

/** What the identity of the machine and the noise of the API would add. */
const unneeded = new Set(['managedFields', 'annotations', 'volumes', 'volumeMounts', 'env', 'command', 'args', 'images']);
const identities = new Set(['machineID', 'systemUUID', 'bootID', 'kernelVersion', 'osImage', 'image', 'imageID']);

function trimmed(body: Buffer): string {
	return JSON.stringify(JSON.parse(body.toString()), (key, value: unknown) =>
		unneeded.has(key) ? undefined : identities.has(key) ? 'x' : value,
	);
}

async function captureCluster(): Promise<void> {
	const client = await connect({ kubeconfig } as Parameters<typeof connect>[0]);
	const metrics = '/apis/metrics.k8s.io/v1beta1';
	const paths = [
		`${metrics}/nodes`,
		`${metrics}/nodes/node-a`,
		`${metrics}/nodes?labelSelector=kubernetes.io%2Fhostname%3Dnode-a`,
		`${metrics}/pods`,
		`${metrics}/pods?labelSelector=app`,
		...['default', 'web', 'jobs', 'kube-system'].map((namespace) => `${metrics}/namespaces/${namespace}/pods`),
		`${metrics}/namespaces/web/pods?labelSelector=app%3Dshop`,
		`${metrics}/namespaces/web/pods?fieldSelector=metadata.name%3Dnative-sidecar`,
		`${metrics}/namespaces/web/pods/native-sidecar`,
	];
	const objects = ['/api/v1/nodes', '/api/v1/nodes/node-a', '/api/v1/pods', '/api/v1/namespaces/web/pods'];
	const read = async (): Promise<Answers> => {
		const answers: Answers = {};
		for (const path of paths) {
			const json = await client.read(path, { accept: 'application/json' });
			const protobuf = await client.read(path, { accept: 'application/vnd.kubernetes.protobuf' });
			answers[path] = { json: json.body.toString(), protobuf: protobuf.body.toString('base64') };
		}
		for (const path of objects) {
			answers[path] = { json: trimmed((await client.read(path)).body) };
		}
		return answers;
	};
	const comparable = (answers: Answers): string =>
		paths.map((path) => answers[path]?.json?.replaceAll(/"creationTimestamp":"[^"]*"/g, '')).join('\n');
	for (let attempt = 1; attempt <= 20; attempt++) {
		const answers = await read();
		const direct: Run[] = [];
		for (const list of clusterRuns) {
			direct.push(await run([`--kubeconfig=${kubeconfig}`], list));
		}
		const serverTime = client.serverTime();
		if (comparable(await read()) !== comparable(answers)) {
			console.log(`attempt ${attempt}: the samples were renewed meanwhile`);
			continue;
		}
		client.close();
		const played = await runPlayed(answers, everyCombination);
		writeFileSync(new URL('cluster.json', fixtures), `${JSON.stringify({ serverTime, answers, direct, played }, null, '\t')}\n`);
		return;
	}
	throw new Error('the samples never stood still for long enough');
}

async function captureMade(): Promise<void> {
	const sets = [];
	for (const { name, answers, runs } of madeSets) {
		sets.push({ name, answers, runs: await runPlayed(answers, runs) });
	}
	writeFileSync(new URL('made.json', fixtures), `${JSON.stringify(sets, null, '\t')}\n`);
}

if (what === 'cluster') {
	await captureCluster();
} else if (what === 'made') {
	await captureMade();
} else {
	console.error('usage: capture.ts cluster|made KUBECTL [KUBECONFIG]');
	process.exitCode = 2;
}

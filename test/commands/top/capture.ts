/**
 * Makes the fixtures of this folder with a real kubectl, 1.36:
 *
 *   node test/commands/top/capture.ts cluster KUBECTL KUBECONFIG   answers of a real cluster, and kubectl's output
 *   node test/commands/top/capture.ts made KUBECTL                 kubectl's output on the answers of made.ts
 *
 * `cluster` runs kubectl against the cluster between two readings of the same answers and keeps the lot only if the
 * two agree; then it plays those answers back to kubectl for all combinations of flags.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { clusterRuns, everyCombination, madeSets, metricsPaths, objectPaths } from './captured-runs.ts';
import type { Run } from './fixture.ts';
import { type Answers, inJson, play } from './playback.ts';

const [what, kubectl = 'kubectl', kubeconfig = ''] = process.argv.slice(2);
const fixtures = new URL('fixtures/', import.meta.url);

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
const unneeded = new Set([
	'managedFields',
	'annotations',
	'volumes',
	'volumeMounts',
	'env',
	'command',
	'args',
	'images',
]);
const identities = new Set(['machineID', 'systemUUID', 'bootID', 'kernelVersion', 'osImage', 'image', 'imageID']);

function trimmed(body: Buffer): string {
	return JSON.stringify(JSON.parse(body.toString()), (key, value: unknown) =>
		unneeded.has(key) ? undefined : identities.has(key) ? 'x' : value,
	);
}

/** `kubectl proxy` knows the credentials; what comes through it are the server's own bytes. */
async function throughProxy(work: (url: string) => Promise<void>): Promise<void> {
	const proxy = spawn(kubectl, [`--kubeconfig=${kubeconfig}`, 'proxy', '--port=0'], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	try {
		const [line] = (await once(proxy.stdout, 'data')) as [Buffer];
		await work(`http://${line.toString().trim().split(' ').at(-1)}`);
	} finally {
		proxy.kill();
	}
}

async function ask(url: string, accept: string): Promise<{ status: number; body: Buffer; serverTime: number }> {
	const response = await fetch(url, { headers: { Accept: accept } });
	const serverTime = Date.parse(response.headers.get('date') ?? '');
	return { status: response.status, body: Buffer.from(await response.arrayBuffer()), serverTime };
}

async function readAnswers(url: string): Promise<Answers> {
	const answers: Answers = {};
	for (const path of metricsPaths) {
		const { status, body } = await ask(url + path, 'application/json');
		const protobuf = await ask(url + path, 'application/vnd.kubernetes.protobuf');
		answers[path] = { status, json: body.toString(), protobuf: protobuf.body.toString('base64') };
	}
	for (const path of objectPaths) {
		const { status, body } = await ask(url + path, 'application/json');
		answers[path] = { status, json: trimmed(body) };
	}
	return answers;
}

function comparable(answers: Answers): string {
	return metricsPaths.map((path) => answers[path]?.json?.replaceAll(/"creationTimestamp":"[^"]*"/g, '')).join('\n');
}

async function captureCluster(): Promise<void> {
	await throughProxy(async (url) => {
		for (let attempt = 1; attempt <= 30; attempt++) {
			const answers = await readAnswers(url);
			const direct: Run[] = [];
			for (const list of clusterRuns) {
				direct.push(await run([`--kubeconfig=${kubeconfig}`], list));
			}
			const { serverTime } = await ask(`${url}/version`, 'application/json');
			if (comparable(await readAnswers(url)) === comparable(answers)) {
				const played = await runPlayed(answers, everyCombination);
				// The order of containers is by chance, and with equal numbers it is seen.
				if (JSON.stringify(await runPlayed(inJson(answers), everyCombination)) !== JSON.stringify(played)) {
					console.log(`attempt ${attempt}: not the same order in JSON and protobuf`);
					continue;
				}
				const captured = { serverTime, answers, direct, played };
				writeFileSync(new URL('cluster.json', fixtures), `${JSON.stringify(captured, null, '\t')}\n`);
				return;
			}
			console.log(`attempt ${attempt}: the samples were renewed meanwhile`);
		}
		throw new Error('the samples never stood still for long enough');
	});
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

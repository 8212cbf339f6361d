/**
 * Captures what a real kubelet answers about a few pods, and the API server about the same pods at the same moment, for
 * the tests of `source/sources` and `source/gather`. See the README beside the fixtures.
 *
 *     node --import=tsx test/sources/capture/kubelet.ts KUBECONFIG https://NODE:10250 FOLDER NAMESPACE/POD…
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectKubelet } from '../../../source/gather/kubelet.ts';
import { connect } from '../../../source/kube/connect.ts';

interface PodStats {
	podRef: { namespace: string; name: string };
	memory?: { time: string };
	containers?: Array<{ name: string; memory?: { time: string } }>;
}
interface Summary {
	node: Record<string, unknown> & { nodeName: string };
	pods: PodStats[];
}
interface KubeObject {
	metadata: { managedFields?: unknown };
}

const [kubeconfig = '', kubeletUrl = '', folder = '', ...pods] = process.argv.slice(2);
const client = await connect({ kubeconfig });
const kubelet = await connectKubelet({ kubeconfig }, { url: kubeletUrl });

/** Nothing of these is read, and what they say is of this machine. */
const leftOut = /^container_(?:fs|network|tasks|ulimits|blkio|sockets|threads|file_descriptors|processes|health)_?/;

function isOfPods(line: string): boolean {
	const [, namespace] = /namespace="([^"]*)"/.exec(line) ?? [];
	const [, pod] = /pod="([^"]*)"/.exec(line) ?? [];
	return !pod || pods.includes(`${namespace}/${pod}`);
}

function trimText(text: string): string {
	const kept = text.split('\n').filter((line) => {
		const family = line.replace(/^# \w+ /, '');
		return !leftOut.test(family) && (line.startsWith('#') || isOfPods(line));
	});
	return kept
		.join('\n')
		.replaceAll(/\b(boot_id|machine_id|system_uuid)="[^"]*"/g, '$1="0"')
		.replaceAll(/(kernelVersion="[\d.]+)[^"]*"/g, '$1-generic"');
}

const statsLeftOut = new Set(['fs', 'rootfs', 'logs', 'runtime', 'rlimit', 'network', 'volume', 'ephemeral-storage']);

function trimSummary(summary: Summary): Summary {
	const chosen = summary.pods.filter(({ podRef }) => pods.includes(`${podRef.namespace}/${podRef.name}`));
	return JSON.parse(
		JSON.stringify({ node: summary.node, pods: chosen }, (key, value) => (statsLeftOut.has(key) ? undefined : value)),
	);
}

/** The time of every container's working set in both answers, or undefined if a sample was taken between them. */
function agree(summary: Summary, resource: string, cadvisor: string): boolean {
	for (const { podRef, containers = [] } of trimSummary(summary).pods) {
		for (const { name, memory } of containers) {
			const labels = `{container="${name}",namespace="${podRef.namespace}",pod="${podRef.name}"} `;
			const line = resource.split('\n').find((text) => text.startsWith(`container_memory_working_set_bytes${labels}`));
			const time = Number(line?.split(' ').at(-1));
			if (Math.floor(time / 1000) * 1000 !== Date.parse(memory?.time ?? '') || !cadvisor.includes(`${time}`)) {
				return false;
			}
		}
	}
	return true;
}

function save(name: string, content: string): void {
	writeFileSync(join(folder, name), content);
	console.log(`${name}: ${content.length}`);
}

async function text(path: string): Promise<string> {
	const { body } = await kubelet.read(path, { accept: 'text/plain;version=0.0.4' });
	return body.toString();
}

/** Without the record of who wrote which field. */
async function object(path: string): Promise<KubeObject> {
	const read = await client.readJson<KubeObject>(path);
	delete read.metadata.managedFields;
	return read;
}

mkdirSync(folder, { recursive: true });
try {
	for (let tries = 0; ; tries++) {
		const [summary, resource, cadvisor] = await Promise.all([
			kubelet.readJson<Summary>('/stats/summary'),
			text('/metrics/resource'),
			text('/metrics/cadvisor'),
		]);
		if (!agree(summary, resource, cadvisor)) {
			if (tries > 20) {
				throw new Error('the samples change too fast');
			}
			await wait(1000);
			continue;
		}
		const name = summary.node.nodeName;
		const objects: Record<string, KubeObject> = {};
		const usages: Record<string, KubeObject> = {};
		for (const pod of pods) {
			const path = `namespaces/${pod.replace('/', '/pods/')}`;
			objects[pod] = await object(`/api/v1/${path}`);
			const usage = await object(`/apis/metrics.k8s.io/v1beta1/${path}`).catch(() => null);
			if (usage !== null) {
				usages[pod] = usage;
			}
		}
		const node = JSON.stringify(await object(`/api/v1/nodes/${name}`), null, '\t');
		save('summary.json', `${JSON.stringify(trimSummary(summary), null, '\t')}\n`);
		save('resource.txt', trimText(resource));
		save('cadvisor.txt', trimText(cadvisor));
		save('pods.json', `${JSON.stringify(objects, null, '\t')}\n`);
		save('pods.metrics.json', `${JSON.stringify(usages, null, '\t')}\n`);
		save(
			'node.json',
			`${node.replaceAll(/"(bootID|machineID|systemUUID)": "[^"]*"/g, '"$1": "0"').replaceAll(/("kernelVersion": "[\d.]+)[^"]*"/g, '$1-generic"')}\n`,
		);
		save(
			'node.metrics.json',
			`${JSON.stringify(await object(`/apis/metrics.k8s.io/v1beta1/nodes/${name}`), null, '\t')}\n`,
		);
		break;
	}
} finally {
	client.close();
	kubelet.close();
}

import { certificatesOf } from '../../kube/credentials/certificates.ts';
import { objectField, parseJson } from '../../sources/json/fields.ts';
import { backendOf } from '../backend.ts';
import { emptyReply } from '../evidence/answer.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import type { NodeFacts } from '../evidence/objects.ts';
import { flagOf, serverOf } from '../evidence/server-container.ts';
import { kubeletsToProbe } from '../kubelets-to-ask.ts';
import type { Probe, ProbeContext } from '../probe.ts';
import { ask } from './ask.ts';
import { askKubeletPorts, type KubeletToAsk } from './local/kubelet-port.ts';

/** Only when asked (`--kubelet`): ports 10250 and 10255 of a few nodes, from this machine. */
export const kubeletPortsProbe: Probe<'kubelet-ports'> = {
	id: 'kubelet-ports',
	step: 'kubelets',
	cost: 1,
	needs: 'list nodes, for their addresses',
	timeLimit: 12_000,
	when: ({ probesKubelets }) => probesKubelets === true,
	async ask(context, evidence) {
		const { settings, signal } = context;
		const startedAt = performance.now();
		const kubelets = kubeletsToProbe(evidence)
			.flatMap((node) => addressOf(node, evidence))
			.filter(({ address }) => settings?.isMadeUp !== true || isLoopback(address));
		const where = kubelets.map(({ address, port }) => `${address}:${port}`).join(', ');
		const reply = { ...emptyReply, request: `connect to ${where === '' ? 'kubelets' : where} and 10255` };
		if (kubelets.length === 0) {
			return { ...reply, outcome: 'failed', error: settings?.isMadeUp === true ? madeUp : noKubelet, value: null };
		}
		const authority = await authorityOfPods(context, evidence);
		const value = await Promise.all(kubelets.map((kubelet) => askKubeletPorts(kubelet, authority, signal)));
		return { ...reply, outcome: 'answered', took: performance.now() - startedAt, value };
	},
};

/** What the kubelets' certificates are judged by in a pod: since 1.20 every namespace has it. '' if it cannot be read. */
async function authorityOfPods(context: ProbeContext, evidence: Evidence): Promise<string> {
	const { namespace } = backendOf(evidence) ?? { namespace: 'kube-system' };
	const path = `/api/v1/namespaces/${namespace}/configmaps/kube-root-ca.crt`;
	// The lines of PEM are kept.
	const { value } = await ask(context, path, ({ body }) => objectField(parseJson(body), 'data')['ca.crt']);
	return typeof value === 'string' && certificatesOf(value).length > 0 ? value : '';
}

/** What of a made-up cluster can be there at all. */
function isLoopback(address: string): boolean {
	return address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}

const noKubelet = 'no node is known whose kubelet could be asked';
const madeUp = 'the addresses of these nodes are made up: nobody is dialled at them';

/** The kinds of addresses that the released manifest prefers. */
const usual = ['InternalIP', 'ExternalIP', 'Hostname'];

/** As metrics-server chooses it, by its own flag where that is known. */
function addressOf({ addresses, kubeletPort, name }: NodeFacts, evidence: Evidence): readonly KubeletToAsk[] {
	const [pod] = factsOf(evidence, 'workload-pods') ?? [];
	const container = pod === undefined ? undefined : serverOf(pod);
	const flag = container === undefined ? undefined : flagOf(container, '--kubelet-preferred-address-types');
	const kinds = flag === undefined ? usual : flag.split(',').map((kind) => kind.trim());
	const address = kinds.flatMap((kind) => addresses.find(({ type }) => type === kind)?.address ?? [])[0];
	return address === undefined ? [] : [{ node: name, address, port: kubeletPort === 0 ? 10_250 : kubeletPort }];
}

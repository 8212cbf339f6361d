/** Texts of kubelets that metrics-server is led past. */
import { type CauseTexts, firstName, links, things, word } from './cause-text.ts';
import { nodeAddress } from './settings.ts';

export const kubeletAddressTexts: CauseTexts = {
	'node-address-wrong-nic': {
		title: (facts) =>
			`${things(facts, 'node')}: the address is not that of this node alone${word(facts, 'address') === '' ? '' : ` (${word(facts, 'address')})`}`,
		explanation: (facts) =>
			`${word(facts, 'other') === '' ? 'The kubelet has registered the address of a network card that others do not reach, or that every machine of its kind has: VirtualBox’s NAT and Docker’s bridge are the usual ones.' : `The kubelet has registered the address that ${word(facts, 'other')} has too, so that metrics-server asks one of them twice and the other one never.`} Whoever dials it meets nobody, or somebody else.`,
		fixes: (facts) => [
			{ say: 'See the addresses of all nodes:', run: ['kubectl get nodes -o wide'] },
			{
				say: 'See what the node itself has, on the node:',
				run: ['ip -brief address'],
			},
			nodeAddress(facts, firstName(facts, 'NODE')),
		],
		source: 'k3s#1219, #7021; metrics-server#1408',
		more: [links.knownIssues],
	},
	'resource-metrics-path-annotation': {
		title: (facts) =>
			`${things(facts, 'node')}: an annotation sends metrics-server to a path that the kubelet does not have${word(facts, 'path') === '' ? '' : ` (${word(facts, 'path')})`}`,
		explanation: () =>
			'metrics-server since 0.7 takes the path from the annotation metrics.k8s.io/resource-metrics-path, where a node has it. It is meant for simulated kubelets (KWOK), and a real one answers 404 there.',
		fixes: (facts) => [
			{
				say: 'See the annotation:',
				run: [`kubectl get node ${firstName(facts, 'NODE')} -o jsonpath='{.metadata.annotations}'`],
			},
			{
				say: 'Take it away, if it is no simulated node:',
				run: [`kubectl annotate node ${firstName(facts, 'NODE')} metrics.k8s.io/resource-metrics-path-`],
			},
		],
		source: 'metrics-server, pkg/scraper/client/resource/client.go (0.7)',
		more: [],
	},
};

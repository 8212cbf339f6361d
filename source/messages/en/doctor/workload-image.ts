/** Texts of an image of metrics-server that cannot be had. */
import { type CauseTexts, type Facts, type Fix, links, name, word } from './cause-text.ts';
import { applyRelease, describePod, editDeployment, seeDeployment } from './workload-words.ts';

const image = (facts: Facts): string => word(facts, 'image', 'its image');

const elsewhere = (facts: Facts): Fix =>
	editDeployment(
		facts,
		'Take it from where it is: registry.k8s.io/metrics-server/metrics-server, in a version that goes with the flags:',
	);

export const workloadImageTexts: CauseTexts = {
	'ms-image-pull': {
		title: (facts) =>
			`the image of metrics-server cannot be pulled${word(facts, 'words') === '' ? '' : `: ${word(facts, 'words')}`}`,
		explanation: (facts) =>
			`The node does not get ${image(facts)}, so the container never starts. A wrong tag, a registry that asks for a login, and a registry that turns too many pulls away look the same until one reads the message.`,
		fixes: (facts) => [
			describePod(facts),
			elsewhere(facts),
			{ say: 'Where the registry asks for a login, name a secret with it in imagePullSecrets.' },
		],
		source: 'the state of the container and the events of the kubelet',
		more: ['https://kubernetes.io/docs/concepts/containers/images/'],
	},
	'ms-image-k8s-gcr-io': {
		title: () => 'the image of metrics-server is asked from k8s.gcr.io, which is no longer kept',
		explanation: () =>
			'That registry has been frozen since April 2023, so versions after 0.6.2 do not exist there, and what is left is redirected. Networks that let only k8s.gcr.io through fail at the redirect.',
		fixes: (facts) => [
			seeDeployment(facts),
			elsewhere(facts),
			applyRelease('Or apply the whole manifest of a current release:'),
		],
		source: 'kubernetes.io/blog, image registry redirect; k8s.io#3194, metrics-server#919',
		more: ['https://kubernetes.io/blog/2023/03/10/image-registry-redirect/'],
	},
	'ms-image-gcr-google-containers': {
		title: () => 'the image of metrics-server is one of its first, which are gone',
		explanation: (facts) =>
			`${image(facts)} is of 2017 or 2018, from a registry that is not kept any more. A release of that age would not work with a Kubernetes of today either.`,
		fixes: (facts) => [seeDeployment(facts), applyRelease('Apply the whole manifest of a current release:')],
		source: 'the manifests of metrics-server 0.1 and 0.2',
		more: [links.metricsServer],
	},
	'ms-image-airgap': {
		title: (facts) =>
			`the node cannot reach the registry${word(facts, 'host') === '' ? '' : ` ${word(facts, 'host')}`}`,
		explanation: () =>
			'Its connection or its name lookup fails, so it gets no image from there: no way out, a proxy that the runtime does not know, or a registry that is blocked. registry.k8s.io redirects to *.pkg.dev and to Amazon S3, which must be open as well.',
		fixes: (facts) => [
			describePod(facts),
			{
				say: 'See on the node whether the runtime gets it:',
				run: [`crictl pull ${/^[\w./:@-]+$/.test(word(facts, 'image')) ? word(facts, 'image') : 'IMAGE'}`],
			},
			editDeployment(facts, 'Copy the image to a registry that the nodes reach, and name it there:'),
			{ say: 'Or open the registry and what it redirects to, or tell the runtime of the proxy.' },
		],
		source: 'the events of the kubelet; registry.k8s.io, its redirects',
		more: ['https://github.com/kubernetes/registry.k8s.io#stability'],
	},
	'ms-image-arch': {
		title: (facts) =>
			`the image of metrics-server is made for another machine${word(facts, 'machine') === '' ? '' : ` than ${word(facts, 'machine')}`}`,
		explanation: (facts) =>
			`The node ${name(facts, 'node', 'it is on')} cannot run what is in ${image(facts)}. Images up to 0.3.6 are for amd64 alone; since 0.3.7 they are there for every machine.`,
		fixes: (facts) => [
			describePod(facts),
			applyRelease('Apply the whole manifest of a current release:'),
			editDeployment(facts, 'Or name an image for this machine, or keep it on amd64 nodes by a nodeSelector:'),
		],
		source: 'metrics-server, FAQ; metrics-server#908',
		more: [links.faq],
	},
};

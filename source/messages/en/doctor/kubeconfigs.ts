/** Texts of kubeconfigs that cannot be used. What exactly is wrong is in the fact `error`, with the names. */
import { type CauseTexts, type Fix, told } from './cause-text.ts';

const loader = 'client-go, tools/clientcmd (loader, client_config, validation)';
const organizing = 'https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/';

/** How a kubeconfig is written by whoever runs the cluster. */
const fetchAnew: Fix = {
	say: 'Have it written anew by whoever made it:',
	run: [
		'aws eks update-kubeconfig --name CLUSTER',
		'gcloud container clusters get-credentials CLUSTER',
		'az aks get-credentials -g GROUP -n CLUSTER',
		'minikube update-context',
		'kind export kubeconfig --name CLUSTER',
	],
};

const seeContexts: Fix = {
	say: 'See what there is to choose from:',
	run: ['kubectl config get-contexts'],
};

const seePaths: Fix = { say: 'See which files are looked for:', run: [`echo "\${KUBECONFIG:-$HOME/.kube/config}"`] };

export const kubeconfigTexts: CauseTexts = {
	'kubeconfig-absent': {
		title: () => 'there is no kubeconfig, so no cluster is named',
		explanation: (facts) =>
			`kubectl takes its default address then, localhost:8080, and says that the connection was refused. Nothing about any cluster has been tested.${told(facts)}`,
		fixes: () => [
			seePaths,
			{ say: 'Name the file that you have:', run: ['export KUBECONFIG=/path/to/kubeconfig'] },
			fetchAnew,
			{
				say: 'On a node of k3s, or of kubeadm:',
				run: ['export KUBECONFIG=/etc/rancher/k3s/k3s.yaml', 'export KUBECONFIG=/etc/kubernetes/admin.conf'],
			},
		],
		source: loader,
		more: [organizing],
	},
	'kubeconfig-path-missing': {
		title: () => 'the kubeconfig that is named does not exist',
		explanation: (facts) =>
			`A path after --kubeconfig must exist; one in KUBECONFIG is skipped in silence, which then looks as if there were no cluster at all. Nothing was asked of any cluster.${told(facts)}`,
		fixes: () => [
			seePaths,
			{ say: 'Name a file that exists:', run: ['export KUBECONFIG=/path/to/kubeconfig'] },
			fetchAnew,
		],
		source: loader,
		more: [organizing],
	},
	'kubeconfig-unreadable': {
		title: () => 'the kubeconfig may not be read by this user',
		explanation: (facts) =>
			`The file is there, and the system refuses to open it. On a node of k3s or kubeadm it belongs to root.${told(facts)}`,
		fixes: () => [
			{ say: 'See whose it is:', run: ['id', 'ls -l /etc/rancher/k3s/k3s.yaml'] },
			{
				say: 'Take a copy that is yours:',
				run: [
					'mkdir -p ~/.kube',
					'sudo install -m 600 -o "$(id -u)" -g "$(id -g)" /etc/rancher/k3s/k3s.yaml ~/.kube/config',
				],
			},
			{ say: 'With kubeadm it is /etc/kubernetes/admin.conf.' },
		],
		source: loader,
		more: [],
	},
	'kubeconfig-unparsable': {
		title: () => 'the file is no kubeconfig, or not valid YAML',
		explanation: (facts) =>
			`It is damaged, or another kind of file, such as a login page that was saved in its place. Nothing was asked of any cluster.${told(facts)}`,
		fixes: () => [{ say: 'See what is in it (its secrets stay hidden):', run: ['kubectl config view'] }, fetchAnew],
		source: loader,
		more: [organizing],
	},
	'kubeconfig-no-current-context': {
		title: () => 'the kubeconfig selects no context',
		explanation: (facts) =>
			`The file is fine, and current-context is empty. kubectl takes its default address then, localhost:8080, and says that the connection was refused.${told(facts)}`,
		fixes: () => [seeContexts, { say: 'Choose one:', run: ['kubectl config use-context NAME'] }],
		source: loader,
		more: [organizing],
	},
	'kubeconfig-context-missing': {
		title: () => 'the context that is selected does not exist',
		explanation: (facts) =>
			`Its name is not among the contexts of the kubeconfig: the entry was renamed or removed, or it is in a file that KUBECONFIG does not name now. Nothing was asked of any cluster.${told(facts)}`,
		fixes: () => [seeContexts, { say: 'Choose one of them:', run: ['kubectl config use-context NAME'] }, seePaths],
		source: loader,
		more: [organizing],
	},
	'kubeconfig-cluster-missing': {
		title: () => 'the context belongs to a cluster that is not in the kubeconfig',
		explanation: (facts) =>
			`The entry of the cluster is gone, or has no address. kubectl takes its default address then, localhost:8080, without a word about it.${told(facts)}`,
		fixes: () => [
			{ say: 'See the clusters that there are:', run: ['kubectl config get-clusters'] },
			{
				say: 'Point the context to one of them:',
				run: ['kubectl config set-context CONTEXT --cluster=CLUSTER'],
			},
			fetchAnew,
		],
		source: loader,
		more: [organizing],
	},
	'kubeconfig-user-missing': {
		title: () => 'the context belongs to a user that is not in the kubeconfig',
		explanation: (facts) =>
			`Without the entry there is no credential to present. kubectl asks for a username then, or goes on as system:anonymous, who may do almost nothing.${told(facts)}`,
		fixes: () => [
			{ say: 'See the users that there are:', run: ['kubectl config get-users'] },
			{ say: 'Point the context to one of them:', run: ['kubectl config set-context CONTEXT --user=USER'] },
			fetchAnew,
		],
		source: loader,
		more: [organizing],
	},
	'kubeconfig-file-ref-missing': {
		title: (facts) =>
			Number(facts['files'] ?? 0) > 1
				? `${facts['files']} files that the kubeconfig names cannot be read`
				: 'a file that the kubeconfig names cannot be read',
		explanation: (facts) =>
			`Certificates, keys and tokens can stand in files of their own, and a path without a leading slash counts from the folder of the kubeconfig. They are left behind when the kubeconfig alone is copied to another machine.${told(facts)}`,
		fixes: () => [
			{ say: 'See which files it names:', run: ['kubectl config view --minify'] },
			{
				say: 'Where it came from, write one that holds them, and copy that:',
				run: ['kubectl config view --flatten --minify > cluster.yaml'],
			},
		],
		source: loader,
		more: [organizing],
	},
	'kubeconfig-ca-garbage': {
		title: () => 'the certificate authority in the kubeconfig is no certificate',
		explanation: (facts) =>
			`What should verify the server is cut off, or was put into base64 twice. Without it nothing is asked, because the answer could not be believed.${told(facts)}`,
		fixes: () => [
			{
				say: 'See what it is; it must begin with -----BEGIN CERTIFICATE-----:',
				run: [
					`kubectl config view --minify --raw -o jsonpath='{.clusters[0].cluster.certificate-authority-data}' | base64 -d | head -1`,
				],
			},
			fetchAnew,
		],
		source: 'client-go, rest/transport (load of root certificates)',
		more: [],
	},
	'kubeconfig-client-certificate-unusable': {
		title: () => 'the client certificate and its key in the kubeconfig cannot be used',
		explanation: (facts) =>
			`One of the two is no PEM, or they do not belong together, as after half of an update. Nothing was asked of any cluster.${told(facts)}`,
		fixes: () => [
			{
				say: 'See the certificate itself:',
				run: [
					`kubectl config view --minify --raw -o jsonpath='{.users[0].user.client-certificate-data}' | base64 -d | openssl x509 -noout -subject -enddate`,
				],
			},
			fetchAnew,
		],
		source: 'crypto/tls, X509KeyPair',
		more: [],
	},
	'kubeconfig-flag-conflict': {
		title: () => 'two settings of the connection contradict each other, or one is not usable',
		explanation: (facts) =>
			`kubectl refuses such settings before it asks anything, and so does whytop. The cluster has nothing to do with it.${told(facts)}`,
		fixes: () => [
			{ say: 'See the settings:', run: ['kubectl config view --minify'] },
			{
				say: 'If the server shall be verified, which is the safe one, remove the other:',
				run: ['kubectl config unset clusters.CLUSTER.insecure-skip-tls-verify'],
			},
		],
		source: loader,
		more: [],
	},
};

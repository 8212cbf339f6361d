/** Texts of the way to the API server. What exactly was met is told by the connection’s own words, in the fact `error`. */
import { type CauseTexts, type Facts, type Fix, told, word } from './cause-text.ts';
import { typed } from './typed.ts';

const seeTarget: Fix = { say: 'See which address is meant:', run: ['kubectl config view --minify'] };

/** `HOST:PORT` of the address, where it is one that a shell takes as it is. */
const endpoint = (facts: Facts): string =>
	/^(?:[\w.-]+|\[[0-9a-f:.]+\]):\d+$/i.test(word(facts, 'endpoint')) ? word(facts, 'endpoint') : 'HOST:PORT';

/** What is presented there, by another tool. */
const seeChain = (facts: Facts): Fix => ({
	say: 'See who signed what is presented there, and for which names:',
	run: [
		`openssl s_client -connect ${endpoint(facts)} </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName`,
	],
});

/** What silence means, by the last step that was answered. */
const silenceAt: Readonly<Record<string, string>> = {
	connect:
		'No connection comes to stand, and nobody refuses it: packets are dropped on the way (a firewall, a VPN that is down, a list of allowed addresses that lacks yours).',
	handshake:
		'The address takes the connection, and then says nothing in the TLS handshake: a load balancer with no healthy server behind it, a tunnel that loses large packets, or a server that is overloaded.',
	answer:
		'The connection stands and is encrypted, and the request is not answered: the API server itself is overloaded or stuck, or what stands before it is.',
};

/** Where the server itself takes connections from here, whatever the proxy does. */
const pastProxy = (facts: Facts): string =>
	word(facts, 'direct') === 'open' ? ' The API server’s own address takes connections from here.' : '';

/** The kubeconfig's own proxy does not heed the environment, and that of the environment not the kubeconfig. */
const isOfKubeconfig = (facts: Facts): boolean => word(facts, 'setting') === 'proxy-url';

const seeProxy = (facts: Facts): Fix => ({
	say: 'See which proxy is set:',
	run: [
		...(isOfKubeconfig(facts) ? [] : ['env | grep -i _proxy']),
		...(word(facts, 'setting', 'proxy-url') === 'proxy-url' ? ['kubectl config view --minify | grep proxy-url'] : []),
	],
});

const pastIt = (facts: Facts): Fix =>
	isOfKubeconfig(facts)
		? {
				say: 'Where there is a way without it, take it out:',
				run: [`kubectl config set-cluster ${typed(facts, 'cluster', 'CLUSTER')} --proxy-url=`],
			}
		: {
				say: 'Where there is a way without it, go past it for this host:',
				run: [`export NO_PROXY="$NO_PROXY,${typed(facts, 'host', 'HOST')}"`],
			};

export const networkTexts: CauseTexts = {
	'api-dns': {
		title: () => 'the name of the API server is not known here',
		explanation: (facts) =>
			`Its host name does not resolve from this machine: the VPN is down, the name is a private one, or the cluster is gone. Nothing was asked of the cluster.${told(facts)}`,
		fixes: () => [
			seeTarget,
			{ say: 'Connect to the network that knows the name, or use the public address of the cluster.' },
		],
		source: 'the resolver’s answer',
		more: [],
	},
	'api-refused': {
		title: () => 'nothing listens at the API server’s address',
		explanation: (facts) =>
			`The machine answers, and refuses the connection: the API server does not run, or listens on another port. No proxy is in between.${told(facts)}`,
		fixes: () => [
			seeTarget,
			{ say: 'Start the cluster (kind, minikube, k3s), or correct the port in the kubeconfig.' },
		],
		source: 'ECONNREFUSED of the connection itself',
		more: [],
	},
	'local-proxy-refused': {
		title: () => 'the proxy on the way refuses the connection, not the API server',
		explanation: (facts) =>
			`A proxy is set for this address, and it is the proxy that nothing listens at. kubectl’s text names the API server all the same.${pastProxy(facts)}${told(facts)}`,
		fixes: (facts) => [seeProxy(facts), { say: 'Correct its address, or start it.' }, pastIt(facts)],
		source: 'golang.org/x/net/http/httpproxy; the connection itself',
		more: ['https://kubernetes.io/docs/tasks/extend-kubernetes/http-proxy-access-api/'],
	},
	'local-proxy-denied': {
		title: () => 'the proxy on the way does not let the connection through',
		explanation: (facts) =>
			`The proxy answered by itself: it wants a login, forbids the address, or does not know the name. The API server was not reached.${pastProxy(facts)}${told(facts)}`,
		fixes: (facts) => [
			seeProxy(facts),
			{ say: 'Put user and password into the proxy’s URL, or have the address allowed.' },
			pastIt(facts),
		],
		source: 'the proxy’s answer to CONNECT',
		more: [],
	},
	'api-timeout': {
		title: () => 'the API server does not answer in time',
		explanation: (facts) =>
			`${silenceAt[word(facts, 'stage')] ?? 'Packets are dropped on the way (a firewall, a VPN that is down, a list of allowed addresses that lacks yours), or the server takes the connection and says nothing.'} Nothing can be told about metrics from here.${told(facts)}`,
		fixes: (facts) => [
			seeTarget,
			word(facts, 'stage') === 'handshake' || word(facts, 'stage') === 'answer'
				? {
						say: 'Your address is let through: look at what stands before the API server (load balancer, tunnel, the MTU of a VPN), and then at the API server itself.',
					}
				: {
						say: 'See whether your address is allowed: authorized networks on GKE, public access CIDRs on EKS, authorized IP ranges on AKS.',
					},
		],
		source: 'the connection itself',
		more: [],
	},
	'api-reset': {
		title: () => 'the connection to the API server is cut off',
		explanation: (facts) =>
			`It comes to stand and is closed before an answer: a load balancer without a healthy server, a firewall, or http spoken to https. A server that is just starting does it too.${told(facts)}`,
		fixes: () => [seeTarget, { say: 'Try again; then look at the load balancer before the API server.' }],
		source: 'the connection itself',
		more: [],
	},
	'api-tls-unknown-ca': {
		title: () => 'the certificate of the API server is of an unknown authority',
		explanation: (facts) =>
			`It is not signed by the authority in the kubeconfig: the cluster was made anew, has a private authority, or something in between opens the encryption. So it is not trusted.${told(facts)}`,
		fixes: (facts) => [
			seeChain(facts),
			{ say: 'Fetch the kubeconfig anew from where it came.' },
			{
				say: 'Or put in the right authority (do not skip the verification):',
				run: [
					`kubectl config set-cluster ${typed(facts, 'cluster', 'CLUSTER')} --certificate-authority=ca.crt --embed-certs`,
				],
			},
		],
		source: 'the TLS handshake',
		more: [],
	},
	'tls-mitm': {
		title: (facts) =>
			`a proxy that inspects TLS answers in the place of the API server${word(facts, 'issuer') === '' ? '' : ` (${word(facts, 'issuer')})`}`,
		explanation: (facts) =>
			`The certificate is not the API server’s: something on the way opens the encryption and signs anew, with an authority that the kubeconfig does not trust, and rightly. To trust it would not be enough, because a client certificate does not pass through it.${told(facts)}`,
		fixes: (facts) => [
			seeChain(facts),
			{ say: 'Have the host of the API server exempted from inspection.' },
			{
				say: 'Where it is a proxy of the environment, go past it for this host:',
				run: ['export NO_PROXY="$NO_PROXY,HOST"'],
			},
		],
		source: 'the issuer of what is presented in the TLS handshake',
		more: [],
	},
	'api-tls-name-mismatch': {
		title: () => 'the certificate of the API server is for another name',
		explanation: (facts) =>
			`The address in the kubeconfig is not among the names in the certificate. Either the address is not the one that is meant, or the certificate needs it.${told(facts)}`,
		fixes: (facts) => [
			seeChain(facts),
			{
				say: 'Use a name that is in the certificate, or say which one to expect:',
				run: [`kubectl config set-cluster ${typed(facts, 'cluster', 'CLUSTER')} --tls-server-name=NAME`],
			},
			{ say: 'With kubeadm: add the name to certSANs, and renew the certificate of the API server.' },
		],
		source: 'the TLS handshake',
		more: [],
	},
	'api-tls-expired': {
		title: () => 'the certificate of the API server is out of date',
		explanation: (facts) =>
			`Its time is over or has not begun, by the clock of this machine. If that clock is right, the certificate has to be renewed.${told(facts)}`,
		fixes: () => [
			{ say: 'See the clock first:', run: ['date -u'] },
			{
				say: 'On a control plane of kubeadm, then restart the API server; k3s renews at its restart:',
				run: ['kubeadm certs check-expiration', 'kubeadm certs renew apiserver'],
			},
		],
		source: 'the TLS handshake',
		more: ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/'],
	},
	'http-on-https': {
		title: () => 'the API server wants https, and is asked with http',
		explanation: (facts) =>
			`The address in the kubeconfig begins with http:// or has no scheme. The server itself says so.${told(facts)}`,
		fixes: () => [
			seeTarget,
			{ say: 'Write https://:', run: ['kubectl config set-cluster CLUSTER --server=https://HOST:PORT'] },
		],
		source: 'the server’s own 400',
		more: [],
	},
	'https-on-http': {
		title: () => 'what listens there does not speak TLS',
		explanation: (facts) =>
			`The address begins with https://, and the answer is plain text. Something else listens there, or it is kubectl proxy, which wants http://.${told(facts)}`,
		fixes: () => [seeTarget],
		source: 'the first bytes of the answer',
		more: [],
	},
	'server-path-prefix': {
		title: () => 'the address lacks a path, or has one too many',
		explanation: (facts) =>
			`Something answers there, and it does not know /version, which every API server has. Behind Rancher and other fronts the address of a cluster has a path.${told(facts)}`,
		fixes: () => [seeTarget, { say: 'Behind Rancher it is https://HOST/k8s/clusters/c-xxxxx.' }],
		source: 'the 404 of /version',
		more: [],
	},
	'server-is-web-page': {
		title: () => 'a web page answers in the place of the API server',
		explanation: (facts) =>
			`What answers is a login page, a portal or another product’s page. The API server was not reached.${told(facts)}`,
		fixes: () => [seeTarget, { say: 'Log in to what stands before it, or use the address of the API itself.' }],
		source: 'the answer’s kind and its first bytes',
		more: [],
	},
	'api-front-503': {
		title: () => 'the API server itself is not ready (503)',
		explanation: (facts) =>
			`Even /version is answered 503: a load balancer has no healthy API server, or this one is just starting. It has nothing to do with metrics.${told(facts)}`,
		fixes: () => [{ say: 'Ask it what is not ready:', run: ["kubectl get --raw '/readyz?verbose'"] }],
		source: 'the answer to /version',
		more: [],
	},
	'api-throttled': {
		title: () => 'the API server turns requests away (429)',
		explanation: (facts) =>
			`It protects itself from too many requests; the flow schema in its answer says in which class these were counted. Whoever asks too much need not be you.${told(facts)}`,
		fixes: () => [
			{ say: 'Ask less often, or later.' },
			{ say: 'See the classes:', run: ['kubectl get flowschemas,prioritylevelconfigurations'] },
		],
		source: 'the answer’s status',
		more: ['https://kubernetes.io/docs/concepts/cluster-administration/flow-control/'],
	},
};

/**
 * A kubeconfig that cannot be used. Nothing was asked of any server: what is wrong is told when the connection is made,
 * and kubectl often hides it behind its default address, localhost:8080.
 */
import { type Cause, proved } from '../cause.ts';
import { answerOf, factsOf, seen } from '../evidence/evidence.ts';
import { asksForUsername, localhostRefused, symptom } from '../symptom.ts';
import { onThisMachine } from './on-this-machine.ts';

const kubectl = 'kubectl, of every command';

const namedByPath = onThisMachine(
	'kubeconfig-path-missing',
	[
		symptom(
			'kubectl with --kubeconfig',
			/error: (?:stat|open) (?!\S*token)\S+: no such file or directory/,
			'error: stat /home/jane/cluster.yaml: no such file or directory',
		),
		{ ...localhostRefused, printedBy: 'kubectl, which skips a missing file that KUBECONFIG names' },
	],
	['api-refused'],
);

/** A missing file of KUBECONFIG is skipped without a word: then there is no kubeconfig, and this is why. */
const pathMissing: Cause = {
	...namedByPath,
	needs: ['kubeconfig', 'surroundings'],
	entails: ['kubeconfig-absent'],
	judge(evidence) {
		const answer = answerOf(evidence, 'kubeconfig');
		const surroundings = factsOf(evidence, 'surroundings');
		const missing = (surroundings?.kubeconfigs ?? []).filter(({ exists }) => !exists).map(({ path }) => path);
		return answer.errorId === 'kubeconfig-absent' && surroundings?.namedBy === 'environment' && missing.length > 0
			? proved({ error: answer.error, paths: missing.join(', ') }, [
					seen(answerOf(evidence, 'surroundings'), `KUBECONFIG names ${missing.join(', ')}: no such file`),
				])
			: namedByPath.judge(evidence);
	},
};

const namedByEntry = onThisMachine('kubeconfig-file-ref-missing', [
	symptom(
		kubectl,
		/unable to read (?:certificate-authority|client-cert|client-key|tokenFile) .* due to (?:open|stat|read) /,
		'error: unable to read certificate-authority /home/jane/.minikube/ca.crt for minikube due to open /home/jane/.minikube/ca.crt: no such file or directory',
	),
	symptom(
		'kubectl, of a token file',
		/error: open \S*token\S*: no such file or directory/,
		'error: open /home/jane/ci.token: no such file or directory',
	),
]);

/** The connection stops at the first file; all that are missing are named at once. */
const fileMissing: Cause = {
	...namedByEntry,
	needs: ['kubeconfig', 'credentials'],
	judge(evidence) {
		const verdict = namedByEntry.judge(evidence);
		const missing = factsOf(evidence, 'credentials')?.missingFiles ?? [];
		return verdict.verdict === 'proved' && missing.length > 1
			? {
					...verdict,
					facts: { ...verdict.facts, files: missing.length },
					because: missing.map((file) => seen(answerOf(evidence, 'credentials'), `${file}: cannot be read`)),
				}
			: verdict;
	},
};

export const kubeconfigCauses: readonly Cause[] = [
	onThisMachine('kubeconfig-absent', [localhostRefused], ['api-refused', 'kubeconfig-path-missing']),
	pathMissing,
	onThisMachine('kubeconfig-unreadable', [
		symptom(
			kubectl,
			/error loading config file ".*": open .*: permission denied|(?:stat|open|read) \S+: (?:permission denied|is a directory)/,
			'error: error loading config file "/etc/rancher/k3s/k3s.yaml": open /etc/rancher/k3s/k3s.yaml: permission denied',
		),
	]),
	onThisMachine('kubeconfig-unparsable', [
		symptom(
			kubectl,
			/error loading config file ".*": (?!open )/,
			'error: error loading config file "bad.yaml": yaml: line 3: did not find expected node content',
		),
		symptom(
			'kubectl, of JSON and of files of another kind',
			/couldn't get version\/kind; json parse error/,
			'error: error loading config file "config": couldn\'t get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct',
		),
	]),
	onThisMachine('kubeconfig-no-current-context', [localhostRefused], ['kubeconfig-absent', 'api-refused']),
	onThisMachine('kubeconfig-context-missing', [
		symptom(
			'kubectl, of the current context',
			/context was not found for specified context/,
			'Error in configuration: context was not found for specified context: staging',
		),
		symptom('kubectl with --context', /error: context ".*" does not exist/, 'error: context "staging" does not exist'),
	]),
	onThisMachine(
		'kubeconfig-cluster-missing',
		[
			localhostRefused,
			symptom(
				'kubectl with --cluster',
				/error: (?:no server found for )?cluster ".*"(?: does not exist)?/,
				'error: cluster "staging" does not exist',
			),
		],
		['kubeconfig-absent', 'api-refused'],
	),
	onThisMachine('kubeconfig-user-missing', [
		asksForUsername,
		symptom('kubectl with --user', /error: auth info ".*" does not exist/, 'error: auth info "jane" does not exist'),
	]),
	fileMissing,
	onThisMachine('kubeconfig-ca-garbage', [
		symptom(
			'kubectl 1.27 and newer; older ones trust no authority then, and say “unknown authority”',
			/unable to load root certificates: unable to parse bytes as PEM block/,
			'error: unable to load root certificates: unable to parse bytes as PEM block',
		),
	]),
	onThisMachine('kubeconfig-client-certificate-unusable', [
		symptom(
			kubectl,
			/tls: (?:failed to find any PEM data in (?:certificate|key) input|private key does not match public key)/,
			'error: tls: private key does not match public key',
		),
	]),
	onThisMachine('kubeconfig-flag-conflict', [
		symptom(
			kubectl,
			/specifying a root certificates file with the insecure flag is not allowed/,
			'error: specifying a root certificates file with the insecure flag is not allowed',
		),
		symptom(
			kubectl,
			/host must be a URL or a host:port pair/,
			'error: host must be a URL or a host:port pair: "https://10.0.0.1:6443:6443"',
		),
		symptom(
			'kubectl, of groups that are to be impersonated without a user',
			/requesting (?:uid|groups|user-extra).* without impersonating a user/,
			'error: requesting groups [ops] for without impersonating a user',
		),
	]),
];

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { distributionIds } from '../../../source/diagnose/distribution.ts';
import type { Fix } from '../../../source/messages/en/doctor/cause-text.ts';
import { sightTexts } from '../../../source/messages/en/doctor/sights.ts';
import { toldTexts } from '../../../source/messages/en/doctor/told.ts';
import { fixesOf } from '../../../source/messages/en/doctor/typed.ts';
import { causeTexts } from '../../../source/messages/en/doctor.ts';
import type { Finding } from '../../../source/model/finding.ts';

/** Programs that only ever look, whatever they are given. */
const looking =
	/^(?:time )?(?:echo|env|id|ls|date|cat|grep|command -v|openssl|ss|ip -brief address|timedatectl(?: status)?$|journalctl|whytop (?:doctor|explain|top))\b/;
/** The words of those that also change things, by which they do not. */
const byWord =
	/^(?:time )?(?:kubectl|oc)(?: (?:-n|--namespace|--kubeconfig) \S+)*(?: -n \S+)? (?:get|describe|logs|top|version|api-versions|auth (?:can-i|whoami)|config (?:view|get-\w+))\b/;
const ofNode =
	/^(?:systemctl status|firewall-cmd --list-\w+|crictl (?:stats|ps|info|images)|aws \w+ describe-[\w-]+|minikube addons list|microk8s status|snap get)\b/;

function isLook(line: string): boolean {
	// A look may be filtered, never be the first half of a change.
	const [first = '', ...rest] = line.split(/\s(?:\||&&|;)\s/);
	return (
		[looking, byWord, ofNode].some((pattern) => pattern.test(first)) &&
		rest.every((part) => /^(?:grep|head|tail|base64|openssl x509|sort|wc|jq)\b/.test(part)) &&
		!/>(?!\/dev\/null|&1)/.test(line.replaceAll(/'[^']*'/g, ''))
	);
}

const first = (fixes: readonly Fix[]): Fix | undefined => fixes.find(({ run = [] }) => run.length > 0);

const factsToTry: readonly Finding['facts'][] = [
	{},
	...distributionIds.map((distribution) => ({ distribution })),
	{ count: 1, names: 'n1', namespace: 'kube-system', deployment: 'metrics-server', pod: 'metrics-server-1' },
];

describe('the first command of every text, which is the one that is copied,', () => {
	for (const [id, text] of [causeTexts, sightTexts, toldTexts].flatMap((texts) => Object.entries(texts))) {
		test(`only looks, or changes nothing but one’s own session: ${id}`, () => {
			for (const facts of factsToTry) {
				const fix = first(text.fixes(facts));
				const changes = fix === undefined || fix.safe === true ? [] : (fix.run ?? []).filter((line) => !isLook(line));
				assert.deepEqual(changes, [], JSON.stringify(facts));
			}
		});
	}

	test('is not taken for a look where it changes something', () => {
		for (const line of [
			'kubectl apply -f https://example.org/x.yaml',
			'kubectl -n kube-system patch deployment metrics-server -p {}',
			'kubectl -n kube-system get deployment metrics-server -o yaml | kubectl apply -f -',
			'kubectl drain n1',
			'kubectl config set-cluster c --server=https://x',
			'cat a > b',
			'systemctl restart kubelet',
			'aws eks create-addon --addon-name metrics-server',
		]) {
			assert.equal(isLook(line), false, line);
		}
	});
});

describe('the commands of a text', () => {
	const runOf = (line: string, kubectlFlags: string) =>
		fixesOf({ fixes: () => [{ say: '', run: [line] }, { say: 'wait' }] }, { kubectlFlags }).flatMap(
			({ run = [] }) => run,
		);

	test('mean the same cluster as the doctor was told of', () => {
		for (const [line, told] of [
			['kubectl get nodes', 'kubectl --context a$&b get nodes'],
			[
				'kubectl get nodes -o name | kubectl delete -f -',
				'kubectl --context a$&b get nodes -o name | kubectl --context a$&b delete -f -',
			],
			['echo $(kubectl version)', 'echo $(kubectl --context a$&b version)'],
			['kubectl krew install oidc-login', 'kubectl krew install oidc-login'],
			['echo "kubectl get nodes"', 'echo "kubectl get nodes"'],
			['journalctl -u kubelet', 'journalctl -u kubelet'],
		] as const) {
			assert.deepEqual(runOf(line, '--context a$&b'), [told]);
		}
	});

	test('stay as they are where nobody said which', () => {
		assert.deepEqual(runOf('kubectl get nodes', ''), ['kubectl get nodes']);
	});
});

describe('the commands against a proxy', () => {
	const runOf = (id: string, facts: Finding['facts']) =>
		causeTexts[id]?.fixes({ cluster: 'prod', host: 'api.example.com', ...facts }).flatMap(({ run = [] }) => run) ?? [];

	for (const id of ['local-proxy-refused', 'local-proxy-denied']) {
		test(`are those of the kubeconfig, where that names it: ${id}`, () => {
			assert.deepEqual(runOf(id, { setting: 'proxy-url' }), [
				'kubectl config view --minify | grep proxy-url',
				'kubectl config set-cluster prod --proxy-url=',
			]);
		});
		test(`are those of the environment, where that names it: ${id}`, () => {
			assert.deepEqual(runOf(id, { setting: 'HTTPS_PROXY' }), [
				'env | grep -i _proxy',
				'export NO_PROXY="$NO_PROXY,api.example.com"',
			]);
		});
	}
});

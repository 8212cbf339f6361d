/** What people read about kubeconfigs and credentials that cannot be used. First what is wrong, then what to do. */
import { clean } from '../../model/clean.ts';

/** A cluster's entry in a message. */
export interface ClusterEntryName {
	cluster: string;
	/** '' if it comes from flags or from inside the cluster. */
	file: string;
	/** '' if there is no context. */
	context: string;
}

const manyNames = 12;

function quote(name: string): string {
	return `"${clean(name)}"`;
}

function lines(...texts: Array<string | false>): string {
	return texts.filter((text) => text !== false && text !== '').join('\n');
}

function list(names: readonly string[]): string {
	const shown = names.toSorted().slice(0, manyNames).map(clean).join(', ');
	return names.length > manyNames ? `${shown} … (${names.length} in all)` : shown;
}

/** `2025-03-01 12:00 UTC` */
export function day(date: Date): string {
	return Number.isNaN(date.getTime()) ? 'an unknown time' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `user "jane" in FILE` */
export function userOf(user: string, file: string): string {
	const name = user === '' ? 'the user' : `user ${quote(user)}`;
	return file === '' ? name : `${name} in ${clean(file)}`;
}

function clusterOf({ cluster, file }: ClusterEntryName): string {
	const name = cluster === '' ? 'the cluster' : `cluster ${quote(cluster)}`;
	return file === '' ? name : `${name} in ${clean(file)}`;
}

function whyUnreadable(code: string): string {
	switch (code) {
		case 'ENOENT':
		case 'ENOTDIR':
			return 'it does not exist';
		case 'EACCES':
		case 'EPERM':
			return 'you may not read it';
		case 'EISDIR':
			return 'it is a folder';
		default:
			return code === '' ? 'it cannot be read' : `it cannot be read (${code})`;
	}
}

const howToGetOne = [
	'Where the cluster is elsewhere: export KUBECONFIG=/path/to/file, or pass --kubeconfig.',
	'Managed: aws eks update-kubeconfig --name NAME · gcloud container clusters get-credentials NAME · az aks get-credentials -g GROUP -n NAME.',
	'k3s: export KUBECONFIG=/etc/rancher/k3s/k3s.yaml. No cluster at hand: whytop --demo.',
].join('\n');

export function noKubeconfig(
	paths: readonly string[],
	namedBy: 'flag' | 'environment' | 'default',
	filesAreEmpty: boolean,
): string {
	const files = paths.map(clean).join(', ');
	const what = filesAreEmpty
		? `There is no cluster in ${files}.`
		: namedBy === 'environment'
			? `There is no kubeconfig: KUBECONFIG names ${files}, which ${paths.length > 1 ? 'do' : 'does'} not exist.`
			: `There is no kubeconfig: neither KUBECONFIG is set nor does ${files} exist.`;
	return lines(what, howToGetOne);
}

export function unreadableKubeconfig(path: string, code: string): string {
	return lines(
		`The kubeconfig ${clean(path)} cannot be used: ${whyUnreadable(code)}.`,
		code === 'ENOENT'
			? 'Correct the path after --kubeconfig.'
			: 'Make it readable for you, or name another with --kubeconfig.',
	);
}

export function unparsableKubeconfig(path: string, line: number, reason: string): string {
	return lines(
		`The kubeconfig ${clean(path)} is not valid YAML${line > 0 ? ` (line ${line})` : ''}: ${clean(reason).replace(/[.:]$/, '')}.`,
		'Repair that line, or fetch the file anew from where it came.',
	);
}

export function notKubeconfig(path: string, html: boolean): string {
	return lines(
		html
			? `The file ${clean(path)} is a web page, not a kubeconfig: a download probably ended at a login page.`
			: `The file ${clean(path)} is not a kubeconfig.`,
		'Fetch it anew, or name another with --kubeconfig.',
	);
}

export function kubeconfigOfOtherKind(path: string, kind: string): string {
	return lines(
		`The file ${clean(path)} is not a kubeconfig: its kind is ${quote(kind)}, not "Config".`,
		'Name the right file with --kubeconfig or KUBECONFIG.',
	);
}

export function noCurrentContext(files: string, contexts: readonly string[]): string {
	return lines(
		`No context is selected in ${clean(files)}.`,
		contexts.length > 0 && `It has: ${list(contexts)}.`,
		contexts.length > 0
			? 'Choose one: whytop --context NAME, or for good: kubectl config use-context NAME.'
			: 'It has none either; name the cluster and the user with --cluster and --user.',
	);
}

export function contextMissing(name: string, files: string, contexts: readonly string[], isCurrent: boolean): string {
	return lines(
		isCurrent
			? `The current context ${quote(name)} does not exist in ${clean(files)}.`
			: `There is no context ${quote(name)} in ${clean(files)}.`,
		contexts.length > 0 ? `There are: ${list(contexts)}.` : 'There are no contexts at all.',
		contexts.length > 0 && 'Choose one: whytop --context NAME, or for good: kubectl config use-context NAME.',
	);
}

export function clusterMissing(name: string, context: string, files: string, clusters: readonly string[]): string {
	const what =
		context === ''
			? `There is no cluster ${quote(name)} in ${clean(files)}.`
			: name === ''
				? `The context ${quote(context)} in ${clean(files)} names no cluster.`
				: `The context ${quote(context)} in ${clean(files)} belongs to the cluster ${quote(name)}, which is not in it.`;
	return lines(
		what,
		clusters.length > 0 && `There are: ${list(clusters)}.`,
		'Fetch the kubeconfig anew, or choose with --context or --cluster.',
	);
}

export function userMissing(name: string, context: string, files: string, users: readonly string[]): string {
	return lines(
		context === ''
			? `There is no user ${quote(name)} in ${clean(files)}.`
			: `The context ${quote(context)} in ${clean(files)} belongs to the user ${quote(name)}, which is not in it.`,
		users.length > 0 && `There are: ${list(users)}.`,
		context === ''
			? 'Choose one of them with --user.'
			: `Choose with --user, or for good: kubectl config set-context ${clean(context)} --user=NAME.`,
	);
}

export function serverMissing(where: ClusterEntryName): string {
	return lines(`There is no server address for ${clusterOf(where)}.`, 'Add it to the kubeconfig, or pass --server.');
}

export function serverUnusable(server: string, where: ClusterEntryName): string {
	return lines(
		`The server address ${quote(server)} of ${clusterOf(where)} is not one.`,
		'It must look like https://host:6443, with a path after it where a gateway wants one.',
	);
}

export function authorityAndInsecure(where: ClusterEntryName): string {
	return lines(
		`${capital(clusterOf(where))} has both a certificate authority and insecure-skip-tls-verify: that contradicts itself.`,
		'Remove insecure-skip-tls-verify, so that the server is verified.',
	);
}

export function authorityGarbage(path: string, where: ClusterEntryName): string {
	const what = path === '' ? 'The certificate-authority-data' : `The certificate authority ${clean(path)}`;
	return lines(
		`${what} of ${clusterOf(where)} holds no certificate.`,
		'It must be PEM (-----BEGIN CERTIFICATE-----), in base64 once where it is data. Fetch the kubeconfig anew.',
	);
}

export function referencedFileMissing(field: string, path: string, code: string, file: string): string {
	const from = file === '' ? '' : ` that ${clean(file)} names`;
	return lines(
		`The ${field} ${clean(path)}${from} cannot be used: ${whyUnreadable(code)}.`,
		file !== '' &&
			'Kubeconfigs that name files cannot be moved alone: kubectl config view --flatten --minify writes one that holds them.',
	);
}

export function clientKeyMissing(user: string, file: string): string {
	return `There is a client certificate but no client-key for ${userOf(user, file)}.\nFetch the kubeconfig anew.`;
}

export function clientCertificateUnusable(
	problem: 'certificate' | 'key' | 'encrypted-key' | 'mismatch',
	user: string,
	file: string,
): string {
	const what = {
		certificate: 'is no certificate in PEM',
		key: 'has a key that cannot be read',
		'encrypted-key': 'has a key that is protected by a password, which kubeconfigs have no place for',
		mismatch: 'does not belong to its client-key',
	}[problem];
	return `The client-certificate of ${userOf(user, file)} ${what}.\nFetch the kubeconfig anew.`;
}

export function clientCertificateExpired(until: Date): string {
	return `Its client certificate expired on ${day(until)}. Renew it (kubeadm: kubeadm certs renew admin.conf) and fetch the kubeconfig anew.`;
}

export function clientCertificateNotYetValid(from: Date): string {
	return `Its client certificate is valid only from ${day(from)} on, by this machine's clock (${day(new Date())}).`;
}

export function tokenExpired(at: Date): string {
	return `Its token expired on ${day(at)}. Log in again, or fetch the kubeconfig anew.`;
}

export function tokenNotYetValid(from: Date): string {
	return `Its token is valid only from ${day(from)} on, by this machine's clock (${day(new Date())}).`;
}

export function tokenFileEmpty(path: string, file: string): string {
	const from = file === '' ? '' : ` that ${clean(file)} names`;
	return `The tokenFile ${clean(path)}${from} is empty.\nLog in again with whatever writes it.`;
}

export function tokenCameFromFile(path: string): string {
	return `Its token was read from ${clean(path)}.`;
}

export function credentialsCameFromPlugin(command: string): string {
	return `Its credentials were made by ${clean(command)}, which was run again after the refusal.`;
}

export function execCommandMissing(user: string, file: string): string {
	return `The exec entry of ${userOf(user, file)} has no command.\nFetch the kubeconfig anew.`;
}

export function execApiVersion(command: string, apiVersion: string, user: string, file: string): string {
	const said = apiVersion === '' ? 'no apiVersion' : `the apiVersion ${quote(apiVersion)}`;
	return lines(
		`The credential plugin ${clean(command)} of ${userOf(user, file)} has ${said}; kubectl since 1.24 knows client.authentication.k8s.io/v1beta1 and v1.`,
		'An old tool wrote it: update the tool and let it write the kubeconfig anew (for instance aws eks update-kubeconfig).',
	);
}

export function execNeedsTerminal(command: string, user: string, file: string): string {
	return lines(
		`The credential plugin ${clean(command)} of ${userOf(user, file)} wants the terminal (interactiveMode: Always), which whytop needs itself.`,
		'Set interactiveMode to IfAvailable and log in once with the plugin before you start whytop.',
	);
}

export function execNotStarted(
	command: string,
	code: string,
	exists: boolean,
	installHint: string,
	user: string,
	file: string,
): string {
	const why =
		code === 'EACCES'
			? 'it is not executable'
			: exists
				? `it cannot be started (${clean(code)}); perhaps the interpreter in its first line is missing`
				: command.includes('/')
					? 'it does not exist'
					: 'it is not in PATH';
	return lines(
		`The credential plugin ${clean(command)} of ${userOf(user, file)} was not run: ${why}.`,
		installHint,
		!exists && installHint === '' && 'Install it, or write its whole path into the kubeconfig.',
	);
}

export function execHung(command: string, timeLimit: number, stderr: string, user: string, file: string): string {
	return lines(
		`The credential plugin ${clean(command)} of ${userOf(user, file)} did not end within ${timeLimit / 1000} s and was stopped.`,
		stderr !== '' && said(stderr),
		'It may wait for a login: run kubectl get --raw /version once in a shell, then start whytop again.',
	);
}

export function execFailed(
	command: string,
	how: { exitCode: number } | { signal: string },
	stderr: string,
	user: string,
	file: string,
): string {
	const end = 'exitCode' in how ? `failed with exit code ${how.exitCode}` : `was ended by ${how.signal}`;
	return lines(
		`The credential plugin ${clean(command)} of ${userOf(user, file)} ${end}.`,
		stderr !== '' && said(stderr),
		'Often a login has expired: aws sso login, gcloud auth login, az login, kubelogin …',
	);
}

export type ExecAnswerProblem =
	| { kind: 'garbage'; bytes: number }
	| { kind: 'other'; found: string }
	| { kind: 'version'; expected: string; found: string }
	| { kind: 'empty' }
	| { kind: 'half' }
	| { kind: 'pair' };

export function execAnswer(
	command: string,
	problem: ExecAnswerProblem,
	stderr: string,
	user: string,
	file: string,
): string {
	return lines(
		`The credential plugin ${clean(command)} of ${userOf(user, file)} ${answerProblem(problem)}.`,
		stderr !== '' && said(stderr),
		problem.kind === 'version'
			? 'Let the tool that wrote the kubeconfig write it anew, or set the plugin and the kubeconfig to the same version.'
			: 'Run it in a shell to see what it prints (that is a secret).',
	);
}

function answerProblem(problem: ExecAnswerProblem): string {
	switch (problem.kind) {
		case 'garbage':
			return problem.bytes === 0 ? 'printed nothing' : `printed ${problem.bytes} bytes that are not JSON`;
		case 'other':
			return `printed ${problem.found === '' ? 'JSON' : quote(problem.found)}, not an ExecCredential`;
		case 'version':
			return `answered as ${quote(problem.found)}, the kubeconfig expects ${quote(problem.expected)}`;
		case 'empty':
			return 'gave neither a token nor a certificate';
		case 'half':
			return 'gave only one of certificate and key';
		case 'pair':
			return 'gave a certificate and a key that do not work together';
	}
}

function said(stderr: string): string {
	return `It said:\n${stderr
		.split('\n')
		.map((line) => `  ${line}`)
		.join('\n')}`;
}

export function authProviderUnknown(name: string, user: string, file: string): string {
	return lines(
		`The auth-provider ${quote(name)} of ${userOf(user, file)} is not known.`,
		'Let your provider write the kubeconfig anew: today it uses a credential plugin (exec).',
	);
}

export function authProviderFailed(name: string, reason: string, user: string, file: string): string {
	const renewal =
		name === 'gcp'
			? 'kubectl dropped it in 1.26: install gke-gcloud-auth-plugin, then gcloud container clusters get-credentials NAME.'
			: 'kubectl dropped it in 1.26: kubelogin convert-kubeconfig.';
	return lines(
		`The auth-provider ${quote(name)} of ${userOf(user, file)} gave no token${reason === '' ? '' : `: ${reason}`}.`,
		renewal,
	);
}

export function authProgramNotStarted(command: string, code: string): string {
	const why = code === 'EACCES' ? 'is not executable' : command.includes('/') ? 'does not exist' : 'is not in PATH';
	return `its program ${clean(command)} ${why}`;
}

/** @param exitCode null if it did not end by itself */
export function authProgramFailed(command: string, exitCode: number | null, stderr: string): string {
	const end = exitCode === null ? 'did not end and was stopped' : `failed with exit code ${exitCode}`;
	return `its program ${clean(command)} ${end}${stderr === '' ? '' : ` and said: ${stderr}`}`;
}

export function authProgramGaveNothing(command: string, stderr: string): string {
	return `its program ${clean(command)} printed no token${stderr === '' ? '' : ` and said: ${stderr}`}`;
}

export function impersonationWithoutUser(file: string): string {
	return lines(
		`A group, uid or extra is to be impersonated without a user${file === '' ? '' : ` (${clean(file)})`}.`,
		'Add --as NAME, or as: in the kubeconfig.',
	);
}

function capital(text: string): string {
	return text.slice(0, 1).toUpperCase() + text.slice(1);
}

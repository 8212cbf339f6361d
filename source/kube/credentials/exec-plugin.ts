import { existsSync } from 'node:fs';
import * as text from '../../messages/en/kube.ts';
import { errorCode, KubeError } from '../errors.ts';
import type { ClusterEntry, UserEntry } from '../kubeconfig/entries.ts';
import { presentable } from '../redact.ts';
import { tokenFacts } from './bearer-token.ts';
import { pairProblem } from './certificates.ts';
import { certificateFacts } from './client-certificate.ts';
import type { Credential, CredentialSource } from './credential.ts';
import { type RunningProcess, runProcess } from './exec-process.ts';

export interface ExecPluginOptions {
	/** The user's entry; its `exec` is set. */
	user: UserEntry;
	/** For `KUBERNETES_EXEC_INFO`, with `certificateAuthorityData` filled in where the entry names a file. */
	cluster: ClusterEntry;
	environment: NodeJS.ProcessEnv;
	/** Milliseconds, by default 30 s. */
	timeLimit?: number;
	/** By default `Date.now`. */
	now?: () => number;
}

const group = 'client.authentication.k8s.io';
const apiVersions: readonly string[] = [`${group}/v1`, `${group}/v1beta1`];

/** A failure is remembered so long, so that five loops that meet it do not start five programs. */
const failureLife = 5000;
/** After a refusal that a new run did not mend, the program is left in peace for so long: it may open a browser. */
const refusalPause = 60_000;

interface Issued {
	credential: Credential;
	/** ms since 1970, NaN = does not expire. */
	expires: number;
	token: string;
}

/**
 * A credential plugin (client-go's exec.go is the reference): run once at a time for all who wait, its answer kept
 * until it expires, run once more when the server refused it.
 *
 * @throws KubeError kind `configuration` for an entry that cannot work
 */
export function execPlugin({
	user,
	cluster,
	environment,
	timeLimit = 30_000,
	now = Date.now,
}: ExecPluginOptions): CredentialSource {
	const { exec } = user;
	if (!exec || exec.command === '') {
		throw new KubeError('configuration', text.execCommandMissing(user.name, user.file), { id: 'exec-plugin-failed' });
	}
	if (!apiVersions.includes(exec.apiVersion)) {
		throw new KubeError('configuration', text.execApiVersion(exec.command, exec.apiVersion, user.name, user.file), {
			id: 'exec-plugin-api-version',
		});
	}
	if (exec.interactiveMode === 'Always') {
		throw new KubeError('configuration', text.execNeedsTerminal(exec.command, user.name, user.file), {
			id: 'exec-plugin-failed',
		});
	}

	let issued: Issued | null = null;
	let running: Promise<Issued> | null = null;
	let program: RunningProcess | null = null;
	let failure: { error: KubeError; at: number } | null = null;
	let renewedAt = Number.NEGATIVE_INFINITY;

	const entry = exec;
	const variables: NodeJS.ProcessEnv = { ...environment };
	for (const { name, value } of entry.env) {
		variables[name] = value;
	}
	variables['KUBERNETES_EXEC_INFO'] = JSON.stringify({
		kind: 'ExecCredential',
		apiVersion: entry.apiVersion,
		spec: { ...(entry.provideClusterInfo ? { cluster: clusterInfo(cluster) } : {}), interactive: false },
	});

	async function run(): Promise<Issued> {
		program = runProcess({ command: entry.command, args: entry.args, env: variables, timeLimit });
		const outcome = await program.outcome.catch((error: unknown) => {
			const code = errorCode(error);
			const exists = entry.command.includes('/') && existsSync(entry.command);
			const hint = presentable(entry.installHint, 2000);
			throw new KubeError(
				'credentials',
				text.execNotStarted(entry.command, exists ? code || 'ENOEXEC' : code, exists, hint, user.name, user.file),
				{ id: 'exec-plugin-not-found', code },
			);
		});
		const said = presentable(outcome.stderr.slice(-8192), 2000);
		if (outcome.timedOut) {
			throw new KubeError('credentials', text.execHung(entry.command, timeLimit, said, user.name, user.file), {
				id: 'exec-plugin-failed',
				retriable: true,
			});
		}
		if (outcome.code !== 0) {
			const how = outcome.code === null ? { signal: outcome.signal ?? '' } : { exitCode: outcome.code };
			throw new KubeError('credentials', text.execFailed(entry.command, how, said, user.name, user.file), {
				id: 'exec-plugin-failed',
				retriable: true,
			});
		}
		return readCredential(outcome.stdout, said);
	}

	function readCredential(stdout: string, said: string): Issued {
		const unusable = (problem: text.ExecAnswerProblem): KubeError =>
			new KubeError('credentials', text.execAnswer(entry.command, problem, said, user.name, user.file), {
				id: problem.kind === 'version' ? 'exec-plugin-api-version' : 'exec-plugin-failed',
			});
		let answer: ExecCredential;
		try {
			answer = JSON.parse(stdout) as ExecCredential;
		} catch {
			throw unusable({ kind: 'garbage', bytes: Buffer.byteLength(stdout) });
		}
		if (typeof answer !== 'object' || answer === null || answer.kind !== 'ExecCredential') {
			throw unusable({ kind: 'other', found: presentable(String(answer?.kind ?? ''), 80) });
		}
		if (answer.apiVersion !== entry.apiVersion) {
			throw unusable({
				kind: 'version',
				expected: entry.apiVersion,
				found: presentable(String(answer.apiVersion ?? ''), 80),
			});
		}
		const { token = '', clientCertificateData = '', clientKeyData = '', expirationTimestamp } = answer.status ?? {};
		if (token === '' && clientCertificateData === '' && clientKeyData === '') {
			throw unusable({ kind: 'empty' });
		}
		if ((clientCertificateData === '') !== (clientKeyData === '')) {
			throw unusable({ kind: 'half' });
		}
		if (clientCertificateData !== '' && pairProblem(clientCertificateData, clientKeyData) !== '') {
			throw unusable({ kind: 'pair' });
		}
		return {
			credential: {
				authorization: token === '' ? '' : `Bearer ${token.trim()}`,
				certificate: clientCertificateData,
				key: clientKeyData,
			},
			expires: expirationTimestamp ? Date.parse(expirationTimestamp) : Number.NaN,
			token,
		};
	}

	/** One program at a time; whoever comes meanwhile gets its outcome. */
	function runOnce(): Promise<Issued> {
		running ??= run()
			.then(
				(result) => {
					issued = result;
					failure = null;
					return result;
				},
				(error: unknown) => {
					if (error instanceof KubeError) {
						failure = { error, at: now() };
					}
					throw error;
				},
			)
			.finally(() => {
				running = null;
				program = null;
			});
		return running;
	}

	return {
		async current() {
			if (issued && !running && !(issued.expires <= now())) {
				return issued.credential;
			}
			if (!running && failure && now() - failure.at < failureLife) {
				throw failure.error;
			}
			return (await runOnce()).credential;
		},
		async renew(refused) {
			if (issued && refused !== issued.credential) {
				return true;
			}
			if (!running && now() - renewedAt < refusalPause) {
				return false;
			}
			renewedAt = now();
			return (await runOnce()).credential !== refused;
		},
		facts: () => [
			{ sentence: text.credentialsCameFromPlugin(entry.command), id: '' },
			...(issued ? [...tokenFacts(issued.token), ...certificateFacts(issued.credential.certificate)] : []),
		],
		close: () => program?.kill(),
	};
}

interface ExecCredential {
	apiVersion?: string;
	kind?: string;
	status?: {
		token?: string;
		clientCertificateData?: string;
		clientKeyData?: string;
		expirationTimestamp?: string;
	};
}

/** `ExecCredential.spec.cluster` (client.authentication.k8s.io/v1, Cluster). */
function clusterInfo(cluster: ClusterEntry): Record<string, unknown> {
	return {
		server: cluster.server,
		...(cluster.tlsServerName === '' ? {} : { 'tls-server-name': cluster.tlsServerName }),
		...(cluster.insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
		...(cluster.certificateAuthorityData === ''
			? {}
			: { 'certificate-authority-data': cluster.certificateAuthorityData }),
		...(cluster.proxyUrl === '' ? {} : { 'proxy-url': cluster.proxyUrl }),
		// client-go always writes it; null is what an absent RawExtension becomes.
		config: cluster.execConfig ?? null,
	};
}

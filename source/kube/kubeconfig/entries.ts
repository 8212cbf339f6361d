/**
 * A kubeconfig as we use it: every field present ('' = not set), file names absolute, each entry knowing the file that
 * it came from. The format is k8s.io/client-go/tools/clientcmd/api/v1 `Config`.
 */

export interface ClusterEntry {
	name: string;
	file: string;
	server: string;
	certificateAuthority: string;
	/** Base64 of PEM. */
	certificateAuthorityData: string;
	insecureSkipTlsVerify: boolean;
	tlsServerName: string;
	proxyUrl: string;
	/** Extension `client.authentication.k8s.io/exec`, handed on to exec plugins; undefined if there is none. */
	execConfig: unknown;
}

export type ExecInteractiveMode = 'Never' | 'IfAvailable' | 'Always';

export interface ExecEntry {
	apiVersion: string;
	/** Absolute if the kubeconfig gave it with a slash, else a name to look up in PATH. */
	command: string;
	args: readonly string[];
	env: ReadonlyArray<{ name: string; value: string }>;
	installHint: string;
	provideClusterInfo: boolean;
	interactiveMode: ExecInteractiveMode;
}

export interface AuthProviderEntry {
	name: string;
	config: Record<string, string>;
}

export interface UserEntry {
	name: string;
	file: string;
	clientCertificate: string;
	clientCertificateData: string;
	clientKey: string;
	clientKeyData: string;
	token: string;
	tokenFile: string;
	username: string;
	password: string;
	as: string;
	asUid: string;
	asGroups: readonly string[];
	asUserExtra: Readonly<Record<string, readonly string[]>>;
	exec: ExecEntry | null;
	authProvider: AuthProviderEntry | null;
}

export interface ContextEntry {
	name: string;
	file: string;
	cluster: string;
	user: string;
	/** '' if it names none. */
	namespace: string;
}

export interface Kubeconfig {
	/** The files that were read, in order of precedence. */
	files: readonly string[];
	currentContext: string;
	clusters: ReadonlyMap<string, ClusterEntry>;
	users: ReadonlyMap<string, UserEntry>;
	contexts: ReadonlyMap<string, ContextEntry>;
}

export function emptyCluster(name: string): ClusterEntry {
	return {
		name,
		file: '',
		server: '',
		certificateAuthority: '',
		certificateAuthorityData: '',
		insecureSkipTlsVerify: false,
		tlsServerName: '',
		proxyUrl: '',
		execConfig: undefined,
	};
}

export function emptyUser(name: string): UserEntry {
	return {
		name,
		file: '',
		clientCertificate: '',
		clientCertificateData: '',
		clientKey: '',
		clientKeyData: '',
		token: '',
		tokenFile: '',
		username: '',
		password: '',
		as: '',
		asUid: '',
		asGroups: [],
		asUserExtra: {},
		exec: null,
		authProvider: null,
	};
}

import { clean } from '../model/clean.ts';

/** kubectl's connection flags, under kubectl's names in camel case. Everything is optional: what is not set comes from the kubeconfig. */
export interface ConnectionFlags {
	kubeconfig?: string;
	context?: string;
	cluster?: string;
	user?: string;
	server?: string;
	token?: string;
	as?: string;
	asGroup?: readonly string[];
	asUid?: string;
	/** Milliseconds; 0 or undefined = none. */
	requestTimeout?: number;
	insecureSkipTlsVerify?: boolean;
	certificateAuthority?: string;
	tlsServerName?: string;
	namespace?: string;
}

/** Those that say which cluster is meant and as whom, as a command for kubectl has them. A token is a secret and is no part of it. Clean: it is shown. */
export function kubectlFlags(flags: ConnectionFlags): string {
	const values: readonly (readonly [flag: string, value: string | undefined])[] = [
		['kubeconfig', flags.kubeconfig],
		['context', flags.context],
		['cluster', flags.cluster],
		['user', flags.user],
		['server', flags.server],
		['tls-server-name', flags.tlsServerName],
		['certificate-authority', flags.certificateAuthority],
		['as', flags.as],
		...(flags.asGroup ?? []).map((group) => ['as-group', group] as const),
		['as-uid', flags.asUid],
	];
	const given = values.flatMap(([flag, value]) =>
		value === undefined || value === '' ? [] : [`--${flag} ${shellWord(value)}`],
	);
	return clean([...given, ...(flags.insecureSkipTlsVerify === true ? ['--insecure-skip-tls-verify'] : [])].join(' '));
}

/** As a POSIX shell reads it back. */
function shellWord(value: string): string {
	return /^[\w./~@:=,+-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** From the command line's flags to what the connection and the data host are told. */

import { resolve } from 'node:path';
import type { ConnectionFlags } from '../kube/connection-flags.ts';
import { localOrCluster } from '../messages/en/local.ts';
import { parseTime } from './arguments.ts';
import { type CommandContext, UsageError } from './command.ts';

type Given = Pick<CommandContext, 'strings' | 'lists' | 'switches'>;

/** @throws UsageError if a flag's value cannot be meant. */
export function connectionFlags({ lists, strings, switches }: Given): ConnectionFlags {
	const connection: ConnectionFlags = {};
	const texts = [
		'kubeconfig',
		'context',
		'cluster',
		'user',
		'server',
		'token',
		'as',
		'asUid',
		'certificateAuthority',
		'tlsServerName',
		'namespace',
	] as const;
	for (const name of texts) {
		const value = strings[name];
		if (value !== undefined) {
			connection[name] = value;
		}
	}
	if (lists['asGroup'] !== undefined) {
		connection.asGroup = lists['asGroup'];
	}
	if (switches['insecureSkipTlsVerify'] !== undefined) {
		connection.insecureSkipTlsVerify = switches['insecureSkipTlsVerify'];
	}
	const timeout = strings['requestTimeout'];
	if (timeout !== undefined) {
		connection.requestTimeout = timeOf('--request-timeout', timeout);
	}
	return connection;
}

/** The namespace that was asked for: a name, null for all, undefined if nothing was said. */
export function namespaceOf({ strings, switches }: Given): string | null | undefined {
	return switches['allNamespaces'] === true ? null : strings['namespace'];
}

/**
 * Whether this machine was asked for, and where its files begin.
 *
 * @throws UsageError if a cluster was asked for too
 */
export function localOf({ strings, switches }: Given): { local: boolean; root: string } {
	const root = strings['root'] ?? '/';
	const local = switches['local'] === true;
	const cluster = (['kubeconfig', 'context', 'cluster', 'server'] as const).find((name) => strings[name] !== undefined);
	if (local && (cluster !== undefined || switches['demo'] === true)) {
		throw new UsageError(localOrCluster(`--${cluster ?? 'demo'}`));
	}
	return { local, root: root === '/' ? root : resolve(root) };
}

/** @throws UsageError */
export function timeOf(flag: string, text: string): number {
	const time = parseTime(text);
	if (Number.isNaN(time)) {
		throw new UsageError(`${flag} takes a time such as 15s, 1m30s or 500ms, and "${text}" is none`);
	}
	return time;
}

import { dirname, resolve } from 'node:path';
import * as text from '../../messages/en/kube.ts';
import { KubeError } from '../errors.ts';
import {
	type AuthProviderEntry,
	type ClusterEntry,
	type ContextEntry,
	type ExecEntry,
	type ExecInteractiveMode,
	emptyCluster,
	emptyUser,
	type Kubeconfig,
	type UserEntry,
} from './entries.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * One kubeconfig file's text. Names of files in it are made absolute by the file's own folder, as kubectl does, and so
 * is an exec command that has a slash.
 *
 * @throws KubeError `kubeconfig-unparsable` with the line, when it is no YAML or no kubeconfig
 */
export async function parseKubeconfig(source: string, file: string): Promise<Kubeconfig> {
	const document = await parseDocument(source, file);
	if (document === null || document === undefined) {
		return { files: [file], currentContext: '', clusters: new Map(), users: new Map(), contexts: new Map() };
	}
	if (!isFields(document)) {
		const html = /^\s*<(?:!doctype|html)/i.test(source);
		throw new KubeError('configuration', text.notKubeconfig(file, html), { id: 'kubeconfig-unparsable' });
	}
	if (typeof document['kind'] === 'string' && document['kind'] !== '' && document['kind'] !== 'Config') {
		throw new KubeError('configuration', text.kubeconfigOfOtherKind(file, document['kind']), {
			id: 'kubeconfig-unparsable',
		});
	}
	const folder = dirname(file);
	return {
		files: [file],
		currentContext: string(document['current-context']),
		clusters: named(document['clusters'], 'cluster', (name, fields) => cluster(name, fields, file, folder)),
		users: named(document['users'], 'user', (name, fields) => user(name, fields, file, folder)),
		contexts: named(document['contexts'], 'context', (name, fields) => context(name, fields, file)),
	};
}

async function parseDocument(source: string, file: string): Promise<unknown> {
	if (/^\s*\{/.test(source)) {
		try {
			return JSON.parse(source);
		} catch {
			// YAML's flow style looks the same; its parser knows the line.
		}
	}
	const { parseYaml } = await import('./yaml.ts');
	const result = parseYaml(source);
	if ('reason' in result) {
		throw new KubeError('configuration', text.unparsableKubeconfig(file, result.line, result.reason), {
			id: 'kubeconfig-unparsable',
		});
	}
	return result.value;
}

/** `[{name, KEY: {…}}]` as a map; the first of a name wins, as in kubectl. */
function named<T>(list: unknown, key: string, make: (name: string, fields: Fields) => T): Map<string, T> {
	const result = new Map<string, T>();
	for (const item of Array.isArray(list) ? list : []) {
		if (isFields(item)) {
			const name = string(item['name']);
			const fields = item[key];
			if (name !== '' && !result.has(name)) {
				result.set(name, make(name, isFields(fields) ? fields : {}));
			}
		}
	}
	return result;
}

function cluster(name: string, fields: Fields, file: string, folder: string): ClusterEntry {
	const extension = (Array.isArray(fields['extensions']) ? fields['extensions'] : []).find(
		(item: unknown) => isFields(item) && item['name'] === 'client.authentication.k8s.io/exec',
	) as Fields | undefined;
	return {
		...emptyCluster(name),
		file,
		server: string(fields['server']),
		certificateAuthority: path(fields['certificate-authority'], folder),
		certificateAuthorityData: string(fields['certificate-authority-data']),
		insecureSkipTlsVerify: boolean(fields['insecure-skip-tls-verify']),
		tlsServerName: string(fields['tls-server-name']),
		proxyUrl: string(fields['proxy-url']),
		execConfig: extension?.['extension'],
	};
}

function user(name: string, fields: Fields, file: string, folder: string): UserEntry {
	return {
		...emptyUser(name),
		file,
		clientCertificate: path(fields['client-certificate'], folder),
		clientCertificateData: string(fields['client-certificate-data']),
		clientKey: path(fields['client-key'], folder),
		clientKeyData: string(fields['client-key-data']),
		token: string(fields['token']).trim(),
		tokenFile: path(fields['tokenFile'], folder),
		username: string(fields['username']),
		password: string(fields['password']),
		as: string(fields['as']),
		asUid: string(fields['as-uid']),
		asGroups: strings(fields['as-groups']),
		asUserExtra: isFields(fields['as-user-extra'])
			? Object.fromEntries(Object.entries(fields['as-user-extra']).map(([key, values]) => [key, strings(values)]))
			: {},
		exec: isFields(fields['exec']) ? exec(fields['exec'], folder) : null,
		authProvider: isFields(fields['auth-provider']) ? authProvider(fields['auth-provider'], folder) : null,
	};
}

function exec(fields: Fields, folder: string): ExecEntry {
	const command = string(fields['command']);
	const mode = string(fields['interactiveMode']);
	return {
		apiVersion: string(fields['apiVersion']),
		command: command.includes('/') ? resolve(folder, command) : command,
		args: strings(fields['args']),
		env: (Array.isArray(fields['env']) ? fields['env'] : [])
			.filter(isFields)
			.map((item) => ({ name: string(item['name']), value: string(item['value']) })),
		installHint: string(fields['installHint']),
		provideClusterInfo: boolean(fields['provideClusterInfo']),
		interactiveMode: (mode === '' ? 'IfAvailable' : mode) as ExecInteractiveMode,
	};
}

function authProvider(fields: Fields, folder: string): AuthProviderEntry {
	const config: Record<string, string> = {};
	for (const [key, value] of Object.entries(isFields(fields['config']) ? fields['config'] : {})) {
		config[key] = key === 'idp-certificate-authority' ? path(value, folder) : string(value);
	}
	return { name: string(fields['name']), config };
}

function context(name: string, fields: Fields, file: string): ContextEntry {
	return {
		name,
		file,
		cluster: string(fields['cluster']),
		user: string(fields['user']),
		namespace: string(fields['namespace']),
	};
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** YAML makes numbers and booleans of what people meant as text. */
function string(value: unknown): string {
	if (value instanceof Date) {
		return value.toISOString();
	}
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function strings(value: unknown): string[] {
	return Array.isArray(value) ? value.map(string) : [];
}

/** kubectl reads YAML 1.1, where `yes` and `on` are true as well. */
function boolean(value: unknown): boolean {
	return value === true || (typeof value === 'string' && /^(?:true|yes|on|y)$/i.test(value));
}

function path(value: unknown, folder: string): string {
	const name = string(value);
	return name === '' ? '' : resolve(folder, name);
}

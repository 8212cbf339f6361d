/** Reads what a user's entry presents: only dates, names and whether files are there. Nothing that is secret leaves here. */
import { constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tokenTimes } from '../../../kube/credentials/bearer-token.ts';
import { certificatesOf, fromBase64 } from '../../../kube/credentials/certificates.ts';
import type { UserEntry } from '../../../kube/kubeconfig/entries.ts';
import type { Selection } from '../../../kube/kubeconfig/select.ts';
import { presentable } from '../../../kube/redact.ts';
import { clean } from '../../../model/clean.ts';
import { parseJson, textField } from '../../../sources/json/fields.ts';
import type { CredentialFacts, CredentialKind, PluginFacts, ValidTimes } from '../../evidence/credentials.ts';
import { findProgram, may } from './find-program.ts';

export async function readCredentials(
	{ cluster, user }: Selection,
	environment: NodeJS.ProcessEnv,
): Promise<CredentialFacts> {
	const certificate =
		user.clientCertificateData === '' ? await readText(user.clientCertificate) : fromBase64(user.clientCertificateData);
	const token = user.token === '' ? ((await readText(user.tokenFile)) ?? '').trim() : user.token;
	return {
		kinds: kindsOf(user),
		certificate: certificateTimes(certificate ?? ''),
		token: token === '' ? null : webTokenTimes(token),
		plugin: kindsOf(user).includes('exec') && user.exec !== null ? await readPlugin(user.exec, environment) : null,
		missingFiles: await missingOf([
			['certificate-authority', cluster.certificateAuthorityData === '' ? cluster.certificateAuthority : ''],
			['client-certificate', user.clientCertificateData === '' ? user.clientCertificate : ''],
			['client-key', user.clientKeyData === '' ? user.clientKey : ''],
			['tokenFile', user.token === '' ? user.tokenFile : ''],
		]),
		as: clean(user.as),
	};
}

/** With the precedence by which credentials are made. */
function kindsOf(user: UserEntry): readonly CredentialKind[] {
	const kinds: CredentialKind[] = [];
	if (user.clientCertificate !== '' || user.clientCertificateData !== '') {
		kinds.push('client-certificate');
	}
	if (user.token !== '') {
		kinds.push('token');
	} else if (user.tokenFile !== '') {
		kinds.push('token-file');
	} else if (user.username !== '' || user.password !== '') {
		kinds.push('password');
	} else if (user.authProvider !== null) {
		kinds.push('auth-provider');
	}
	if (user.exec !== null && kinds.length === 0) {
		kinds.push('exec');
	}
	return kinds;
}

function certificateTimes(pem: string): ValidTimes | null {
	const [leaf] = certificatesOf(pem);
	return leaf === undefined
		? null
		: {
				from: leaf.validFromDate.getTime(),
				until: leaf.validToDate.getTime(),
				issuer: presentable(leaf.issuer.replaceAll('\n', ', '), 200),
			};
}

function webTokenTimes(token: string): ValidTimes | null {
	const { begins, expires } = tokenTimes(token);
	const issuer = issuerOf(token);
	return Number.isNaN(begins) && Number.isNaN(expires) && issuer === ''
		? null
		: { from: begins, until: expires, issuer };
}

function issuerOf(token: string): string {
	try {
		const payload = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url'));
		return presentable(textField(payload, 'iss'), 200);
	} catch {
		return '';
	}
}

async function readPlugin(
	{ apiVersion, command }: NonNullable<UserEntry['exec']>,
	environment: NodeJS.ProcessEnv,
): Promise<PluginFacts> {
	const found = await findProgram(command, environment);
	return { command: clean(command), apiVersion: clean(apiVersion), found: clean(found) };
}

async function missingOf(named: readonly (readonly [field: string, path: string])[]): Promise<readonly string[]> {
	const missing: string[] = [];
	for (const [field, path] of named) {
		if (path !== '' && !(await may(path, constants.R_OK))) {
			missing.push(`${field} ${clean(path)}`);
		}
	}
	return missing;
}

async function readText(path: string): Promise<string | null> {
	return path === '' ? null : readFile(path, 'utf8').catch(() => null);
}

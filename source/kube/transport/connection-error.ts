import * as text from '../../messages/en/kube.ts';
import * as proxyText from '../../messages/en/kube-proxy.ts';
import type { CredentialFact } from '../credentials/credential.ts';
import { errorCode, KubeError } from '../errors.ts';
import { ProxyFailure } from '../proxy/failure.ts';
import { presentable } from '../redact.ts';
import { peerCertificate } from './peer-certificate.ts';
import { nameOf, proxyError } from './proxy-error.ts';
import { NoAnswerInTime } from './send.ts';
import type { Server } from './server.ts';

export interface ConnectionErrorContext {
	server: Server;
	connection: text.Connection;
	/** What is known about the credentials in use. */
	facts: readonly CredentialFact[];
	/** Name of the kubeconfig's cluster, '' if there is none. */
	cluster: string;
	/** A variable that would mean a proxy to others, '' if there is none. */
	ignoredVariable: string;
}

const certificateNotTrusted: ReadonlySet<string> = new Set([
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'CERT_REJECTED',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'CERT_CHAIN_TOO_LONG',
]);

/** Alerts by which a server refuses the client's certificate. */
const clientCertificateAlert =
	/ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(?:EXPIRED|REVOKED|UNKNOWN|REQUIRED)|UNKNOWN_CA|ACCESS_DENIED)/;

/** What failed before there was a response, as a sentence with the way out. */
export async function connectionError(error: unknown, context: ConnectionErrorContext): Promise<KubeError> {
	if (error instanceof KubeError) {
		return error;
	}
	const { server, connection } = context;
	if (error instanceof ProxyFailure) {
		return proxyError(error, server, context.cluster);
	}
	if (error instanceof NoAnswerInTime) {
		const sentence =
			error.step === 'connect'
				? text.connectTimedOut(connection, error.after)
				: text.noResponse(connection, error.after);
		return make('timeout', sentence + proxyLine(context), 'api-timeout', '', true);
	}
	const code = tlsCode(error) || errorCode(error);
	const reason = presentable(tlsReason(error) || (error instanceof Error ? error.message : String(error)), 300);
	switch (code) {
		case 'ECONNREFUSED':
			return make('unreachable', text.refused(connection) + proxyLine(context), 'api-refused', code, true);
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
		case 'EAI_NODATA':
		case 'EAI_NONAME':
			return make(
				'unreachable',
				text.nameUnknown(connection, server.host, code === 'EAI_AGAIN') + proxyLine(context),
				'api-dns',
				code,
				true,
			);
		case 'ETIMEDOUT':
			return make(
				'timeout',
				text.connectTimedOut(connection, Number.NaN) + proxyLine(context),
				'api-timeout',
				code,
				true,
			);
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
		case 'EHOSTDOWN':
		case 'ENETDOWN':
		case 'EADDRNOTAVAIL':
			return make('unreachable', text.noRoute(connection, code) + proxyLine(context), 'api-timeout', code, true);
		case 'ECONNRESET':
		case 'EPIPE':
		case 'ECONNABORTED':
			return make(
				'unreachable',
				text.connectionReset(connection, server.secure) + proxyLine(context),
				'api-reset',
				code,
				true,
			);
		default:
	}
	if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL/.test(code)) {
		return make('tls', text.plainAnswerToTls(connection), 'https-on-http', code, false);
	}
	if (code === 'HPE_HEADER_OVERFLOW') {
		return make('protocol', text.headersTooLarge(connection), 'server-is-web-page', code, false);
	}
	if (code.startsWith('HPE_')) {
		return make('protocol', text.notHttp(connection), 'server-is-web-page', code, false);
	}
	if (code === 'ERR_INVALID_CHAR' || code === 'ERR_UNESCAPED_CHARACTERS') {
		return make('configuration', text.invalidHeader(connection), 'kubeconfig-flag-conflict', code, false);
	}
	if (clientCertificateAlert.test(code)) {
		const proof = context.facts.find(({ id }) => id !== '');
		return make(
			'credentials',
			text.clientCertificateRefused(
				connection,
				context.facts.map(({ sentence }) => sentence),
				code,
			),
			proof?.id ?? 'credentials-wrong-cluster',
			code,
			false,
		);
	}
	const certificate = await certificateError(error, code, context);
	if (certificate) {
		return certificate;
	}
	if (/^ERR_(?:SSL|TLS|OSSL)|^EPROTO$/.test(code)) {
		return make('tls', text.handshakeFailed(connection, reason) + proxyLine(context), '', code, false);
	}
	return make('unreachable', text.otherFailure(connection, reason), '', code, true);
}

/** OpenSSL's reason within the message of an error (`…:SSL routines:FUNCTION:wrong version number:…`), '' if there is none. */
function tlsReason(error: unknown): string {
	return /:SSL routines:[^:]*:([^:]+):/.exec(error instanceof Error ? error.message : '')?.[1] ?? '';
}

/** A TLS failure that Node.js met while writing has the code EPROTO; this gives it the one that it has elsewhere. */
function tlsCode(error: unknown): string {
	const reason = tlsReason(error);
	return errorCode(error) === 'EPROTO' && reason !== ''
		? `ERR_SSL_${reason
				.replace(/^ssl\/tls /, '')
				.replaceAll(/[^a-z0-9]+/gi, '_')
				.toUpperCase()}`
		: '';
}

async function certificateError(
	error: unknown,
	code: string,
	{ server, connection }: ConnectionErrorContext,
): Promise<KubeError | null> {
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
		const { subjectaltname = '' } = (error as { cert?: { subjectaltname?: string } }).cert ?? {};
		const names = subjectaltname
			.split(', ')
			.map((name) => presentable(name.replace(/^(?:DNS|IP Address|URI):/, ''), 200))
			.filter((name) => name !== '');
		return make(
			'tls',
			text.nameMismatch(connection, server.tlsServerName || server.host, names),
			'api-tls-name-mismatch',
			code,
			false,
		);
	}
	if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
		const certificate = await peerCertificate(server);
		return make(
			'tls',
			text.serverCertificateDates(connection, code, certificate, new Date()),
			'api-tls-expired',
			code,
			true,
		);
	}
	if (certificateNotTrusted.has(code) || code === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
		const certificate = await peerCertificate(server);
		return make(
			'tls',
			text.unknownAuthority(
				connection,
				certificate,
				code === 'DEPTH_ZERO_SELF_SIGNED_CERT',
				server.certificateAuthority !== '',
			),
			'api-tls-unknown-ca',
			code,
			false,
		);
	}
	return null;
}

function make(kind: KubeError['kind'], message: string, id: string, code: string, retriable: boolean): KubeError {
	return new KubeError(kind, message, { id, code, retriable });
}

/** What else to think of where a connection failed: the proxy that it went through, or one that it did not. */
function proxyLine({ server, ignoredVariable }: ConnectionErrorContext): string {
	if (server.proxy) {
		return `\n${proxyText.throughProxy(nameOf(server.proxy))}`;
	}
	return ignoredVariable === '' ? '' : `\n${proxyText.proxyVariableIgnored(ignoredVariable)}`;
}

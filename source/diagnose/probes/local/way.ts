/** Looks at one step of the way by itself, without a request: it connects, and hangs up. */
import { lookup } from 'node:dns/promises';
import net from 'node:net';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { chooseTarget } from '../../../kube/connect.ts';
import { errorCode } from '../../../kube/errors.ts';
import { ProxyFailure } from '../../../kube/proxy/failure.ts';
import { systemAuthorities } from '../../../kube/transport/connections.ts';
import { connected } from '../../../kube/transport/open-connection.ts';
import { NoAnswerInTime } from '../../../kube/transport/send.ts';
import { type Server, serverOf } from '../../../kube/transport/server.ts';
import { clean } from '../../../model/clean.ts';
import type { CertificateFacts, HandshakeFacts } from '../../evidence/way.ts';
import type { ConnectionSettings } from '../../probe.ts';

/** The server that the kubeconfig names; null where it names none, which its own probe tells. */
export async function serverFor(settings: ConnectionSettings | undefined): Promise<Server | null> {
	if (settings === undefined) {
		return null;
	}
	try {
		const { cluster, contextName } = await chooseTarget(settings.flags, settings.environment);
		return await serverOf(cluster, contextName, settings.environment);
	} catch {
		return null;
	}
}

/** @param timeLimit ms; the system's own resolver can wait for longer than anybody wants to */
export async function resolve(
	name: string,
	timeLimit: number,
): Promise<{ addresses: readonly string[]; code: string; took: number }> {
	const startedAt = performance.now();
	const took = () => performance.now() - startedAt;
	const timer = new AbortController();
	try {
		const found = await Promise.race([lookup(name, { all: true }), silence(timeLimit, timer.signal)]);
		return found === null
			? { addresses: [], code: 'ETIMEDOUT', took: took() }
			: { addresses: found.map(({ address }) => address), code: '', took: took() };
	} catch (error) {
		return { addresses: [], code: errorCode(error) || 'ENOTFOUND', took: took() };
	} finally {
		timer.abort();
	}
}

function silence(timeLimit: number, signal: AbortSignal): Promise<null> {
	const { promise, resolve: end } = Promise.withResolvers<null>();
	const timer = setTimeout(end, timeLimit, null);
	signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
	return promise;
}

/** One connection to one address, closed as soon as it stands. @param timeLimit ms */
export function dial(
	address: string,
	port: number,
	timeLimit: number,
	signal: AbortSignal,
): Promise<{ code: string; took: number }> {
	const { promise, resolve: end } = Promise.withResolvers<{ code: string; took: number }>();
	const startedAt = performance.now();
	const socket = net.connect({ host: address, port });
	const done = (code: string): void => {
		clearTimeout(timer);
		signal.removeEventListener('abort', giveUp);
		socket.destroy();
		end({ code, took: performance.now() - startedAt });
	};
	const giveUp = (): void => done('ETIMEDOUT');
	const timer = setTimeout(giveUp, timeLimit);
	signal.addEventListener('abort', giveUp, { once: true });
	socket.once('connect', () => done(''));
	socket.on('error', (error) => done(errorCode(error) || 'ECONNRESET'));
	return promise;
}

/**
 * The handshake, through the proxy where there is one: what is presented, whatever it is, and whether it would be
 * accepted. @param timeLimit ms for each step
 */
export async function handshake(server: Server, timeLimit: number, signal: AbortSignal): Promise<HandshakeFacts> {
	const startedAt = performance.now();
	const facts = (more: Partial<HandshakeFacts>): HandshakeFacts => ({
		endpoint: `${net.isIPv6(server.host) ? `[${server.host}]` : server.host}:${server.port}`,
		chain: [],
		code: '',
		protocol: '',
		...more,
		took: performance.now() - startedAt,
	});
	try {
		const ca = server.certificateAuthority;
		const socket = (await connected(server, {
			timeLimit,
			signal,
			tls: { rejectUnauthorized: false, ...(ca === '' ? { ca: systemAuthorities() } : { ca }) },
		})) as TLSSocket;
		const chain = chainOf(socket);
		// The types say Error; it is the code of one.
		const problem: unknown = socket.authorizationError;
		const code = socket.authorized ? '' : typeof problem === 'string' ? problem : errorCode(problem);
		const protocol = socket.getProtocol() ?? '';
		socket.destroy();
		return facts({ chain, code: socket.authorized ? '' : code || 'UNTRUSTED', protocol });
	} catch (error) {
		return facts({ code: codeOf(error) });
	}
}

function codeOf(error: unknown): string {
	return error instanceof NoAnswerInTime
		? 'ETIMEDOUT'
		: error instanceof ProxyFailure
			? 'EPROXY'
			: errorCode(error) || 'ECONNRESET';
}

const longestChain = 6;

function chainOf(socket: TLSSocket): readonly CertificateFacts[] {
	const chain: CertificateFacts[] = [];
	let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
	while (certificate?.subject !== undefined && chain.length < longestChain) {
		chain.push({
			subject: distinguishedName(certificate.subject),
			issuer: distinguishedName(certificate.issuer),
			names: (certificate.subjectaltname ?? '')
				.split(', ')
				.filter((name) => name !== '')
				.map(clean),
			from: Date.parse(certificate.valid_from),
			until: Date.parse(certificate.valid_to),
		});
		const issuer: DetailedPeerCertificate | undefined = certificate.issuerCertificate;
		// A root is its own issuer.
		certificate = issuer === certificate ? undefined : issuer;
	}
	return chain;
}

function distinguishedName(name: DetailedPeerCertificate['subject'] | undefined): string {
	return clean(
		Object.entries(name ?? {})
			.map(([key, value]) => `${key}=${[value].flat().join('+')}`)
			.join(', '),
	).slice(0, 200);
}

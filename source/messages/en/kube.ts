/** What people read when an API server cannot be reached or does not answer as one. First what is wrong, then what to do. */
import { clean } from '../../model/clean.ts';
import { type Front, wayPast, whoAnswered } from './kube-front.ts';
import { day } from './kubeconfig.ts';

export * from './kubeconfig.ts';

/** Who was talked to, for a message. All of it is clean already. */
export interface Connection {
	server: string;
	/** '' if there is none. */
	context: string;
	user: string;
	/** File(s), `in-cluster` or `flags`. */
	origin: string;
}

function lines(...texts: Array<string | false>): string {
	return texts.filter((text) => text !== false && text !== '').join('\n');
}

/** Where that address was read: the line that every message about a connection has. */
function whence({ context, origin }: Connection): string {
	switch (origin) {
		case 'in-cluster':
			return "The address is that of this pod's own cluster (KUBERNETES_SERVICE_HOST).";
		case 'flags':
			return 'The address comes from --server.';
		default:
			return context === '' ? `Kubeconfig: ${origin}.` : `Kubeconfig: ${origin}, context "${context}".`;
	}
}

function as({ user, origin }: Connection): string {
	return origin === 'in-cluster' ? 'the service account of this pod' : user === '' ? 'nobody' : `user "${user}"`;
}

export function refused(connection: Connection): string {
	return lines(
		`The API server ${connection.server} refused the connection: nothing listens there.`,
		whence(connection),
		'Is the cluster running, and are address and port right?',
	);
}

export function nameUnknown(connection: Connection, host: string, temporary: boolean): string {
	return lines(
		temporary
			? `The name ${clean(host)} of the API server could not be looked up just now: no name server answered.`
			: `The name ${clean(host)} of the API server is not known here.`,
		whence(connection),
		'Is the VPN up? A private cluster has a name only inside its network; a deleted one has none.',
	);
}

export function connectTimedOut(connection: Connection, after: number): string {
	return lines(
		`No connection to the API server ${connection.server}${Number.isNaN(after) ? '' : ` within ${seconds(after)}`}.`,
		whence(connection),
		'Something drops the packets on the way: a VPN that is down, a firewall, or a list of allowed addresses that lacks yours.',
	);
}

export function noResponse(connection: Connection, after: number): string {
	return lines(
		`The API server ${connection.server} took the request and did not answer within ${seconds(after)}.`,
		whence(connection),
		'It may be overloaded, or a load balancer in front of it has no healthy server.',
	);
}

export function noRoute(connection: Connection, code: string): string {
	return lines(
		`There is no way from here to the API server ${connection.server} (${clean(code)}).`,
		whence(connection),
		'Is the network, or the VPN, up?',
	);
}

export function connectionReset(connection: Connection, secure: boolean): string {
	return lines(
		`The connection to the API server ${connection.server} was closed from the other end before it answered.`,
		whence(connection),
		secure
			? 'A load balancer or firewall in between may do that; so does a server that is just starting.'
			: 'Perhaps it wants https:// instead of http://.',
	);
}

export function otherFailure(connection: Connection, reason: string): string {
	return lines(`The API server ${connection.server} cannot be reached: ${reason}.`, whence(connection));
}

export function plainAnswerToTls(connection: Connection): string {
	return lines(
		`${connection.server} does not speak TLS: it answered in plain text.`,
		whence(connection),
		'Either the address should begin with http://, or something else listens there.',
	);
}

export function tlsWanted(connection: Connection, assumed: boolean): string {
	return lines(
		`${connection.server} wants https, and was asked with http.`,
		whence(connection),
		assumed
			? 'The address has no scheme, which means http: write https:// before it.'
			: 'Write https:// instead of http:// in the address.',
	);
}

export function notHttp(connection: Connection): string {
	return lines(
		`What listens at ${connection.server} does not speak HTTP.`,
		whence(connection),
		'Are address and port right?',
	);
}

export function handshakeFailed(connection: Connection, reason: string): string {
	return lines(
		`The TLS handshake with the API server ${connection.server} failed: ${reason}.`,
		whence(connection),
		'A proxy or load balancer in between that does not pass TLS on may cause it.',
	);
}

export function nameMismatch(connection: Connection, name: string, names: readonly string[]): string {
	return lines(
		names.length > 0
			? `The certificate of ${connection.server} is not for ${clean(name)}, but for: ${names.slice(0, 12).join(', ')}.`
			: `The certificate of ${connection.server} names no host at all, so also not ${clean(name)}.`,
		whence(connection),
		'Use one of its names in the address, or say which one to expect: --tls-server-name NAME (tls-server-name in the kubeconfig).',
	);
}

export interface CertificateFacts {
	subject: string;
	issuer: string;
	validFrom: Date;
	validTo: Date;
}

export function unknownAuthority(
	connection: Connection,
	certificate: CertificateFacts | null,
	selfSigned: boolean,
	authorityGiven: boolean,
): string {
	const judge = authorityGiven ? 'the certificate authority in use' : "this system's certificate authorities";
	const issuer = certificate && certificate.issuer !== '' ? ` It was issued by "${certificate.issuer}".` : '';
	return lines(
		selfSigned
			? `The certificate of ${connection.server} is self-signed, and ${judge} did not sign it.`
			: `The certificate of ${connection.server} was not signed by ${judge}.${issuer}`,
		whence(connection),
		'Was the cluster made anew? Then fetch the kubeconfig anew. Or give its authority: --certificate-authority FILE.',
		'An issuer that is a company or a security product means that a proxy opens the connection: have this host exempted.',
	);
}

export function serverCertificateDates(
	connection: Connection,
	code: string,
	certificate: CertificateFacts | null,
	now: Date,
): string {
	const clock = `by this machine's clock it is ${day(now)}`;
	const what =
		code === 'CERT_NOT_YET_VALID'
			? `is not valid yet${certificate && certificate.validFrom > now ? `, only from ${day(certificate.validFrom)} on` : ''}`
			: certificate && certificate.validTo < now
				? `expired on ${day(certificate.validTo)}`
				: 'hangs on an authority that has expired';
	return lines(
		`The certificate of the API server ${connection.server} ${what}; ${clock}.`,
		whence(connection),
		'If the clock is right, the server needs a new one (kubeadm certs renew apiserver; k3s: restart it).',
	);
}

export function clientCertificateRefused(connection: Connection, facts: readonly string[], code: string): string {
	const alert = code
		.replace(/^.*ALERT_/, '')
		.replaceAll('_', ' ')
		.toLowerCase();
	return lines(
		`The server ${connection.server} refuses the client certificate of ${as(connection)} (${alert}).`,
		...facts,
		whence(connection),
		facts.length === 0 &&
			'Fetch the kubeconfig anew: the cluster may have been made anew, or a gateway wants a certificate of its own.',
	);
}

export function invalidHeader(connection: Connection): string {
	return lines(
		`The credentials of ${as(connection)} contain characters that cannot be sent.`,
		whence(connection),
		'A token must be one line of plain characters; fetch the kubeconfig anew.',
	);
}

/** @param facts sentences about the credentials in use */
export function unauthorized(
	connection: Connection,
	facts: readonly string[],
	serverText: string,
	keptBack: boolean,
): string {
	const words = serverText.split('\n')[0] ?? '';
	return lines(
		`The API server ${connection.server} does not accept the credentials of ${as(connection)} (401${words === '' ? '' : `: ${words}`}).`,
		...facts,
		keptBack && keptBackOverHttp,
		whence(connection),
		facts.length === 0 &&
			!keptBack &&
			'They have expired, were withdrawn, or belong to another cluster: log in again, or fetch the kubeconfig anew.',
	);
}

const keptBackOverHttp =
	'The connection is not encrypted, so no credentials were sent (kubectl does the same); use https://.';

export function askedAsNobody(connection: Connection, keptBack: boolean): string {
	return lines(
		keptBack ? keptBackOverHttp : `The server did not see any credentials of ${as(connection)}.`,
		whence(connection),
	);
}

export function redirected(connection: Connection, status: number, target: string, front: Front | null): string {
	return lines(
		`${connection.server} answered with a redirect (${status})${target === '' ? '' : ` to ${target}`}, which an API server does not do.`,
		front !== null && whoAnswered(front),
		whence(connection),
		front === null
			? 'Is a proxy or login page in front? Log in there, or use the address of the API itself.'
			: wayPast(front, hostOf(connection)),
	);
}

export function htmlAnswer(connection: Connection, status: number, title: string, front: Front | null): string {
	const page = `(${status}${title === '' ? '' : `, "${title}"`})`;
	return lines(
		front === null
			? `${connection.server} answered with an HTML page ${page}: is a proxy or login page in front?`
			: `${connection.server} did not answer as an API server ${page}.`,
		front !== null && whoAnswered(front),
		whence(connection),
		front === null ? 'Log in there, or use the address of the API itself.' : wayPast(front, hostOf(connection)),
	);
}

/** JSON that calls itself HTML. */
export function mislabelled(connection: Connection, status: number): string {
	return lines(
		`${connection.server} answered with JSON that calls itself an HTML page (${status}): something in between changes its answers.`,
		whence(connection),
		'Use the address of the API itself.',
	);
}

export function pathUnknown(connection: Connection, body: string): string {
	const words = body.split('\n')[0] ?? '';
	return lines(
		`${connection.server} does not know the Kubernetes API (404${words === '' ? '' : `: ${words}`}).`,
		whence(connection),
		'Its address may lack a path, or have one too many. Rancher: https://HOST/k8s/clusters/c-xxxxx.',
	);
}

export function statusOnly(status: number): string {
	return `The server answered ${status} without saying why.`;
}

export function statusWithText(status: number, body: string): string {
	return body === '' ? statusOnly(status) : `The server answered ${status}: ${body}`;
}

export function notJson(connection: Connection, path: string, contentType: string): string {
	return lines(
		`${connection.server} answered ${clean(path)} with ${contentType === '' ? 'something' : clean(contentType)} that is not JSON.`,
		whence(connection),
		'Is a proxy or login page in front?',
	);
}

/** JSON that ends in the middle, or is damaged. */
export function jsonDamaged(connection: Connection, path: string, bytes: number): string {
	return lines(
		`${connection.server} answered ${clean(path)} with ${bytes} bytes of JSON that is damaged or ends in the middle.`,
		whence(connection),
		'Something in between cut it off or changed it; asked again it may come whole.',
	);
}

export function emptyAnswer(connection: Connection, path: string): string {
	return lines(`${connection.server} answered ${clean(path)} with nothing at all.`, whence(connection));
}

export function bodyDamaged(connection: Connection): string {
	return lines(
		`An answer of ${connection.server} came damaged: it calls itself gzip and cannot be unpacked.`,
		whence(connection),
		'Something in between changes its answers: a proxy that unpacks them and does not say so may do that.',
	);
}

export function encodingUnknown(connection: Connection, encoding: string): string {
	return lines(
		`An answer of ${connection.server} came packed as "${clean(encoding)}", which was not asked for.`,
		whence(connection),
		'Something in between packed it: use the address of the API itself.',
	);
}

export function headersTooLarge(connection: Connection): string {
	return lines(
		`${connection.server} answered with headers without an end (more than 16 KiB).`,
		whence(connection),
		'Is that an API server? A proxy that adds cookies may cause it.',
	);
}

export function notWatchFrames(connection: Connection, path: string): string {
	return lines(
		`${connection.server} answered the watch of ${clean(path)} with something that is not one.`,
		whence(connection),
	);
}

export function bodyTooLarge(path: string, limit: number): string {
	return `The answer to ${clean(path)} is larger than ${Math.round(limit / 2 ** 20)} MiB.`;
}

export function bodyStalled(connection: Connection, after: number): string {
	return `The API server ${connection.server} stopped in the middle of its answer: nothing came for ${seconds(after)}.`;
}

export function bodyCutOff(connection: Connection): string {
	return `The connection to the API server ${connection.server} broke in the middle of its answer.`;
}

export function connectionsRenewed(connection: Connection, reason: 'slept' | 'address-gone'): string {
	return reason === 'slept'
		? `This machine slept; the connections to ${connection.server} are made anew.`
		: `This machine's network changed; the connections to ${connection.server} are made anew.`;
}

export const clientClosed = 'The connection to the cluster was closed.';

function hostOf({ server }: Connection): string {
	return URL.parse(server)?.host ?? server;
}

function seconds(milliseconds: number): string {
	return `${Math.round(milliseconds / 100) / 10} s`;
}

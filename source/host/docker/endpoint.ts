/** Where the Docker Engine is: DOCKER_HOST, else docker's current context, else the default socket; as docker's CLI decides. */
import { type DockerAddress, dockerConfiguration, dockerOrigins } from '../../messages/en/docker.ts';
import { clean } from '../../model/clean.ts';
import { type DockerTls, environmentTls } from './certificates.ts';
import { currentContext } from './context.ts';
import type { Environment } from './environment.ts';
import { DockerError } from './errors.ts';

interface UnixEndpoint {
	kind: 'unix';
	path: string;
	address: DockerAddress;
}

interface TcpEndpoint {
	kind: 'tcp';
	host: string;
	port: number;
	/** Path in front of the API's, '' mostly. */
	prefix: string;
	tls: DockerTls | null;
	address: DockerAddress;
}

export interface SshEndpoint {
	kind: 'ssh';
	host: string;
	/** '' where ssh's own configuration decides. */
	user: string;
	port: string;
	/** The engine's socket on the other side, '' for docker's default there. */
	socket: string;
	/** ssh needs it: its agent, the user's home. */
	environment: Environment;
	address: DockerAddress;
}

export type DockerEndpoint = UnixEndpoint | TcpEndpoint | SshEndpoint;

const defaultHost = 'unix:///var/run/docker.sock';
/** IANA's ports of docker without and with TLS. */
const plainPort = 2375;
const tlsPort = 2376;

function configuration(message: string): DockerError {
	return new DockerError('configuration', message);
}

/**
 * The engine that docker's CLI would talk to in this environment.
 *
 * @param root where the machine's files begin: the default socket is there too
 * @throws DockerError `configuration` for an address that cannot be used: npipe://, nonsense, or missing certificates.
 */
export function dockerEndpoint(environment: Environment, root = '/'): DockerEndpoint {
	const host = environment['DOCKER_HOST']?.trim() ?? '';
	if (host !== '') {
		return endpointOf(host, dockerOrigins.environment, () => environmentTls(environment), environment);
	}
	const context = currentContext(environment);
	if (context !== null) {
		return endpointOf(context.host, dockerOrigins.context(context.name), () => context.tls, environment);
	}
	// /var/run of another root is a link that leads out of it.
	const socket = root === '/' ? defaultHost : `unix://${root}/run/docker.sock`;
	return endpointOf(socket, '', () => null, environment);
}

function endpointOf(
	host: string,
	origin: string,
	tls: () => DockerTls | null,
	environment: Environment,
): DockerEndpoint {
	const shown = clean(host);
	const [, scheme = 'tcp', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(host) ?? [];
	switch (scheme.toLowerCase()) {
		case 'unix':
			return { kind: 'unix', path: rest || defaultHost.slice('unix://'.length), address: { host: shown, origin } };
		case 'tcp':
		case 'http':
			return tcp(rest, shown, origin, tls());
		case 'https':
			return tcp(rest, shown, origin, tls() ?? { ca: undefined, certificate: undefined, key: undefined, verify: true });
		case 'ssh':
			return ssh(host, origin, environment);
		case 'npipe':
			throw configuration(dockerConfiguration.namedPipe(shown));
		default:
			throw configuration(dockerConfiguration.scheme(shown));
	}
}

function tcp(rest: string, shown: string, origin: string, tls: DockerTls | null): DockerEndpoint {
	let url: URL;
	try {
		// A host may be left out, as in tcp://:2375. A scheme without a default port keeps every port as it was written.
		url = new URL(`docker://${/^(?:[:/]|$)/.test(rest) ? `localhost${rest}` : rest}`);
	} catch {
		throw configuration(dockerConfiguration.scheme(shown));
	}
	return {
		kind: 'tcp',
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: url.port === '' ? (tls === null ? plainPort : tlsPort) : Number(url.port),
		prefix: url.pathname.replace(/\/+$/, ''),
		tls,
		address: { host: clean(`tcp://${url.host}${url.pathname}`), origin },
	};
}

/** As docker's CLI: no password, no query; a path is that of the socket on the other side. */
function ssh(host: string, origin: string, environment: Environment): DockerEndpoint {
	const url = URL.parse(host);
	const [user, socket] = [decoded(url?.username), decoded(url?.pathname)];
	if (url === null || url.hostname === '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw configuration(dockerConfiguration.ssh(clean(host.replace(/:[^/:@]*@/, '@'))));
	}
	return {
		kind: 'ssh',
		host: decoded(url.hostname).replace(/^\[|\]$/g, ''),
		user,
		port: url.port,
		socket: socket === '/' ? '' : socket,
		environment,
		address: { host: clean(host), origin },
	};
}

function decoded(text = ''): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

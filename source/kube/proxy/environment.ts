import { type Destination, isExcepted, isLoopback } from './exceptions.ts';
import { type ProxyServer, parseProxy } from './proxy.ts';

/**
 * The proxy that the environment names for a server, as kubectl takes it (Go's `http.ProxyFromEnvironment`): one variable
 * for https and one for http, upper case first, `NO_PROXY` excepting hosts, and never for this machine itself. Like
 * kubectl it does not read `ALL_PROXY`.
 *
 * @throws KubeError kind `configuration` for one that cannot be understood
 */
export function environmentProxy(
	server: Destination & { secure: boolean },
	environment: NodeJS.ProcessEnv,
): ProxyServer | null {
	const [name, address] = variable(environment, server.secure ? 'HTTPS_PROXY' : 'HTTP_PROXY');
	if (address === '' || isLoopback(server.host) || isExcepted(server, variable(environment, 'NO_PROXY')[1])) {
		return null;
	}
	return parseProxy(address, name);
}

/** The name of a variable that would mean a proxy to others than kubectl, '' if there is none. */
export function ignoredProxyVariable(environment: NodeJS.ProcessEnv): string {
	const [name, address] = variable(environment, 'ALL_PROXY');
	return address === '' ? '' : name;
}

/** The proxies that the environment names, as they are written, whatever they are for. */
export function proxyVariables(environment: NodeJS.ProcessEnv): readonly (readonly [name: string, address: string])[] {
	return ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']
		.map((upper) => variable(environment, upper))
		.filter(([, address]) => address !== '');
}

function variable(environment: NodeJS.ProcessEnv, upper: string): [name: string, value: string] {
	const name = [upper, upper.toLowerCase()].find((candidate) => (environment[candidate] ?? '') !== '') ?? upper;
	return [name, environment[name] ?? ''];
}

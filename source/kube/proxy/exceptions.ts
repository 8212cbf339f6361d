import { BlockList, isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

/** Whoever is to be reached; the host without the brackets of an IPv6 address. */
export interface Destination {
	host: string;
	port: number;
}

/**
 * Whether `NO_PROXY` excepts a host, by the rules of golang.org/x/net/http/httpproxy, which are kubectl's: a list, with
 * commas, of `*`, addresses, networks (`10.0.0.0/8`), and domains, which mean themselves and all below; with a dot or
 * `*.` before them only what is below. Each but a network may end in `:port`. A name is never looked up for it.
 */
export function isExcepted({ host, port }: Destination, noProxy: string): boolean {
	const entries = noProxy
		.split(',')
		.map((entry) => entry.trim().toLowerCase())
		.filter((entry) => entry !== '');
	return entries.includes('*') || entries.some((entry) => matches(entry, host.toLowerCase(), port));
}

/** `localhost` and what is on this machine by its address, which no variable sends through a proxy. */
export function isLoopback(host: string): boolean {
	return host.toLowerCase() === 'localhost' || (isIP(host) !== 0 && contains(host, loopback));
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

function matches(entry: string, host: string, port: number): boolean {
	const [, address = '', bits = ''] = /^([^/]+)\/(\d+)$/.exec(entry) ?? [];
	if (isIP(address) !== 0 && Number(bits) <= (isIPv6(address) ? 128 : 32)) {
		const network = new BlockList();
		network.addSubnet(address, Number(bits), family(address));
		return isIP(host) !== 0 && contains(host, network);
	}
	const [, bracketed, plain, given = ''] = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(entry) ?? [];
	const name = bracketed ?? plain ?? entry;
	if (name === '' || (given !== '' && given !== String(port))) {
		return false;
	}
	if (isIP(name) !== 0) {
		const one = new BlockList();
		one.addAddress(name, family(name));
		return isIP(host) !== 0 && contains(host, one);
	}
	if (isIP(host) !== 0) {
		return false;
	}
	const below = name.replace(/^\*(?=\.)/, '');
	const written = below.replace(/^\./, '');
	const domain = /[^\x20-\x7e]/.test(written) ? domainToASCII(written) : written;
	return host.endsWith(`.${domain}`) || (!below.startsWith('.') && host === domain);
}

function contains(host: string, list: BlockList): boolean {
	return list.check(host, family(host));
}

function family(address: string): 'ipv4' | 'ipv6' {
	return isIPv6(address) ? 'ipv6' : 'ipv4';
}

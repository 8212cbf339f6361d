/** What people read when what stands in the way is a proxy. The server was not asked, and says so. */
import { clean } from '../../model/clean.ts';

/** Who was asked to make the connection, and what named it. */
export interface ProxyName {
	address: string;
	/** `proxy-url`, or a variable's name. */
	setting: string;
	kind: 'http' | 'socks';
	/** It was given a name or a password. */
	login: boolean;
}

/** Where the connection was to go. */
export interface Goal {
	/** `api.example.com:6443` */
	authority: string;
	host: string;
	/** The kubeconfig's cluster, '' if there is none. */
	cluster: string;
}

function lines(...texts: Array<string | false>): string {
	return texts.filter((text) => text !== false && text !== '').join('\n');
}

function named({ address, setting }: ProxyName): string {
	return `The proxy ${clean(address)} (${setting})`;
}

function notAsked({ authority }: Goal): string {
	return `So ${clean(authority)} itself was not asked.`;
}

function correct({ setting }: ProxyName, { host, cluster }: Goal): string {
	return setting === 'proxy-url'
		? `If the address is wrong: kubectl config set-cluster ${cluster === '' ? 'NAME' : clean(cluster)} --proxy-url=URL; with nothing after the = there is no proxy.`
		: `If there is a way without it: export NO_PROXY=${clean(host)}; else correct ${setting}.`;
}

function seconds(milliseconds: number): string {
	return `${Math.round(milliseconds / 100) / 10} s`;
}

export function proxyUnusable(address: string, setting: string, file: string): string {
	return lines(
		`The proxy "${clean(address)}" (${setting}${file === '' ? '' : ` in ${clean(file)}`}) cannot be used.`,
		'It must look like http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT, with USER:PASSWORD@ before the host where it wants a login.',
	);
}

export function proxyUnreachable(proxy: ProxyName, goal: Goal, code: string, after: number): string {
	const why = Number.isNaN(after)
		? code === 'ECONNREFUSED'
			? 'refused the connection: nothing listens there'
			: /^E(?:NOTFOUND|AI_)/.test(code)
				? 'has a name that is not known here'
				: `cannot be reached (${code === '' ? 'no reason given' : clean(code)})`
		: `was not reached within ${seconds(after)}`;
	return lines(`${named(proxy)} ${why}.`, notAsked(goal), correct(proxy, goal));
}

export function proxyNotEncrypted(proxy: ProxyName, goal: Goal): string {
	return lines(
		`${named(proxy)} does not speak TLS.`,
		notAsked(goal),
		'https:// before a proxy means that the way to the proxy itself is encrypted; most want http://, for every server.',
	);
}

export function proxyCertificate(proxy: ProxyName, goal: Goal, code: string): string {
	return lines(
		`${named(proxy)} has a certificate that is not accepted here (${clean(code)}).`,
		notAsked(goal),
		"It is judged by this system's certificate authorities (others: NODE_EXTRA_CA_CERTS=FILE).",
		correct(proxy, goal),
	);
}

export function proxySilent(proxy: ProxyName, goal: Goal, after: number): string {
	return lines(
		`${named(proxy)} was asked for ${clean(goal.authority)} and did not answer within ${seconds(after)}.`,
		'It may be waiting for a server that does not answer it: is that one up, and can the proxy reach it?',
		correct(proxy, goal),
	);
}

export function proxyClosed(proxy: ProxyName, goal: Goal): string {
	return lines(
		`${named(proxy)} was asked for ${clean(goal.authority)} and closed the connection without an answer.`,
		notAsked(goal),
		correct(proxy, goal),
	);
}

export function notProxy(proxy: ProxyName, goal: Goal): string {
	return lines(
		`What listens at ${clean(proxy.address)} (${proxy.setting}) does not answer as ${proxy.kind === 'socks' ? 'a SOCKS 5' : 'an HTTP'} proxy.`,
		notAsked(goal),
		`Are the address and its scheme right? ${correct(proxy, goal)}`,
	);
}

export function proxyLogin(proxy: ProxyName, goal: Goal, status: string, schemes: readonly string[]): string {
	const answer = status === '' ? '' : ` (${clean(status)})`;
	const foreign = schemes.length > 0 && !schemes.some((scheme) => /^basic$/i.test(scheme));
	const address = clean(proxy.address).replace('://', '://USER:PASSWORD@');
	const place =
		proxy.setting === 'proxy-url'
			? `kubectl config set-cluster ${goal.cluster === '' ? 'NAME' : clean(goal.cluster)} --proxy-url=${address}`
			: `export ${proxy.setting}=${address}`;
	return lines(
		proxy.login
			? `${named(proxy)} does not accept the user name and password that it was given${answer}.`
			: `${named(proxy)} wants a user name and a password${answer}.`,
		notAsked(goal),
		foreign
			? `It offers ${schemes.map(clean).join(', ')} alone, which neither kubectl nor whytop speaks: a helper on this machine that does (cntlm, px) can stand between.`
			: `Give ${proxy.login ? 'others' : 'them'}, with special characters as %XX: ${place}`,
	);
}

export function proxyRefused(proxy: ProxyName, goal: Goal, status: number, said: string): string {
	const answer = clean(status === 0 ? said : `${status} ${said}`.trim());
	const unable = status >= 500 || /unreachable|refused|expired|failure/.test(said);
	return lines(
		unable
			? `${named(proxy)} could not reach ${clean(goal.authority)}: it answered ${answer}.`
			: `${named(proxy)} does not let ${clean(goal.authority)} through: it answered ${answer}.`,
		unable
			? 'Is that server up, and are its name and network known to the proxy?'
			: 'That is the word of the proxy, not of the server: whoever keeps the proxy can allow it.',
		correct(proxy, goal),
	);
}

/** A line below what went wrong after the proxy had made the connection. */
export function throughProxy({ address, setting }: ProxyName): string {
	return `The way goes through the proxy ${clean(address)} (${setting}), which may have a part in it.`;
}

/** A line below a connection that was not made. */
export function proxyVariableIgnored(variable: string): string {
	return `${variable} is set, which neither kubectl nor whytop reads: for this server HTTPS_PROXY names the proxy.`;
}
